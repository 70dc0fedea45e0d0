"""Typographic variants: what printers, browsers and word processors do to the same words.

`fold` brings spacing, quotation marks, dashes, ellipses and ligatures to one form and keeps a map
back, so that words typed by hand are found in the text as it was printed. It never touches letters
or their case: "may be" and "maybe", "likely" and "unlikely" stay apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
QUOTE_MARKS = "\"'`´‘’‚‛“”„‟′″«»‹›"
LONG_DASHES = "‒–—―"
HYPHENS = "‐‑−"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_BLANK = rf"[\s{INVISIBLE}]"
_ATOM = re.compile(
    rf"(?P<dots>{_BLANK}*(?:…|\.(?:{_BLANK}?\.){{2,}}){_BLANK}*)"
    rf"|(?P<dash>{_BLANK}*(?:[{LONG_DASHES}]|--)[-{LONG_DASHES}]*{_BLANK}*|{_BLANK}+-{_BLANK}+)"
    rf"|(?P<blank>{_BLANK}+)"
    rf"|(?P<ligature>[{''.join(LIGATURES)}])"
)
# A single space, dot or hyphen is by far the most frequent and needs no folding on its own,
# so a run starts with one of them only if another such character follows.
_ODD = rf"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000{INVISIBLE}" + (
    rf"{LONG_DASHES}…{''.join(LIGATURES)}"
)
_RUN = re.compile(rf"[ .\-][ .\-{_ODD}]+|[{_ODD}][ .\-{_ODD}]*")


@dataclass(frozen=True)
class Folded:
    """A folded text and the way back from its offsets to those of the original."""

    text: str
    _folded: tuple[int, ...]
    _original: tuple[int, ...]
    _atomic: tuple[bool, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of the non-empty folded passage [start, end)."""
        first = bisect_right(self._folded, start) - 1
        last = bisect_right(self._folded, end - 1) - 1
        opens = self._original[first]
        closes = self._original[last] + end - self._folded[last]
        if not self._atomic[first]:
            opens += start - self._folded[first]
        if self._atomic[last]:
            closes = self._original[last + 1]
        return opens, closes


def fold(text: str) -> Folded:
    """Return the text with its typography brought to one form, in linear time."""
    # One letter for another leaves the offsets alone; twenty replacements cost less than a regex.
    for mark in QUOTE_MARKS:
        text = text.replace(mark, "'")
    for mark in HYPHENS:
        text = text.replace(mark, "-")
    pieces: list[str] = []
    folded, original, atomic = [0], [0], [False]
    done = length = 0
    for run in _RUN.finditer(text):
        begin = run.start()
        length += begin - done
        pieces.append(text[done:begin])
        done = run.end()
        plain, steps = _fold_run(run.group())
        pieces.append(plain)
        for at, came_from, whole in steps:
            folded.append(length + at)
            original.append(begin + came_from)
            atomic.append(whole)
        length += len(plain)
    pieces.append(text[done:])
    return Folded("".join(pieces), tuple(folded), tuple(original), tuple(atomic))


def _fold_run(run: str) -> tuple[str, tuple[tuple[int, int, bool], ...]]:
    """Return the folded run and its break points (folded offset, original offset, atomic)."""
    return _fold_short(run) if len(run) <= 8 else _fold_atoms(run)


def _fold_atoms(run: str) -> tuple[str, tuple[tuple[int, int, bool], ...]]:
    plain: list[str] = []
    steps: list[tuple[int, int, bool]] = []
    done = length = 0
    for atom in _ATOM.finditer(run):
        kept, new = run[done : atom.start()], _plain(atom)
        plain += kept, new
        length += len(kept)
        if len(new) != len(atom.group()):
            steps += (length, atom.start(), True), (length + len(new), atom.end(), False)
        length += len(new)
        done = atom.end()
    plain.append(run[done:])
    return "".join(plain), tuple(steps)


_fold_short = lru_cache(maxsize=4096)(_fold_atoms)


def _plain(atom: re.Match[str]) -> str:
    match atom.lastgroup:
        case "dots":
            return "..."
        case "dash":
            return "-"
        case "ligature":
            return LIGATURES[atom.group()]
    return "" if all(mark in INVISIBLE for mark in atom.group()) else " "
