"""Hedge words: the term that governs, turned round by a denial, outranked by better numbers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.actions.steps import claim, log, refused
from tests.builders import CODED, make_claim, make_lexicon, make_reading, make_user
from tracker.actions.claims import code_claim
from tracker.actions.hedging import apply_probability, governing_term
from tracker.domain import errors
from tracker.models import Claim, HedgeTerm, Lexicon

pytestmark = pytest.mark.django_db


def term(phrase: str) -> HedgeTerm:
    return HedgeTerm.objects.get(lexicon__version="1.0", phrase=phrase)


def numbers(claim: Claim) -> tuple[int | None, int | None, int | None, str]:
    return claim.p_low, claim.p_point, claim.p_high, claim.p_tier


def test_a_chosen_phrase_must_be_one_of_the_lexicon() -> None:
    with pytest.raises(errors.UnknownValue, match="not a phrase of lexicon"):
        governing_term("likely", "as sure as eggs", Lexicon.objects.latest_frozen())


NO_TERM = {"no words": "", "no hedge": "on Tuesday"}


@pytest.mark.parametrize("case", NO_TERM)
def test_without_a_hedge_there_is_no_probability(case: str) -> None:
    logged = log(claim(hedge=NO_TERM[case]))

    assert (logged.hedge_term, numbers(logged)) == (None, (None, None, None, ""))


def test_a_hedge_is_read_through_the_newest_frozen_lexicon() -> None:
    assert numbers(log(claim(hedge="very likely"))) == (
        term("very likely").low,
        term("very likely").point,
        term("very likely").high,
        "lexicon",
    )

    newer = make_lexicon(phrases=("very likely",), frozen=False)
    assert log(claim(hedge="very likely")).hedge_term == term("very likely")

    newer.frozen_at = datetime(2027, 1, 1, tzinfo=UTC)
    newer.save()
    assert log(claim(hedge="very likely")).hedge_term == newer.terms.get()


def test_a_denial_turns_the_hedge_round() -> None:
    likely = term("likely")

    denied = log(claim(hedge="likely", polarity="denies"))

    assert numbers(denied) == (
        1000 - likely.high,
        1000 - likely.point,
        1000 - likely.low,
        "lexicon",
    )


def test_who_abstains_says_no_number() -> None:
    assert numbers(log(claim(hedge="likely", polarity="abstains")))[3] == ""


@pytest.mark.parametrize(
    ("words", "phrase", "stacked"),
    [
        ("likely", "likely", False),
        ("will likely", "likely", False),
        ("could possibly", "possibly", True),
    ],
)
def test_of_stacked_hedges_one_governs_and_the_stack_is_marked(
    words: str, phrase: str, stacked: bool
) -> None:
    logged = log(claim(hedge=words))

    assert (str(logged.hedge_term), logged.stacked) == (phrase, stacked)


def test_the_coders_choice_prevails_in_any_case() -> None:
    assert log(claim(hedge="could possibly", hedge_term="COULD")).hedge_term == term("could")


def test_a_change_of_polarity_keeps_the_term_that_was_chosen() -> None:
    draft = log(claim(hedge="could possibly", hedge_term="could"))

    denied = code_claim(by=make_user(), now=CODED, claim=draft, polarity="denies")

    assert denied.hedge_term == term("could")
    assert denied.p_point == 1000 - term("could").point


def test_other_hedge_words_replace_the_term() -> None:
    draft = log(claim(hedge="likely"))

    changed = code_claim(by=make_user(), now=CODED, claim=draft, hedge="unlikely")

    assert numbers(changed)[1] == term("unlikely").point


def test_stated_numbers_beat_readers_who_beat_the_lexicon() -> None:
    draft, coder = log(claim(hedge="likely")), make_user()
    assert numbers(draft)[3] == "lexicon"

    for best in (300, 350, 900):
        make_reading(claim=draft, low=best - 100, best=best, high=best + 100)
    apply_probability(draft)
    draft.save()
    assert numbers(draft) == (250, 350, 450, "readers")

    stated = code_claim(by=coder, now=CODED, claim=draft, p_point=700)
    assert numbers(stated) == (700, 700, 700, "stated")
    hedged = code_claim(by=coder, now=CODED, claim=draft, hedge="unlikely", polarity="denies")
    assert numbers(hedged) == (700, 700, 700, "stated")


def test_what_readers_say_is_about_the_event_whatever_the_polarity() -> None:
    denied = make_claim(frozen=False, hedge_term=term("likely"), polarity="denies")
    for _ in range(3):
        make_reading(claim=denied, low=100, best=200, high=300)

    apply_probability(denied)

    assert numbers(denied) == (100, 200, 300, "readers")


def test_an_unknown_phrase_leaves_the_draft_as_it_was() -> None:
    draft, coder = log(claim(hedge="likely")), make_user()

    with refused(errors.UnknownValue, "hedge_term"):
        code_claim(by=coder, now=CODED, claim=draft, hedge_term="as sure as eggs")
