"""What pictures of scores are drawn from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import (
    SAID,
    make_claim,
    make_organisation,
    make_outcome,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_snapshot,
    make_source,
    make_topic,
)
from tracker.actions import pictures
from tracker.actions.pictures import MOST_TIMED, Picture, Sitter
from tracker.actions.scores import Subject, record_of, rescore
from tracker.models import Claim, HedgeTerm, Person, Resolution

pytestmark = pytest.mark.django_db


def sitter(person: Person) -> Sitter:
    return Sitter(record_of(Subject.PEOPLE, person.pk), person.name)


def hedged(person: Person, phrase: str, outcome: str = "", **fields: Any) -> Claim:
    """A claim in a phrase of the shipped lexicon; its outcome is published if one is named."""
    term = HedgeTerm.objects.get(phrase=phrase, lexicon__version="1.0")
    read = {"p_low": term.low, "p_point": term.point, "p_high": term.high, "p_tier": "lexicon"}
    claim = make_claim(person=person, hedge=phrase, hedge_term=term, **{**read, **fields})
    if outcome:
        make_resolution(proposition=claim.proposition, outcome=outcome)
    return claim


def settled(claim: Claim, **fields: Any) -> Resolution:
    return make_resolution(proposition=claim.proposition, **fields)


def rows(picture: Picture) -> list[tuple[str, ...]]:
    assert all(len(row) == len(picture.table.headers) for row in picture.table.rows)
    return list(picture.table.rows)


# --- hedges --------------------------------------------------------------------------


def test_what_is_open_void_or_withdrawn_never_came_true() -> None:
    person = make_person()
    hedged(person, "likely")
    hedged(person, "likely", "void_condition")
    hedged(person, "likely", "came_true", state="retracted", state_reason="Never said.")
    rescore()

    (row,) = rows(pictures.hedges(sitter(person)))

    assert row[-4:] == ("2", "0", "0", "–")


def test_of_a_claim_that_denies_its_opposite_came_true() -> None:
    person = make_person()
    hedged(person, "likely", "came_true")
    hedged(person, "likely", "came_true", polarity="denies")
    hedged(person, "likely", "did_not", polarity="denies")
    rescore()

    (row,) = rows(pictures.hedges(sitter(person)))

    assert row[-4:-1] == ("3", "3", "2")


def test_a_phrase_stands_with_band_kind_and_source() -> None:
    person = make_person()
    hedged(person, "might yet")

    (row,) = rows(pictures.hedges(sitter(person)))

    assert row[:5] == ("might yet", "10 %", "40 %", "65 %", "our interpolation")
    assert "interpolated by us from: might" in row[5]


def test_claims_in_other_words_and_in_none_are_counted() -> None:
    person = make_person()
    make_claim(person=person, hedge="mark my words")
    make_claim(person=person)

    said = pictures.hedges(sitter(person)).table.caption

    assert "1 claim hedged in words outside the lexicon. 1 claim without a hedge." in said


# --- timeline ------------------------------------------------------------------------


def test_a_timeline_shows_what_is_seen_and_no_more() -> None:
    claim = make_claim()
    assert claim.person is not None

    found = pictures.timeline(sitter(claim.person), Claim.objects.none())

    assert rows(found) == []


def test_a_draft_and_an_unpublished_verdict_are_not_on_the_timeline() -> None:
    claim = make_claim()
    assert claim.person is not None
    make_claim(person=claim.person, frozen=False)
    settled(claim, published=False)

    (row,) = rows(pictures.timeline(sitter(claim.person), Claim.objects.all()))

    assert row[-2:] == ("–", "Not judged yet")


def test_a_claim_stands_with_the_day_of_its_fact_and_the_day_it_was_known() -> None:
    claim = make_claim()
    assert claim.person is not None
    settled(claim, occurred_on=date(2026, 5, 1))
    happened = {"proposition": claim.proposition, "occurred_on": date(2026, 5, 1)}
    make_outcome(**happened, known_on=date(2026, 5, 9))
    make_outcome(**happened, known_on=date(2026, 5, 3))
    make_outcome(proposition=claim.proposition, occurred_on=date(2026, 4, 1))

    (row,) = rows(pictures.timeline(sitter(claim.person), Claim.objects.all()))

    assert row[1:] == (
        "–",
        "2026-01-10",
        "2026-06-30",
        "2026-05-01",
        "2026-05-03",
        "2026-07-01",
        "Came true",
    )


def test_the_newest_claims_are_shown_and_their_number_said() -> None:
    person = make_person(name="Ada")
    for n in range(MOST_TIMED + 2):
        make_claim(person=person, said_on=SAID + timedelta(n))

    found = pictures.timeline(sitter(person), Claim.objects.all())

    assert found.title == f"Claims and outcomes: Ada, the newest {MOST_TIMED} of {MOST_TIMED + 2}"
    assert rows(found)[0][2] == str(SAID + timedelta(2))
    assert len(found.parts) == 3


def test_every_kind_of_subject_finds_its_claims_and_those_merged_into_it() -> None:
    house, outlet, topic = make_organisation(), make_organisation(kind="media"), make_topic()
    person = make_person()
    quotation = make_quotation(snapshot=make_snapshot(source=make_source(outlet=outlet)))
    make_claim(
        person=make_person(merged_into=person),
        organisation=house,
        quotation=quotation,
        proposition=make_proposition(topic=topic),
    )
    subjects = {
        Subject.PEOPLE: person,
        Subject.ORGANISATIONS: house,
        Subject.OUTLETS: outlet,
        Subject.TOPICS: topic,
    }

    for subject, record in subjects.items():
        found = Sitter(record_of(subject, record.pk), str(record))
        shown = pictures.timeline(found, Claim.objects.all())
        assert len(shown.table.rows) == 1, subject
        assert (shown.table.rows[0][1] == "–") is (subject is Subject.PEOPLE)


# --- calibration and score -----------------------------------------------------------


def test_void_claims_are_said_beside_the_curve() -> None:
    person = make_person()
    for outcome in ("came_true", "did_not", "came_true", "void_condition"):
        settled(make_claim(person=person), outcome=outcome)
    rescore()

    found = sitter(person)

    assert "1 void, counted and not scored" in pictures.calibration(found).table.caption
    assert pictures.score(found).table.rows[0][1:4] == ("3", "3", "1")


def test_without_a_scored_claim_there_is_no_number() -> None:
    claim = make_claim()
    assert claim.person is not None

    (row,) = rows(pictures.score(sitter(claim.person)))

    assert row[1:] == ("0", "0", "0", "–", "–", "–", row[-1])
    assert "read the claims" in row[-1]


@pytest.mark.parametrize(("draw", "most"), [("calibration", 1), ("score", 0), ("hedges", 2)])
def test_a_picture_asks_as_often_of_one_claim_as_of_many(draw: str, most: int) -> None:
    person = make_person()
    hedged(person, "likely", "came_true")
    rescore()
    few = asked(draw, sitter(person))
    for phrase in ("likely", "may", "will", "might yet"):
        hedged(person, phrase, "did_not")
    rescore()

    assert asked(draw, sitter(person)) == few == most


def test_a_timeline_asks_as_often_of_one_claim_as_of_many() -> None:
    person = make_person()
    counts = []
    for _ in range(2):
        for _ in range(3):
            settled(make_claim(person=person), occurred_on=date(2026, 5, 1))
        shown = sitter(person)
        with CaptureQueriesContext(connection) as queries:
            pictures.timeline(shown, Claim.objects.all())
        counts.append(len(queries))

    assert counts == [5, 5]


def asked(draw: str, shown: Sitter) -> int:
    with CaptureQueriesContext(connection) as queries:
        getattr(pictures, draw)(shown)
    return len(queries)
