"""A text cut into pieces, so that a page can mark what was quoted and what was made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.admin.at_work import actor
from tracker.admin.blindness import hidden_quotations, hidden_sources, is_blinded
from tracker.admin.drawings import excerpt
from tracker.domain.passages import DiffOp, DiffPiece, diff
from tracker.models import Distortion, Quotation
from tracker.models.accounts import User

KEPT = 2  # words of what was left out before and after, so that one sees where


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


@dataclass(frozen=True)
class Sharpening:
    """A distortion as a page shows it: by what, and the difference from what was said."""

    record: Distortion
    by: str
    pieces: Sequence[DiffPiece]


def sharpenings(quotations: Sequence[Quotation], request: HttpRequest) -> list[Sharpening]:
    """What was made of these quotations, oldest first, in one query."""
    asked = [one.pk for one in quotations]
    found: QuerySet[Distortion] = Distortion.objects.filter(quotation__in=asked)
    if is_blinded(request):
        found = sighted(found, actor(request))
    with_source = found.select_related("quotation", "snapshot__source__outlet").order_by("pk")
    return [sharpening(one) for one in with_source.defer("snapshot__text")]


def sharpening(one: Distortion) -> Sharpening:
    """A distortion with the page that made it, where that is another, and the difference."""
    source = one.snapshot.source
    elsewhere = one.snapshot_id != one.quotation.snapshot_id
    by = f"the {one.place}"
    if elsewhere:
        by += f" in {source.outlet or excerpt(source.title, 60)}"
    return Sharpening(one, by, _clipped(diff(one.quotation.exact, one.exact)))


def _clipped(pieces: Sequence[DiffPiece]) -> list[DiffPiece]:
    """The difference without the sentence around it: a headline takes a few words of many."""
    if len(pieces) < 2:
        return list(pieces)
    if pieces[-1].op is DiffOp.DELETE and not re.search(r"\w", pieces[-1].text):
        return _clipped(pieces[:-1])  # a headline has no full stop
    return [*_tail(pieces[0]), *pieces[1:-1], *_head(pieces[-1])]


def _tail(piece: DiffPiece) -> tuple[DiffPiece, ...]:
    words = piece.text.split()
    if piece.op is not DiffOp.DELETE or len(words) <= KEPT:
        return (piece,)
    kept = " ".join(words[-KEPT:]) + piece.text[len(piece.text.rstrip()) :]
    return DiffPiece(DiffOp.EQUAL, "… "), DiffPiece(DiffOp.DELETE, kept)


def _head(piece: DiffPiece) -> tuple[DiffPiece, ...]:
    words = piece.text.split()
    if piece.op is not DiffOp.DELETE or len(words) <= KEPT:
        return (piece,)
    kept = piece.text[: len(piece.text) - len(piece.text.lstrip())] + " ".join(words[:KEPT])
    return DiffPiece(DiffOp.DELETE, kept), DiffPiece(DiffOp.EQUAL, " …")


def sighted_quotations(request: HttpRequest) -> QuerySet[Quotation]:
    """The quotations that this person may see."""
    every = Quotation.objects.all()
    if not is_blinded(request):
        return every
    return every.exclude(pk__in=hidden_quotations(actor(request)).values("pk"))


def sighted(rows: QuerySet[Distortion], judge: User) -> QuerySet[Distortion]:
    """The distortions that give a judge nothing away: neither what was said nor where."""
    hidden = hidden_quotations(judge).values("pk")
    sources = hidden_sources(judge).values("pk")
    return rows.exclude(quotation__in=hidden).exclude(snapshot__source__in=sources)
