"""Filters take what they name and refuse the rest; none of them breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_round,
    make_snapshot,
    make_source,
    make_topic,
)
from tracker.api.filters import keys
from tracker.api.urls import NOUNS
from tracker.models import Affiliation, Person

HOSTILE = {
    "nul": "\0",
    "negative": "-1",
    "largest": str(2**63 - 1),
    "beyond": str(2**63),
    "enormous": "9" * 400,
    "exponent": "1e400",
    "not_a_number": "NaN",
    "fraction": "1.5",
    "year_0": "0000-01-01",
    "year_10000": "10000-01-01",
    "quotes": "' OR 1=1 --",
    "percent": "100%s_\\",
    "wide": "🙂" * 500,
    "digits": "٣",
    "blank": " ",
    "empty": "",
}
FILTERS = [
    (noun.noun, name)
    for noun in NOUNS
    if noun.filterset_class
    for name in noun.filterset_class.get_filters()
]


@pytest.mark.parametrize(("noun", "name"), FILTERS, ids=[f"{n}_{f}" for n, f in FILTERS])
def test_no_filter_breaks_on_hostile_values(editor: Door, noun: str, name: str) -> None:
    statuses = {
        kind: editor.read(f"{noun}/", **{name: value}).status_code
        for kind, value in HOSTILE.items()
    }

    assert set(statuses.values()) <= {200, 400}, statuses
    assert statuses["nul"] == 400


def test_bytes_that_are_no_text_are_refused_by_name(editor: Door) -> None:
    answer = editor.get("/api/v1/people/?q=%ff%fe%ed%a0%80")

    assert answer.status_code == 400
    assert [fault["field"] for fault in answer.json()["errors"]] == ["q"]


@pytest.mark.django_db
def test_a_name_stands_for_all_records_merged_into_it() -> None:
    winner = make_person(slug="ada")
    loser = make_person(merged_into=winner)

    assert sorted(keys(Person, "ada")) == sorted(keys(Person, str(winner.pk)))
    assert set(keys(Person, "ada")) == {winner.pk, loser.pk}
    assert keys(Person, str(2**70)) == []


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("people", {"q": "analyst"}, ["Ada Analyst"]),
        ("people", {"organisation": "institute"}, ["Ada Analyst"]),
        ("organisations", {"kind": "media"}, ["The Paper"]),
        ("organisations", {"parent": "institute"}, ["Branch"]),
    ],
    ids=["name", "organisation", "kind", "parent"],
)
def test_people_and_organisations_are_found(
    editor: Door, path: str, query: dict[str, str], expected: list[str]
) -> None:
    institute = make_organisation(name="Institute", slug="institute")
    make_organisation(name="Branch", parent=institute)
    make_organisation(name="The Paper", kind="media")
    ada = make_person(name="Ada Analyst")
    make_person(name="Bo")
    editor.send(f"people/{ada.pk}/affiliations/", {"organisation": institute.pk})

    found = editor.read(f"{path}/", **query).json()["results"]

    assert [row["name"] for row in found] == expected


def test_lists_are_filtered_by_what_hangs_above_and_by_when(editor: Door) -> None:
    house = make_organisation(slug="house")
    desk = make_organisation(parent=house)
    topic = make_topic(parent=make_topic(slug="war"))
    proposition = make_proposition(topic=topic)
    resolution = make_resolution(proposition=proposition)
    person = make_person()
    Affiliation.objects.create(person=person, organisation=desk)
    source = make_source(outlet=house, language="fr")
    quotation = make_quotation(snapshot=make_snapshot(source=source))
    make_claim()
    said, day = quotation.said_last, resolution.published_at.date()

    for asked, found in {
        "organisations/?inside=house": [desk.pk, house.pk],
        "people/?organisation=house": [person.pk],
        "sources/?language=fr": [source.pk],
        f"quotations/?outlet=house&said_from={said}&said_to={said}": [quotation.pk],
        f"quotations/?outlet=house&provenance={quotation.provenance}": [quotation.pk],
        "propositions/?topic=war&resolved=true": [proposition.pk],
        "propositions/?topic=war&resolved=false": [],
        f"resolutions/?topic=war&published_from={day}&published_to={day}": [resolution.pk],
        f"resolutions/?topic=war&published_to={day - timedelta(days=1)}": [],
    }.items():
        path, _, query = asked.partition("?")
        answer = editor.get(f"/api/v1/{path}?{query}").json()
        assert sorted(one["id"] for one in answer["results"]) == sorted(found), asked


def test_a_judge_learns_nothing_of_a_resolution_from_what_a_filter_leaves_out(
    door: Callable[[str], Door],
) -> None:
    proposition = make_proposition()
    make_resolution(proposition=proposition)
    make_round(proposition=proposition)
    judge = door("judge")

    hidden = judge.read("resolutions/").json()["results"] == []
    settled = judge.read("propositions/", resolved="true").json()["results"]

    assert hidden == (settled == [])
