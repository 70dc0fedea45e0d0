"""What the log form suggests."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tracker.admin.hints import (
    Hint,
    day_said,
    deadlines_in,
    hedges_in,
    names_like,
    propositions_like,
    speakers_like,
)

pytestmark = pytest.mark.django_db
SAID = date(2016, 4, 11)


def filled(hint: Hint) -> dict[str, str]:
    values: dict[str, str] = json.loads(hint.fill)
    return values


def test_no_words_hold_no_hedge() -> None:
    assert hedges_in(" ") == []
    assert hedges_in("The city fell.") == []


def test_the_hedge_that_governs_is_best_and_shows_band_and_source() -> None:
    found = hedges_in("I expect that the city is likely to fall")

    (best,) = (hit for hit in found if hit.best)
    assert filled(best) == {"hedge": "likely", "hedge_term": "likely"}
    assert len(found) == 2
    assert all(hit.drawn and hit.source.startswith("Lexicon 1.0") for hit in found)


@pytest.mark.parametrize(
    ("kind", "term", "names"),
    [
        ("organisation", "e", []),
        ("organisation", "east", ["Middle East Institute"]),
        ("topic", "syr", ["Syria"]),
    ],
)
def test_names_begin_to_be_suggested_at_two_letters(kind: str, term: str, names: list[str]) -> None:
    builders.make_organisation(name="Middle East Institute")
    builders.make_topic(name="Syria")

    assert names_like(kind, term) == names


def test_merged_people_are_not_suggested_and_aliases_are() -> None:
    winner = builders.make_person(name="Charles Lister", aliases=["Chuck L"])
    builders.make_person(name="C. Lister", merged_into=winner)

    assert [hint.words for hint in speakers_like("lister", None)] == ["Charles Lister"]
    assert filled(speakers_like("chuck l", None)[0])["person_slug"] == winner.slug
    assert speakers_like("L", None) == []


def test_a_speaker_is_suggested_in_the_role_of_the_day(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = builders.make_person(name="Jeff White")
    for role, years in {"officer": (1970, 2005), "fellow": (2006, 2020)}.items():
        valid = DateRange(*(date(year, 1, 1) for year in years))
        builders.make_affiliation(person=person, role=role, valid=valid)

    with django_assert_num_queries(2):
        (hint,) = speakers_like("white", SAID)

    assert filled(hint)["role"] == "fellow"


def test_propositions_that_say_the_same_come_before_those_that_hold_the_words() -> None:
    same = builders.make_proposition(statement="Aleppo is besieged by summer.")
    holds = builders.make_proposition(
        statement="Before the talks begin again, the whole of eastern Aleppo is besieged by land."
    )

    found = propositions_like("Aleppo is besieged")

    assert [filled(hint)["known_proposition"] for hint in found] == [str(same.pk), str(holds.pk)]
    assert "alike" in found[0].note
    assert propositions_like("Al") == []


def test_the_words_name_a_day_and_the_convention_stands_beside_it() -> None:
    named, usual, none = deadlines_in("It will fall by the end of the year", SAID)

    assert named.best
    assert filled(named)["deadline"] == "2016-12-31"
    assert filled(named)["deadline_words"] == "by the end of the year"
    assert filled(usual)["deadline_basis"] == "convention"
    assert filled(none)["review_on"] == "2017-04-11"
    assert len(deadlines_in("It will fall", SAID)) == 2


def test_the_day_is_the_statement_s_else_the_article_s() -> None:
    assert day_said("2016-04-09/2016-04-10", "2016-04-11") == date(2016, 4, 10)
    assert day_said("", "2016-04-11") == SAID
    assert day_said("some day", "") is None
