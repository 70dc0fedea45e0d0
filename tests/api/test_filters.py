"""Filters take what they name and refuse the rest; none of them breaks."""

from __future__ import annotations

import pytest

from tests.api.conftest import Door
from tests.builders import make_organisation, make_person
from tracker.api.filters import keys
from tracker.api.urls import NOUNS
from tracker.models import Person

HOSTILE = {
    "nul": "\0",
    "negative": "-1",
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


def test_bytes_that_are_no_text_break_nothing(editor: Door) -> None:
    assert editor.get("/api/v1/people/?q=%ff%fe%ed%a0%80").status_code == 200


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
