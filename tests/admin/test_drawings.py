"""Small pictures and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.admin.drawings import band, excerpt, percent, signed


@pytest.mark.parametrize(
    ("permille", "shown"),
    [
        (None, "–"),
        (0, "0\N{NO-BREAK SPACE}%"),
        (5, "0.5\N{NO-BREAK SPACE}%"),
        (690, "69\N{NO-BREAK SPACE}%"),
        (1000, "100\N{NO-BREAK SPACE}%"),
    ],
)
def test_a_probability_reads_as_percent(permille: int | None, shown: str) -> None:
    assert percent(permille) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (0.0, "0.000"), (-0.0001, "0.000"), (0.0125, "+0.013"), (-0.2, "−0.200")],
)
def test_a_score_reads_with_its_sign(value: float | None, shown: str) -> None:
    assert signed(value) in (shown, shown.replace("0.013", "0.012"))


@given(st.text(), st.integers(1, 200))
def test_an_excerpt_is_never_longer_than_asked_plus_its_mark(text: str, most: int) -> None:
    assert len(excerpt(text, most)) <= most + 1


def test_no_band_is_drawn_without_numbers() -> None:
    assert band(None, None, None) == ""


def test_a_band_says_in_words_what_it_draws() -> None:
    drawn = band(50, 200, 350)

    spoken = "5 % to 35 %, most often 20 %".replace(" %", "\N{NO-BREAK SPACE}%")
    assert f'aria-label="{spoken}"' in drawn
    assert drawn.count("<rect") == 1
