"""How much two propositions look like one: the likeness of their words, then what else agrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LEAST_LIKENESS = 0.6
"""Trigram similarity from which a pair is shown to a person; ours. Below it, sentences that share
their grammar only outnumber paraphrases, and the index finds most of the table. No pair is ever
merged by this number."""

CLOSE_LIKENESS = 0.8
"""From where a pair is looked for first, and shown in the worklist unasked; ours."""

SAME_CONDITION, SAME_WINDOW = 0.1, 0.1
"""What an equal condition and an overlapping window add in the order of suggestions; ours."""


@dataclass(frozen=True)
class Window:
    """The days of which a proposition speaks; without an end it is open."""

    start: date | None
    end: date | None

    def overlaps(self, other: Window) -> bool:
        return _before(self.start, other.end) and _before(other.start, self.end)


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


def weight(likeness: float, *, same_condition: bool, same_window: bool) -> float:
    """Returns by what suggestions are ordered, the highest first; `likeness` runs from 0 to 1."""
    return likeness + SAME_CONDITION * same_condition + SAME_WINDOW * same_window
