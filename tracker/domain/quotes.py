"""Quotations and where they stand: an exact passage, 32 characters either side, code-point offsets.

Words are found exactly or in another typography, or they are refused with the nearest passage and
its difference. Nothing is anchored by likeness: two swapped names still score .955 on it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tracker.domain.errors import (
    OffsetsDisagree,
    OffsetsOutsideText,
    QuotationAmbiguous,
    QuotationNotFound,
    UnstorableText,
)
from tracker.domain.frames import elided, framed
from tracker.domain.passages import DiffOp, DiffPiece, Nearest, cuts_word, distance, nearest
from tracker.domain.variants import fold

__all__ = [
    "Anchor",
    "AnchorState",
    "Context",
    "DiffOp",
    "DiffPiece",
    "Nearest",
    "Reanchoring",
    "Span",
    "anchor",
    "clean",
    "context",
    "find",
    "from_utf16",
    "locate",
    "reanchor",
    "text_hash",
    "to_utf16",
]

WIDTH = 300  # code points of a passage either side of the quotation
MARGIN = 32  # code points of prefix and suffix, as in the W3C Web Annotation examples
# Past this many, words are too common to be a quotation; the text may be hostile.
MOST_OCCURRENCES = 1_000
# Shorter words may turn up by chance elsewhere in a page: they move only with their neighbours.
SHORT = 24
NEIGHBOURS = 8


class AnchorState(StrEnum):
    """What became of a quotation in a newer text of the same page."""

    EXACT = "exact"  # same words at the same place
    MOVED = "moved"  # same words elsewhere, perhaps in another typography
    CHANGED = "changed"  # a like passage: a proposal, which a person accepts or not
    CONFIRMED = "confirmed"  # a changed passage that a person accepted for the same words
    ORPHAN = "orphan"


@dataclass(frozen=True)
class Span:
    """Code-point offsets, start included, end excluded."""

    start: int
    end: int


@dataclass(frozen=True)
class Anchor:
    """A passage by its words, neighbours and place; `variant`: asked for in other typography."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    variant: bool = False


@dataclass(frozen=True)
class Reanchoring:
    """Where a quotation stands now, or the nearest passage; edits from the old words to these."""

    state: AnchorState
    anchor: Anchor | None = None
    nearest: Nearest | None = None
    distance: int = 0


@dataclass(frozen=True)
class Context:
    before: str
    quoted: str
    after: str


def clean(text: str, *, field: str = "text") -> str:
    """Return the text in Unicode form NFC; raises UnstorableText on NUL and lone surrogates."""
    if "\0" in text or not _encodable(text):
        raise UnstorableText(field=field)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def text_hash(text: str) -> str:
    """Return the SHA-256 of the UTF-8 text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of the passage [start, end); raises OffsetsOutsideText."""
    if not 0 <= start < end <= len(text):
        raise OffsetsOutsideText(field="start", length=len(text))
    before, after = text[max(0, start - MARGIN) : start], text[end : end + MARGIN]
    return Anchor(start, end, text[start:end], before, after)


def locate(
    text: str,
    exact: str,
    *,
    start: int | None = None,
    end: int | None = None,
    prefix: str = "",
    suffix: str = "",
    outside: Sequence[Span] = (),
) -> Anchor:
    """Return the anchor of the words in a cleaned text.

    With start and end the words must stand exactly there. Without, they are sought as whole
    words, first exactly, then in other typography; prefix, suffix and a lone start choose among
    several. What overlaps a passage of `outside` is not found. Raises OffsetsOutsideText,
    OffsetsDisagree, QuotationAmbiguous (fact `count`) or QuotationNotFound (fact `nearest`:
    Nearest or None).
    """
    exact = clean(exact, field="exact")
    if start is not None and end is not None:
        return _verified(text, exact, start, end)
    words = exact.strip()
    found, variant = find(text, words, outside=outside)
    if not found:
        near = elided(text, _folded(text), words) or nearest(text, words)
        raise QuotationNotFound(field="exact", nearest=near)
    span = _choose(text, found, prefix, suffix, start)
    return _marked(anchor(text, span.start, span.end), variant)


def find(
    text: str, words: str, *, whole: bool = True, outside: Sequence[Span] = ()
) -> tuple[list[Span], bool]:
    """Return the places of the words, and whether their typography differs there."""
    found = [at for at in _occurrences(text, words, whole) if not _overlaps(at, outside)]
    if found:
        return found, False
    folded, plain = _folded(text), fold(words).text.strip()
    spans = (
        _trimmed(text, Span(*folded.original(at.start, at.end)))
        for at in _occurrences(folded.text, plain, whole)
    )
    return [at for at in spans if not _overlaps(at, outside)], True


def reanchor(old: Anchor, new_text: str, *, outside: Sequence[Span] = ()) -> Reanchoring:
    """Return where the quotation stands in a newer text, or a proposal, or that it is gone.

    What stands `outside` alone, such as in a headline, does not count.
    """
    whole = not _was_cut(old)
    if _stands(new_text, old, whole) and not _overlaps(Span(old.start, old.end), outside):
        return Reanchoring(AnchorState.EXACT, anchor(new_text, old.start, old.end))
    found, variant = find(new_text, old.exact, whole=whole, outside=outside)
    best = max(found, key=lambda span: _likeness(new_text, span, old), default=None)
    if best is not None and _trusted(new_text, best, old):
        moved = _marked(anchor(new_text, best.start, best.end), variant)
        edits = distance(old.exact, moved.exact) if variant else 0
        return Reanchoring(AnchorState.MOVED, moved, distance=edits)
    neighbours = {"prefix": old.prefix, "suffix": old.suffix}
    proposal = framed(new_text, _folded(new_text), old.exact, **neighbours)
    proposal = proposal or nearest(new_text, old.exact)
    if proposal is None or _overlaps(Span(proposal.start, proposal.end), outside):
        return Reanchoring(AnchorState.ORPHAN)
    return Reanchoring(AnchorState.CHANGED, nearest=proposal, distance=proposal.distance)


def context(text: str, start: int, end: int, width: int = WIDTH) -> Context:
    """Return the passage with `width` code points either side; raises OffsetsOutsideText."""
    here = anchor(text, start, end)
    return Context(text[max(0, start - width) : start], here.exact, text[end : end + width])


def from_utf16(text: str, offset: int) -> int:
    """Return the code-point offset of a JavaScript offset; raises OffsetsOutsideText."""
    units = text.encode("utf-16-le")
    if not 0 <= offset * 2 <= len(units):
        raise OffsetsOutsideText(length=len(text))
    try:
        return len(units[: offset * 2].decode("utf-16-le"))
    except UnicodeDecodeError as split:
        raise OffsetsOutsideText("The offset splits a surrogate pair.") from split


def to_utf16(text: str, offset: int) -> int:
    """Return the JavaScript offset of a code-point offset; raises OffsetsOutsideText."""
    if not 0 <= offset <= len(text):
        raise OffsetsOutsideText(length=len(text))
    return len(text[:offset].encode("utf-16-le")) // 2


def _encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _verified(text: str, exact: str, start: int, end: int) -> Anchor:
    here = anchor(text, start, end)
    if here.exact != exact:
        raise OffsetsDisagree(field="exact", found=here.exact)
    return here


def _marked(here: Anchor, variant: bool) -> Anchor:
    return Anchor(here.start, here.end, here.exact, here.prefix, here.suffix, variant)


# A page is compared with one quotation after the other, and folded once.
_folded = lru_cache(maxsize=1)(fold)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _occurrences(text: str, words: str, whole: bool) -> Iterator[Span]:
    at = text.find(words) if words else -1
    for _ in range(MOST_OCCURRENCES):
        if at < 0:
            return
        end = at + len(words)
        # "likely to fall" inside "unlikely to fall" is not what was said.
        if not whole or not (cuts_word(text, at) or cuts_word(text, end)):
            yield Span(at, end)
        at = text.find(words, at + 1)


def _trimmed(text: str, span: Span) -> Span:
    """Return the span without the blanks that a folded dash or ellipsis took along."""
    words = text[span.start : span.end]
    start = span.end - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _choose(text: str, found: list[Span], prefix: str, suffix: str, hint: int | None) -> Span:
    if len(found) == 1:
        return found[0]
    left, right = fold(prefix).text.strip(), fold(suffix).text.strip()
    fitting = [span for span in found if _fits(text, span, left, right)] or found
    if len(fitting) == 1:
        return fitting[0]
    if hint is not None:
        first, second = sorted(fitting, key=lambda span: abs(span.start - hint))[:2]
        if abs(first.start - hint) < abs(second.start - hint):
            return first
    count = f"{len(found)} times" if len(found) < MOST_OCCURRENCES else "very often"
    message = f"The quotation stands in the text {count}: send its start and end."
    raise QuotationAmbiguous(message, field="exact", count=len(found))


def _fits(text: str, span: Span, left: str, right: str) -> bool:
    # Folding may shorten a text: twice the length and a margin hold every usual neighbour.
    before = text[max(0, span.start - 2 * len(left) - MARGIN) : span.start]
    after = text[span.end : span.end + 2 * len(right) + MARGIN]
    if not fold(before).text.rstrip().endswith(left):
        return False
    return fold(after).text.lstrip().startswith(right)


def _stands(text: str, old: Anchor, whole: bool) -> bool:
    """Whether the words stand at their place, and not as a part of longer words."""
    if text[old.start : old.end] != old.exact:
        return False
    return not whole or not (cuts_word(text, old.start) or cuts_word(text, old.end))


def _was_cut(old: Anchor) -> bool:
    around, at = old.prefix + old.exact + old.suffix, len(old.prefix)
    return cuts_word(around, at) or cuts_word(around, at + len(old.exact))


def _likeness(text: str, span: Span, old: Anchor) -> tuple[int, int]:
    return _shared(text, span, old), -abs(span.start - old.start)


def _shared(text: str, span: Span, old: Anchor) -> int:
    """Return how many neighbouring characters are the same as before, outwards from the words."""
    here = anchor(text, span.start, span.end)
    return _common(here.prefix[::-1], old.prefix[::-1]) + _common(here.suffix, old.suffix)


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _trusted(text: str, span: Span, old: Anchor) -> bool:
    if len(old.exact) >= SHORT:
        return True
    neighbours = min(NEIGHBOURS, len(old.prefix) + len(old.suffix))
    return _shared(text, span, old) >= neighbours
