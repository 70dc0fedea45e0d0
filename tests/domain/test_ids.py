"""Ids are told from all else that is written in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.ids import LARGEST_ID, id_in


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.0", " 1", "1\n", "1e3", str(2**63)])
def test_what_is_no_id_is_none(text: str) -> None:
    assert id_in(text) is None


@given(st.integers(0, LARGEST_ID))
def test_every_id_is_read_from_its_digits(pk: int) -> None:
    assert id_in(str(pk)) == pk


@given(st.text())
def test_any_text_is_an_id_or_none(text: str) -> None:
    assert id_in(text) is None or text.isascii()
