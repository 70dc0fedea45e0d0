"""Lexicons: bands in order, frozen for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import FROZEN, make_lexicon, make_term
from tests.refusals import refused
from tracker.models import HedgeTerm, Lexicon

pytestmark = pytest.mark.django_db


def term(**fields: Any) -> HedgeTerm:
    return make_term(lexicon=make_lexicon(frozen=False), phrase="probably", **fields)


REFUSED: dict[str, Callable[[], Any]] = {
    "hedge_term_kind_known": lambda: term(kind_code="hunch"),
    "hedge_term_mode_known": lambda: term(mode="score_twice"),
    "hedge_term_score_range": lambda: term(score_p=1001),
    "hedge_term_once": lambda: make_lexicon(frozen=False, phrases=("likely", "likely")),
    "hedge_term_before_freeze": lambda: make_term(lexicon=make_lexicon(), phrase="probably"),
    "tracker_lexicon_version_key": lambda: [make_lexicon(version="2.0") for _ in "ab"],
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


@pytest.mark.parametrize(
    "band",
    [
        pytest.param((710, 700, 800), id="low above point"),
        pytest.param((600, 810, 800), id="point above high"),
        pytest.param((600, 700, 1001), id="high above one"),
    ],
)
def test_a_band_is_in_order(band: tuple[int, int, int]) -> None:
    low, point, high = band

    with refused("hedge_term_in_order"):
        term(low=low, point=point, high=high)


@pytest.mark.parametrize("p", [0, 1000])
def test_a_band_may_be_one_certain_point(p: int) -> None:
    assert term(low=p, point=p, high=p, score_p=p).point == p


@pytest.mark.parametrize(
    "change", [{"title": "New"}, {"frozen_at": None}, {"version": "9"}], ids=str
)
def test_a_frozen_lexicon_never_changes(change: dict[str, Any]) -> None:
    lexicon = make_lexicon()

    with refused("lexicon_frozen"):
        Lexicon.objects.filter(pk=lexicon.pk).update(**change)


def test_an_open_lexicon_takes_terms_and_corrections() -> None:
    lexicon = make_lexicon(frozen=False)

    Lexicon.objects.filter(pk=lexicon.pk).update(title="Corrected")
    make_term(lexicon=lexicon, phrase="probably")

    assert lexicon.terms.count() == 2


def test_the_latest_frozen_lexicon_is_scored_with() -> None:
    make_lexicon(frozen=False)
    latest = make_lexicon(frozen=False)
    Lexicon.objects.filter(pk=latest.pk).update(frozen_at=FROZEN + timedelta(days=3650))

    assert Lexicon.objects.latest_frozen() == latest


def test_lexicon_1_0_is_there_from_the_first_migration_frozen_and_sourced() -> None:
    lexicon = Lexicon.objects.get(version="1.0")

    assert lexicon.frozen_at is not None
    assert lexicon.terms.exists()
    assert not lexicon.terms.filter(source="").exists()
    assert not lexicon.terms.filter(kind="").exists()
