"""The passage of a text that comes nearest to a quotation which does not stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import edlib

# Two unrelated English sentences differ in about half of their letters: past two fifths,
# "nearest" would be a passage that has nothing to do with the quotation.
MOST_CHANGED = 0.4
# edlib works on at most 256 symbols; the last stands for every letter that the quotation lacks.
_FOREIGN = 255
# Alignment takes len(quotation) * len(text) steps, 64 at a time: this keeps it under half a second.
_MOST_STEPS = 2_000_000_000
_LONGEST_WORD = 40
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class DiffOp(StrEnum):
    """How a piece of the quotation as sent relates to the passage as found."""

    EQUAL = "equal"
    DELETE = "delete"  # only in the words that were sent
    INSERT = "insert"  # only in the text


@dataclass(frozen=True)
class DiffPiece:
    op: DiffOp
    text: str


@dataclass(frozen=True)
class Nearest:
    """A passage of the text, its edit distance from the words sent, and the difference in words."""

    start: int
    end: int
    exact: str
    distance: int
    diff: tuple[DiffPiece, ...]


def cuts_word(text: str, at: int) -> bool:
    """Return whether a border at this offset splits a word or a number.

    Only scripts with upper and lower case are judged: the others may not put spaces between words.
    """
    if not 0 < at < len(text):
        return False
    return _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(letter: str) -> bool:
    return letter.isdigit() or letter.lower() != letter.upper()


def nearest(text: str, words: str) -> Nearest | None:
    """Return the passage with the smallest edit distance, or None when all differ too much."""
    if not words or not text or len(words) * len(text) > _MOST_STEPS:
        return None
    symbols = _Symbols(words)
    most = max(2, int(len(words) * MOST_CHANGED))
    span = _infix(symbols.encode(words), symbols.encode(text), most)
    if span is None:
        return None
    start, end = _whole_words(text, *span)
    exact = text[start:end]
    return Nearest(start, end, exact, distance(words, exact), diff(words, exact))


def distance(sent: str, found: str) -> int:
    """Return how many letters must be put in, left out or exchanged to make one of the other."""
    symbols = _Symbols(sent)
    edits: int = edlib.align(symbols.encode(sent), symbols.encode(found))["editDistance"]
    return edits


def diff(sent: str, found: str) -> tuple[DiffPiece, ...]:
    """Return what must be deleted from and inserted into `sent`, word by word, to give `found`."""
    ours, theirs = _TOKEN.findall(sent), _TOKEN.findall(found)
    numbers = {token: n % 256 for n, token in enumerate(dict.fromkeys(ours + theirs))}
    if not ours or not theirs:
        return _pieces([(DiffOp.DELETE, sent), (DiffOp.INSERT, found)])
    path = edlib.align(
        bytes(numbers[token] for token in ours),
        bytes(numbers[token] for token in theirs),
        task="path",
    )["cigar"]
    return _pieces(_walk(path, ours, theirs))


class _Symbols(dict[int, int]):
    """Numbers the letters of a quotation and gives all others one number."""

    def __init__(self, words: str) -> None:
        letters = dict.fromkeys(map(ord, words))
        super().__init__((letter, n % _FOREIGN) for n, letter in enumerate(letters))

    def __missing__(self, letter: int) -> int:
        self[letter] = _FOREIGN
        return _FOREIGN

    def encode(self, text: str) -> bytes:
        return text.translate(self).encode("latin-1")


def _infix(words: bytes, text: bytes, most: int) -> tuple[int, int] | None:
    found = edlib.align(words, text, mode="HW", task="distance", k=most)
    if found["editDistance"] < 0:
        return None
    end = found["locations"][0][1] + 1
    # edlib would work out the start of every end, of which a hostile text has a million:
    # aligning backwards from the first gives the one we need, the longest of equals.
    window = text[max(0, end - len(words) - found["editDistance"]) : end]
    back = edlib.align(words[::-1], window[::-1], mode="SHW", task="distance")
    return end - back["locations"][-1][1] - 1, end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    first = next(
        (at for at in range(start, start - _LONGEST_WORD, -1) if not cuts_word(text, at)), start
    )
    last = next((at for at in range(end, end + _LONGEST_WORD) if not cuts_word(text, at)), end)
    while first < last and text[first].isspace():
        first += 1
    while first < last and text[last - 1].isspace():
        last -= 1
    return max(0, first), min(len(text), last)


def _walk(path: str, ours: list[str], theirs: list[str]) -> list[tuple[DiffOp, str]]:
    steps: list[tuple[DiffOp, str]] = []
    i = j = 0
    for count, op in re.findall(r"(\d+)([=XID])", path):
        for _ in range(int(count)):
            left = ours[i] if op != "D" else ""
            right = theirs[j] if op != "I" else ""
            i, j = i + (op != "D"), j + (op != "I")
            # Past 256 different words two may share a number: the words decide, not the path.
            if left == right:
                steps.append((DiffOp.EQUAL, left))
            else:
                steps += [(DiffOp.DELETE, left), (DiffOp.INSERT, right)]
    return steps


def _pieces(steps: list[tuple[DiffOp, str]]) -> tuple[DiffPiece, ...]:
    pieces: list[DiffPiece] = []
    pending = {DiffOp.DELETE: "", DiffOp.INSERT: ""}
    same = ""
    for op, text in [*steps, (DiffOp.EQUAL, "")]:
        if op is not DiffOp.EQUAL:
            pieces += [DiffPiece(DiffOp.EQUAL, same)] if same else []
            same = ""
            pending[op] += text
            continue
        pieces += [DiffPiece(kind, words) for kind, words in pending.items() if words]
        pending = {DiffOp.DELETE: "", DiffOp.INSERT: ""}
        same += text
    return (*pieces, DiffPiece(DiffOp.EQUAL, same)) if same else tuple(pieces)
