"""Headlines: the outlet's own wording above a text, which no speaker can be quoted from.

A headline is the source's title where the text begins with it or repeats it as a line of its own,
whatever its case and typography. A sentence that only begins like the title is body text, and so is
every part of the title that stands in a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from tracker.domain.errors import HeadlineNotQuotable
from tracker.domain.quotes import MOST_OCCURRENCES, Anchor, Span, find, locate
from tracker.domain.variants import Folded, fold

# Between a title and the outlet's name that pages append to it; dashes have lost their blanks.
JOINTS = ("-", " | ", " · ", " • ")
OPENING = "“‘«\"'([|"  # what else than a capital may open a sentence


def headlines(text: str, title: str, outlets: Iterable[str] = ()) -> tuple[Span, ...]:
    """Return where the title stands as a headline; `outlets` may be appended to it in the title."""
    folded = fold(text)
    found = {
        span
        for words in _titles(title, outlets)
        for span in _spans(text, folded, words)
        if _is_headline(text, span)
    }
    return tuple(sorted(found, key=lambda span: span.start))


def locate_in_body(
    text: str,
    title: str,
    exact: str,
    *,
    outlets: Iterable[str] = (),
    start: int | None = None,
    end: int | None = None,
    prefix: str = "",
    suffix: str = "",
) -> Anchor:
    """Return the anchor of words of the body, as `quotes.locate` finds it outside the headline.

    Raises HeadlineNotQuotable (fact `headline`) where they stand in the headline alone, or where
    the offsets reach into it, and what `quotes.locate` raises.
    """
    above = _above(text, title, tuple(outlets))
    if start is not None and end is not None:
        here = locate(text, exact, start=start, end=end)
        _refuse(text, next((at for at in above if _shares(at, here)), None))
        return here
    words = exact.strip()
    if above and not find(text, words, outside=above)[0]:
        _refuse(text, above[0] if find(text, words)[0] else None)
    return locate(text, exact, start=start, end=end, prefix=prefix, suffix=suffix, outside=above)


# Many quotations of one text are located in a row.
_above = lru_cache(maxsize=4)(headlines)


def _refuse(text: str, headline: Span | None) -> None:
    if headline:
        words = text[headline.start : headline.end]
        raise HeadlineNotQuotable(field="exact", headline=words)


def _shares(headline: Span, here: Anchor) -> bool:
    return here.start < headline.end and headline.start < here.end


def _titles(title: str, outlets: Iterable[str]) -> set[str]:
    """Return the title in folded form, with and without the outlet's name at its end."""
    whole = _lower(fold(title).text.strip())
    tails = (joint + _lower(fold(name).text.strip()) for name in outlets for joint in JOINTS)
    return {whole, *(whole.removesuffix(tail).strip() for tail in tails)} - {""}


def _spans(text: str, folded: Folded, words: str) -> Iterator[Span]:
    lowered = _lower(folded.text)
    at = -1
    for _ in range(MOST_OCCURRENCES):
        at = lowered.find(words, at + 1)
        if at < 0:
            return
        start, end = folded.original(at, at + len(words))
        # A folded dash takes the blanks around it along.
        start = end - len(text[start:end].lstrip())
        yield Span(start, start + len(text[start:end].rstrip()))


def _lower(text: str) -> str:
    """Return the text in lower case where that keeps every offset, which but one letter does."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _is_headline(text: str, span: Span) -> bool:
    line_starts, line_ends = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    after = text[span.end : line_ends if line_ends >= 0 else None]
    if text[line_starts : span.start].strip():
        return False
    if not after.strip():
        return True
    return not text[: span.start].strip() and _starts_anew(after)


def _starts_anew(after: str) -> bool:
    """Return whether another sentence follows on the same line, in a text that lost its breaks."""
    begins = after.lstrip()
    return begins != after and (begins[0].isupper() or begins[0] in OPENING)
