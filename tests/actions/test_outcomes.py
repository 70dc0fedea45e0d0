"""Outcomes: dated facts with their sources, or a search that found nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.actions.steps import refused, source
from tests.builders import make_outcome, make_proposition, make_user
from tracker.actions.documents import SourceDraft
from tracker.actions.outcomes import CitationDraft, bear_on, record_outcome
from tracker.domain import errors
from tracker.models import Citation, Evidence, Outcome, Source

pytestmark = pytest.mark.django_db
DAY = "2026-06-01"
PAGE = CitationDraft(source=source(url="https://paper.example/siege"), saw="The siege began.")

BAD: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "no statement": ({"statement": " "}, errors.RequiredField, "statement"),
    "a NUL byte": ({"statement": "a\0"}, errors.UnstorableText, "statement"),
    "no date": ({"occurred_on": ""}, errors.RequiredField, "occurred_on"),
    "a date that is none": ({"occurred_on": "in May"}, errors.UnknownValue, "occurred_on"),
    "known before it occurred": (
        {"known_on": date(2026, 5, 31)},
        errors.UnknownValue,
        "known_on",
    ),
    "nothing found and no search": (
        {"found_nothing": True, "known_on": date(2026, 6, 1)},
        errors.SearchUnrecorded,
        "searched",
    ),
    "nothing found on no day": (
        {"found_nothing": True, "occurred_on": "", "searched": "Archives."},
        errors.RequiredField,
        "known_on",
    ),
    "an unknown source": (
        {"citations": (PAGE, CitationDraft(source=SourceDraft(id=0)))},
        errors.NotFound,
        "source",
    ),
    "one source cited twice": ({"citations": (PAGE, PAGE)}, errors.Conflict, "citations"),
    "an unknown proposition": ({"propositions": (0,)}, errors.NotFound, "propositions"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_outcome_is_refused_whole(case: str) -> None:
    changes, error, field = BAD[case]
    editor = make_user(role="editor")

    with refused(error, field):
        record_outcome(**{"by": editor, "statement": "It fell.", "occurred_on": DAY, **changes})


def test_an_external_id_is_given_once() -> None:
    judge = make_user(role="judge")
    record_outcome(by=judge, statement="It fell.", occurred_on=DAY, external_id="O1")

    with refused(errors.AlreadyLogged, "external_id"):
        record_outcome(by=judge, statement="It rose.", occurred_on=DAY, external_id="O1")


DATES = {
    "2026-06-01": (date(2026, 6, 1), date(2026, 6, 1), "day", ""),
    "2026-06": (date(2026, 6, 1), date(2026, 6, 30), "month", "2026-06"),
    "on or before 2026-06-01": (
        date(2026, 6, 1),
        date(2026, 6, 1),
        "before",
        "on or before 2026-06-01",
    ),
}


@pytest.mark.parametrize("words", DATES)
def test_an_imprecise_date_keeps_its_words_and_is_known_at_its_end(words: str) -> None:
    made = record_outcome(by=make_user(), statement="It fell.", occurred_on=words)

    found = made.occurred_on, made.known_on, made.occurred_precision, made.occurred_words
    assert found == DATES[words]


def test_an_outcome_is_recorded_with_sources_and_what_it_bears_on() -> None:
    one, other = make_proposition(), make_proposition()

    made = record_outcome(
        by=make_user(),
        statement="It fell.",
        occurred_on=DAY,
        citations=(PAGE,),
        propositions=(one.pk, other.pk, one.pk),
    )

    assert set(made.propositions.all()) == {one, other}
    assert Citation.objects.get().source == Source.objects.get()


def test_a_search_that_found_nothing_is_an_outcome_too() -> None:
    made = record_outcome(
        by=make_user(),
        statement="No siege was found.",
        found_nothing=True,
        searched="Two archives, until July.",
        known_on=date(2026, 7, 1),
    )

    assert (made.occurred_on, made.found_nothing) == (None, True)


def test_saying_twice_what_an_outcome_bears_on_changes_nothing() -> None:
    outcome, proposition, stranger = make_outcome(), make_proposition(), make_user(role="")
    with refused(errors.NotPermitted):
        bear_on(by=stranger, outcome=outcome, proposition=proposition)

    for _ in range(2):
        bear_on(by=make_user(), outcome=outcome, proposition=proposition)

    assert Evidence.objects.get().outcome == Outcome.objects.get()


def test_a_judge_may_cite_a_source_that_is_new() -> None:
    judge = make_user(role="judge")

    outcome = record_outcome(by=judge, statement="It fell.", occurred_on=DAY, citations=(PAGE,))

    assert outcome.citations.get().source.url == PAGE.source.url
