"""Claims in the words of schema.org: what is rated, how it is labelled, what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claim_reviews import (
    LONGEST,
    Answer,
    Condition,
    Party,
    Publisher,
    Settled,
    Statement,
    Work,
    grade_of,
    graded,
    label_of,
    reviewed,
    shortened,
    to_claim,
    to_claim_review,
)
from tracker.domain.judging import OutcomeAnswer

CONTEXT = "https://tracker.example/terms/1.0/"
STATEMENT = Statement(
    url="https://tracker.example/api/v1/claims/1/",
    uuid="332f01a3-acb5-4dd8-951c-1c194f58ae09",
    state="frozen",
    text="the port is unlikely to reopen before March",
    name="The port reopens before 1 March 2027.",
    author=Party("Ada Example", True, role="fellow", affiliation="Example Institute"),
    said=date(2026, 11, 1),
    said_as_known="2026-11-01",
    first=Work("article-newspaper", "Harbour talks", "https://example.org/harbour"),
    further=(),
    hedge="unlikely",
    denies=False,
    mode="direct_quote",
    provenance="B",
    deadline=date(2027, 2, 28),
    deadline_basis="stated",
    probability=(0.1, 0.2, 0.35),
)
SETTLED = Settled(2, 4, "Ships came.", "a panel of three", datetime(2027, 3, 9, tzinfo=UTC))
OURS = Publisher("The Desk", "https://tracker.example/", "https://t/1.0/", "https://t/1.0/#c")


def rating(settled: Settled = SETTLED, **changes: Any) -> dict[str, Any]:
    found = to_claim_review(replace(STATEMENT, **changes), settled, OURS, context=CONTEXT)
    return {"claimReviewed": found["claimReviewed"], **found["reviewRating"]}


@pytest.mark.parametrize("outcome", ["open", "void_condition", "ambiguous", "annulled"])
def test_what_settles_nothing_has_no_grade(outcome: str) -> None:
    assert graded(outcome) is None


def test_a_claim_without_a_rating_carries_none() -> None:
    found = to_claim(STATEMENT, context=CONTEXT)

    assert found["@type"] == "Claim"
    assert not {"reviewRating", "claimReviewed"} & found.keys()
    assert found["@context"] == ["https://schema.org", CONTEXT]


def test_what_is_not_known_is_left_out_and_nothing_is_empty() -> None:
    bare = replace(STATEMENT, hedge="", deadline=None, deadline_basis="", probability=None)

    found = to_claim(bare, context=CONTEXT)

    assert not {"tr:hedge", "tr:deadline", "tr:impliedProbability", "tr:impliedRange"} & set(found)
    assert found["temporalCoverage"] == "2026-11-01/.."
    assert "" not in found.values()


@pytest.mark.parametrize(
    ("grade", "label"),
    [
        (1, "Did not come true"),
        (2, "Mostly did not"),
        (3, "Partly came true"),
        (4, "Mostly came true"),
        (5, "Came true"),
    ],
)
def test_a_grade_goes_out_with_the_label_that_consumers_display(grade: int, label: str) -> None:
    found = rating(replace(SETTLED, grade=grade))

    assert (found["ratingValue"], found["alternateName"]) == (grade, label)
    assert (found["bestRating"], found["worstRating"]) == (5, 1)


def test_who_denied_what_came_true_said_what_did_not() -> None:
    found = rating(replace(SETTLED, grade=5), denies=True)

    assert (found["ratingValue"], found["alternateName"]) == (1, "Did not come true")
    assert found["claimReviewed"].startswith("Denied: The port reopens")
    assert found["ratingExplanation"].startswith("The speaker denied")


@given(st.sampled_from([1, 2, 3, 4, 5]))
def test_a_denial_of_a_denial_is_the_grade_itself(grade: int) -> None:
    assert grade_of(grade_of(grade, denies=True), denies=True) == grade
    assert grade_of(grade, denies=False) == grade
    assert label_of(grade)


def test_every_graded_outcome_has_a_label() -> None:
    assert {graded(one) for one in OutcomeAnswer} == {None, 1, 2, 3, 4, 5}


def test_a_rating_says_who_judged_and_by_which_rules() -> None:
    found = to_claim_review(STATEMENT, SETTLED, OURS, context=CONTEXT)

    assert found["reviewRating"]["ratingExplanation"] == "Ships came. Judged by: a panel of three."
    assert found["version"] == 2
    assert found["datePublished"] == "2027-03-09"
    assert found["author"]["publishingPrinciples"] == OURS.principles
    assert found["author"]["correctionsPolicy"] == OURS.corrections


def test_a_reply_stands_word_for_word_beside_the_rating() -> None:
    reply = Answer("Ada", "I said <b>if</b>.", datetime(2027, 3, 3, tzinfo=UTC))

    found = to_claim_review(STATEMENT, replace(SETTLED, replies=(reply,)), OURS, context=CONTEXT)

    assert [(one["author"]["name"], one["text"]) for one in found["comment"]] == [
        ("Ada", "I said <b>if</b>.")
    ]


@pytest.mark.parametrize(
    ("required", "told"), [(True, "The strike lasts."), (False, "Not: The strike lasts.")]
)
def test_a_condition_says_what_was_required_of_it(required: bool, told: str) -> None:
    claim = replace(STATEMENT, condition=Condition("The strike lasts.", required, "met"))

    found = to_claim(claim, context=CONTEXT)

    assert (found["tr:condition"], found["tr:conditionStatus"]) == (told, "met")


def test_an_organisation_has_no_job_title() -> None:
    found = to_claim(
        replace(STATEMENT, author=Party("The Institute", False, role="spokesperson")),
        context=CONTEXT,
    )

    assert found["author"] == {"@type": "Organization", "name": "The Institute"}


# --- 75 characters -------------------------------------------------------------------


@given(st.text(min_size=1, max_size=300), st.booleans())
def test_what_is_reviewed_is_never_longer_than_consumers_take(name: str, denies: bool) -> None:
    found = reviewed(name, denies=denies)

    assert len(found) <= LONGEST
    assert found == shortened(found)


def test_a_short_claim_stays_as_it_is_and_a_long_one_ends_between_words() -> None:
    assert shortened("One  line\nalone.") == "One line alone."
    assert shortened("Rain falls, and snow falls", 12) == "Rain falls…"
    assert shortened("Incomprehensibilities", 10) == "Incompreh…"
