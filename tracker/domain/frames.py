"""Proposals by position: what stands between a quotation's old neighbours, or where dots left out.

Likeness alone picks the wrong one of two sentences that differ in a number: what stood before and
after the words says where they stood, however much of them has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.passages import Nearest, diff, distance
from tracker.domain.variants import Folded, fold

# Neighbours first whole, then what is left of them if they were edited, too; and the share of its
# letters that a passage between them may have changed. Few neighbours may frame a stranger.
WIDTHS = ((32, 0.75), (12, 0.4))
LONGEST = 3  # times the quotation: a passage may have grown by words that were put in
LONGEST_WORDS = 5_000  # comparing takes the square of it
MOST_FRAMES = 100  # neighbours that stand oftener than this tell nothing; the text may be hostile
FEWEST = 8  # letters of a part beside dots
GAP = 1_000  # letters that dots may stand for
_DOTS = re.compile(r"\s*[\[(]?\.\.\.[\])]?\s*")


def framed(text: str, folded: Folded, words: str, *, prefix: str, suffix: str) -> Nearest | None:
    """Return what stands between the neighbours now, or None where nothing like it does.

    `folded` is the folded text; of several such passages it is the one with the fewest edits.
    """
    for width, most in WIDTHS:
        before, after = fold(prefix[-width:]).text.strip(), fold(suffix[:width]).text.strip()
        if min(len(before), len(after)) < FEWEST or len(words) > LONGEST_WORDS:
            continue
        spans = _between(folded.text, before, after, LONGEST * len(words))
        found = [(distance(words, text[a:b]), a, b) for a, b in _trimmed(folded, spans)]
        like = [(edits, a, b) for edits, a, b in found if edits <= most * max(len(words), b - a)]
        if like:
            return _proposal(text, words, *min(like)[1:])
    return None


def elided(text: str, folded: Folded, words: str) -> Nearest | None:
    """Return the whole passage of words in which dots stand for others, or None.

    The parts must stand in the text word for word and in their order.
    """
    first, *rest = _DOTS.split(fold(words).text.strip())
    if not rest or min(len(first), len(rest[-1])) < FEWEST:
        return None
    for start in _places(folded.text, first):
        end = _end_of(folded.text, rest, start + len(first))
        if end:
            return _proposal(text, words, *folded.original(start, end))
    return None


def _end_of(text: str, parts: Sequence[str], end: int) -> int | None:
    """Where the last of the parts ends that follow each other from here, if they do."""
    for part in parts:
        at = text.find(part, end, end + GAP + len(part))
        if at < 0:
            return None
        end = at + len(part)
    return end


def _between(text: str, before: str, after: str, longest: int) -> Iterator[tuple[int, int]]:
    for at in _places(text, before):
        start = at + len(before)
        end = text.find(after, start, start + longest + len(after))
        if end > start:
            yield start, end


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    for _ in range(MOST_FRAMES):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def _trimmed(folded: Folded, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in the original text, without the blanks at their borders."""
    for start, end in spans:
        inner = folded.text[start:end]
        start += len(inner) - len(inner.lstrip())
        end -= len(inner) - len(inner.rstrip())
        if start < end:
            yield folded.original(start, end)


def _proposal(text: str, words: str, start: int, end: int) -> Nearest:
    exact = text[start:end]
    return Nearest(start, end, exact, distance(words, exact), diff(words, exact))
