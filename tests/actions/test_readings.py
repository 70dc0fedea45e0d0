"""Readings: three readers make the probability, blind and before the outcome."""

from __future__ import annotations

import pytest

from tests.actions.steps import judged, published, refused
from tests.builders import CODED, JUDGED, make_claim, make_user
from tracker.actions.readings import read_words
from tracker.actions.resolutions import resolve
from tracker.domain import errors
from tracker.models import Claim, Proposition, Reading, User

pytestmark = pytest.mark.django_db


def read(claim: Claim, low: int, best: int, high: int, *, by: User | None = None) -> Reading:
    by = by or make_user(role="judge")
    return read_words(by=by, now=CODED, claim=claim, low=low, best=best, high=high)


def proposition_of(claim: Claim) -> Proposition:
    assert claim.proposition is not None
    return claim.proposition


@pytest.mark.parametrize(
    ("low", "best", "high"),
    [(-1, 500, 600), (600, 500, 700), (400, 500, 450), (400, 500, 1001)],
    ids=["below nought", "low above best", "best above high", "above one"],
)
def test_a_reading_is_in_order(low: int, best: int, high: int) -> None:
    claim, reader = make_claim(), make_user(role="judge")

    with refused(errors.ProbabilityOutOfRange, "best"):
        read(claim, low, best, high, by=reader)


@pytest.mark.parametrize("belief", [-1, 1001])
def test_what_a_reader_believes_runs_from_nought_to_one(belief: int) -> None:
    claim, reader = make_claim(), make_user(role="judge")

    with refused(errors.ProbabilityOutOfRange, "own_belief"):
        read_words(by=reader, now=CODED, claim=claim, low=1, best=2, high=3, own_belief=belief)


def test_a_reader_is_not_the_coder_and_reads_once() -> None:
    claim, reader = make_claim(), make_user(role="judge")
    read(claim, 500, 600, 700, by=reader)

    with refused(errors.SeparationOfDuties, "reader"):
        read(claim, 500, 600, 700, by=claim.coder)
    with refused(errors.AlreadyJudged, "reading"):
        read(claim, 500, 600, 700, by=reader)


def test_who_has_judged_does_not_read_and_once_it_is_settled_nobody_does() -> None:
    claim, reader = make_claim(), make_user(role="judge")
    round = judged(proposition_of(claim), "open", "open")
    judge = round.verdicts.order_by("id")[0].judge

    with refused(errors.SeparationOfDuties, "reader"):
        read(claim, 500, 600, 700, by=judge)

    resolve(by=make_user(role="editor"), now=JUDGED, round=round)
    with refused(errors.RoundClosed, "claim") as caught:
        read(claim, 500, 600, 700, by=reader)
    assert caught.value.message == "Readings close once the outcome is known."


def test_three_readings_make_the_probability_that_is_scored() -> None:
    claim = make_claim(p=None, p_tier="")

    for best in (300, 400):
        read(claim, best - 100, best, best + 100)
        claim.refresh_from_db()
        assert claim.p_tier == ""
    read(claim, 700, 900, 1000)

    claim.refresh_from_db()
    assert (claim.p_low, claim.p_point, claim.p_high, claim.p_tier) == (300, 400, 500, "readers")
    published(proposition_of(claim))
    assert Claim.objects.get().score_item.p == 400


def test_a_stated_number_stays_whatever_readers_say() -> None:
    claim = make_claim(p=800)

    for _ in range(3):
        read(claim, 100, 200, 300)

    claim.refresh_from_db()
    assert (claim.p_point, claim.p_tier) == (800, "stated")
