"""What the log form suggests."""

from __future__ import annotations

import pytest

from tests import builders
from tracker.admin.hints import hedges_in, names_like

pytestmark = pytest.mark.django_db


def test_no_words_hold_no_hedge() -> None:
    assert hedges_in(" ") == []
    assert hedges_in("The city fell.") == []


def test_the_hedge_that_governs_is_marked() -> None:
    found = hedges_in("I expect that the city is likely to fall")

    assert [hit.phrase for hit in found if hit.governs] == ["likely"]
    assert len(found) == 2
    assert all(hit.drawn for hit in found)


@pytest.mark.parametrize(
    ("kind", "term", "names"),
    [
        ("person", "L", []),
        ("person", "lis", ["Charles Lister"]),
        ("organisation", "east", ["Middle East Institute"]),
        ("topic", "syr", ["Syria"]),
    ],
)
def test_names_begin_to_be_suggested_at_two_letters(kind: str, term: str, names: list[str]) -> None:
    builders.make_person(name="Charles Lister")
    builders.make_organisation(name="Middle East Institute")
    builders.make_topic(name="Syria")

    assert names_like(kind, term) == names


def test_merged_records_are_not_suggested() -> None:
    winner = builders.make_person(name="Charles Lister")
    builders.make_person(name="C. Lister", merged_into=winner)

    assert names_like("person", "lister") == ["Charles Lister"]
