"""The client says which members it wants, and the database builds no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.api.test_base import world
from tests.builders import make_claim, make_organisation, make_person, make_round
from tracker.api.description import description
from tracker.api.fieldsets import MEDIA_TYPE, MOST
from tracker.api.root import PLACES


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("claims", "nonsense"),
        ("claims", "speaker.nonsense"),
        ("claims", "id.nonsense"),
        ("claims", "quotation,quotation.nonsense"),
        ("claims", ""),
        ("claims", "id,,uuid"),
        ("claims", "\0"),
        ("people", "affiliations.organisation.nonsense"),
        ("claims", ",".join(["id"] * 200)),
    ],
)
def test_a_field_that_does_not_exist_is_refused_by_name(
    coder: Door, path: str, fields: str
) -> None:
    answer = coder.read(f"{path}/", fields=fields)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "fields"


def test_only_the_fields_that_are_asked_for_are_built(coder: Door) -> None:
    claim = make_claim()

    with CaptureQueriesContext(connection) as queries:
        found = coder.read("claims/", fields="id,speaker.person.name,quotation.exact").json()

    assert found["results"] == [
        {
            "id": claim.pk,
            "speaker": {"person": {"name": str(claim.person)}},
            "quotation": {"exact": claim.quotation.exact},
        }
    ]
    assert "tracker_source" not in queries[-1]["sql"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("quotation.exact,quotation", {"quotation"}),
        ("quotation,quotation.exact", {"quotation"}),
        ("id,quotation.context.quoted", {"id", "quotation"}),
    ],
)
def test_one_claim_is_narrowed_like_a_list(coder: Door, fields: str, expected: set[str]) -> None:
    claim = make_claim()

    found: dict[str, Any] = coder.read(f"claims/{claim.pk}/", fields=fields).json()

    assert set(found) == expected
    whole = not fields.endswith("quoted")
    assert ("exact" in found["quotation"]) is whole
    if not whole:
        assert found["quotation"] == {"context": {"quoted": claim.quotation.exact}}


def test_other_nouns_are_narrowed_too(coder: Door, editor: Door) -> None:
    person = make_person(name="Ada")
    there = make_organisation(name="Institute")
    editor.send(f"people/{person.pk}/affiliations/", {"organisation": there.pk})

    found = coder.read("people/", fields="name,affiliations.organisation.name").json()["results"]

    assert found == [{"name": "Ada", "affiliations": [{"organisation": {"name": "Institute"}}]}]
    one = coder.read(f"people/{person.pk}/", fields="slug").json()
    assert one == {"slug": person.slug}


def test_fields_open_nothing_that_is_hidden(judge: Door) -> None:
    claim = make_claim()
    make_round(proposition=claim.proposition)

    assert judge.read("claims/", fields="id").json()["results"] == []
    assert judge.read(f"claims/{claim.pk}/", fields="id").status_code == 404


def names_told(shape: Mapping[str, Any]) -> Iterator[str]:
    """The names that the description's shapes have: members, and with a dot what is in them."""
    found = description()["components"]["schemas"]
    for one in (shape, *shape.get("allOf", ()), *shape.get("oneOf", ()), shape.get("items", {})):
        inner = found[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for name, member in inner.get("properties", {}).items():
            yield name
            yield from (f"{name}.{below}" for below in names_told(member))


def asked_of(path: str) -> tuple[re.Pattern[str], list[str]]:
    """What `fields` may be at an address, and the names of what its records have."""
    read = description()["paths"][path]["get"]
    given = next(one["schema"] for one in read["parameters"] if one["name"] == "fields")
    pattern = re.compile(given["pattern"])
    shape = read["responses"]["200"]["content"]["application/json"]["schema"]
    names = [*dict.fromkeys(names_told(shape))]
    if "results" in names:
        names = [name[8:] for name in names if name.startswith("results.")]
    # Found words stand beside a record where `highlight` asks for them; computed members are whole.
    names = [name for name in names if not name.startswith("highlights")]
    assert all(pattern.fullmatch(name) for name in names if "." not in name), path
    return pattern, [name for name in names if pattern.fullmatch(name)]


def test_the_pattern_in_the_description_is_what_every_noun_takes(editor: Door) -> None:
    world()
    for noun in PLACES:
        key = editor.read(f"{noun}/", limit=1).json()["results"][0]["id"]
        for path, place in ((f"{noun}/", ""), (f"{noun}/{key}/", "{key}/")):
            pattern, names = asked_of(f"/api/v1/{noun}/{place}")
            ask, first = partial(editor.read, path), names[0]
            words = {word for name in names for word in name.split(".")}
            assert set(re.findall(r"[a-z]\w*", pattern.pattern)) == words, path

            for start in range(0, len(names), MOST):
                asked = ",".join(names[start : start + MOST])
                answer = ask(fields=asked)
                assert pattern.fullmatch(asked), (path, asked)
                assert answer.status_code == 200, (path, answer.content)
                assert answer["Content-Type"] == MEDIA_TYPE
            for name in {name.partition(".")[0] for name in names} if place else (first,):
                answer = ask(fields=name).json()
                rows = answer.get("results", [answer])
                assert all(set(row) == {name} for row in rows), (path, name)
            ends = (",", f",,{first}", f",{first}" * MOST, ".", "x", ".x")
            for asked in [first + end for end in ends]:
                assert not pattern.fullmatch(asked), (path, asked)
                assert ask(fields=asked).status_code == 400, (path, asked)


@pytest.mark.parametrize("noun", ["outcomes", "propositions", "rounds"])
def test_what_is_hidden_is_told_no_more_than_asked_for(judge: Door, noun: str) -> None:
    world()

    found = judge.read(f"{noun}/", fields="id").json()["results"]

    assert found and all(set(row) == {"id"} for row in found)
