"""A text cut into pieces, so that a page can mark what was quoted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tracker.models import Quotation


@dataclass(frozen=True)
class Piece:
    """A run of text and the quotations that cover it, by id."""

    text: str
    quotations: tuple[int, ...] = ()


def marked(text: str, quotations: Iterable[Quotation]) -> list[Piece]:
    """The whole text in pieces, each with the quotations that hold it; they may overlap."""
    spans = [(q.start, q.end, q.pk) for q in quotations]
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    return [
        Piece(text[a:b], tuple(pk for start, end, pk in spans if start <= a and b <= end))
        for a, b in pairwise(cuts)
    ]
