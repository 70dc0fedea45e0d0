"""People and organisations: filed, tied together, merged."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_organisation, make_person


def test_a_person_is_filed_with_all_their_names(coder: Door) -> None:
    body = {"name": "Ada Analyst", "aliases": ["A. Analyst"], "wikidata": "Q42", "note": "Wire."}

    made = coder.send("people/", body)

    assert made.status_code == 201
    assert {name: made.json()[name] for name in body} == body
    assert made.json()["slug"] == "ada-analyst"
    assert coder.read("people/ada-analyst/").json() == made.json()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "Ada", "slug": "not a slug"}, "slug"),
        ({"name": "Ada", "aliases": "A."}, "aliases"),
        ({"name": "Ada", "aliases": ["\0"]}, "aliases.0"),
        ({"name": "Ada", "born": 1970}, "born"),
    ],
    ids=["nothing", "blank", "slug", "no_list", "nul", "unknown"],
)
def test_a_bad_record_is_refused_by_field(coder: Door, body: dict[str, Any], field: str) -> None:
    answer = coder.send("people/", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_a_slug_is_taken_once(coder: Door) -> None:
    make_person(slug="ada")

    answer = coder.send("people/", {"name": "Ada", "slug": "ada"})

    assert answer.status_code == 409


def test_a_role_has_its_dates(coder: Door) -> None:
    person, organisation = make_person(), make_organisation(slug="institute")
    path = f"people/{person.pk}/affiliations/"
    role = {"organisation": "institute", "role": "fellow"}

    backwards = coder.send(path, {**role, "start": "2016-01-01", "end": "2015-01-01"})
    made = coder.send(path, {**role, "start": "2015-01-01", "end": "2016-01-01"})
    again = coder.send(path, {**role, "start": "2015-06-01"})

    assert (backwards.status_code, backwards.json()["errors"][0]["field"]) == (422, "end")
    assert again.status_code == 409
    shown = made.json()["affiliations"][0]
    assert shown["organisation"]["id"] == organisation.pk
    assert (shown["role"], shown["start"], shown["end"]) == ("fellow", "2015-01-01", "2016-01-01")


@pytest.mark.parametrize("noun", ["people", "organisations"])
def test_a_record_is_merged_into_its_twin(editor: Door, noun: str) -> None:
    make = make_person if noun == "people" else make_organisation
    loser, winner = make(name="A. Analyst"), make(name="Ada Analyst")
    path = f"{noun}/{loser.pk}/merge/"

    silent = editor.send(path, {"into": winner.pk, "reason": " "})
    merged = editor.send(path, {"into": winner.slug, "reason": "The same."})

    assert silent.status_code == 422
    assert merged.status_code == 200
    assert editor.read(f"{noun}/{winner.pk}/").json()["aliases"] == ["A. Analyst"]
    assert editor.read(f"{noun}/{loser.pk}/").json()["merged_into"] == winner.pk
