"""Small pictures and words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.admin.drawings import Dated, band, dated, excerpt, percent, signed


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


@pytest.mark.parametrize(
    ("first", "last", "words", "seen", "plain"),
    [
        (None, None, "", [], ""),
        (None, None, "<soon>", ["no day", "“&lt;soon&gt;”"], ""),
        (date(2016, 4, 1), date(2016, 4, 1), "", [">2016-04-01<"], "2016-04-01"),
        (
            date(2016, 4, 1),
            date(2016, 4, 11),
            "last week",
            [">2016-04-01<", " to ", ">2016-04-11<", "“last week”"],
            "2016-04-01/2016-04-11",
        ),
    ],
    ids=["nothing", "words alone", "a day", "an interval"],
)
def test_a_day_stands_with_its_words_and_goes_into_files_without(
    first: date | None, last: date | None, words: str, seen: list[str], plain: str
) -> None:
    shown = dated(first, last, words)

    assert all(part in shown for part in seen)
    assert (shown.plain if isinstance(shown, Dated) else shown) == plain
