"""A text cut at its quotations."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.admin.passages import marked
from tracker.models import Quotation

TEXT = "The city will fall, and the river will rise."


def test_overlapping_quotations_are_both_marked() -> None:
    quotations = [Quotation(pk=1, start=0, end=18), Quotation(pk=2, start=9, end=18)]

    pieces = marked(TEXT, quotations)

    assert [(piece.text, piece.quotations) for piece in pieces] == [
        ("The city ", (1,)),
        ("will fall", (1, 2)),
        (TEXT[18:], ()),
    ]


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))))
def test_no_letter_is_lost_or_doubled(spans: list[tuple[int, int]]) -> None:
    quotations = [
        Quotation(pk=n, start=min(span), end=max(span)) for n, span in enumerate(spans, 1)
    ]

    assert "".join(piece.text for piece in marked(TEXT, quotations)) == TEXT
