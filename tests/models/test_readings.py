"""Readings: blind, in order, by people with no other part in the claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import (
    make_claim,
    make_reading,
    make_resolution,
    make_round,
    make_user,
    make_verdict,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def read_twice() -> None:
    first = make_reading()
    make_reading(claim=first.claim, reader=first.reader)


def read_own_claim() -> None:
    claim = make_claim()
    make_reading(claim=claim, reader=claim.coder)


def read_after_judging() -> None:
    verdict = make_verdict()
    make_reading(claim=make_claim(proposition=verdict.round.proposition), reader=verdict.judge)


def read_after_resolution() -> None:
    claim = make_claim()
    make_resolution(proposition=claim.proposition, published=False)
    make_reading(claim=claim)


REFUSED: dict[str, Callable[[], Any]] = {
    "reading_belief_in_range": lambda: make_reading(own_belief=1001),
    "reading_once_per_reader": read_twice,
    "reading_not_by_coder": read_own_claim,
    "reading_not_by_judge": read_after_judging,
    "reading_before_outcome": read_after_resolution,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param({"low": 701}, id="low above best"),
        pytest.param({"high": 699}, id="best above high"),
        pytest.param({"high": 1001}, id="high above one"),
    ],
)
def test_a_reading_is_in_order(numbers: dict[str, int]) -> None:
    with refused("reading_in_order"):
        make_reading(**{"low": 600, "best": 700, "high": 800, **numbers})


def test_several_readers_read_one_claim_while_a_round_is_open() -> None:
    claim = make_claim()
    make_round(proposition=claim.proposition)

    make_reading(claim=claim, low=0, best=0, high=0)
    make_reading(claim=claim, low=1000, best=1000, high=1000, own_belief=0)

    assert claim.readings.count() == 2


def test_who_read_the_words_cannot_judge_the_outcome() -> None:
    reading = make_reading()
    round = make_round(proposition=reading.claim.proposition)

    with refused("verdict_duties_separate"):
        make_verdict(round=round, judge=reading.reader)

    assert make_verdict(round=round, judge=make_user(role="judge")).pk
