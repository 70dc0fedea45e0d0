"""What a spreadsheet would compute is text to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.spreadsheets import FORMULA, MARK, neutral, plain


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'tis", "'"]
)
def test_a_formula_is_put_behind_an_apostrophe(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "likely", "−0.2", "-0.25", "+1", "2016-04-11", "a=b"])
def test_words_and_numbers_stay_as_they_are(cell: str) -> None:
    assert neutral(cell) == cell


@given(st.text())
def test_nothing_is_lost_and_nothing_computes(cell: str) -> None:
    shown = neutral(cell)

    assert plain(shown) == cell
    assert not shown.startswith(FORMULA) or shown.startswith(MARK) or float(shown) is not None
