"""Deadlines: by when a claim must come true, and what that date rests on; imprecise dates."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.errors import DeadlineBasisMismatch, DeadlineBeforeStatement

CONVENTION_MONTHS = 12  # the codebook's horizon for claims without one


class Basis(StrEnum):
    """What a deadline rests on."""

    STATED = "stated"  # the speaker's words fix the day
    DERIVED = "derived"  # worked out from the words or a dated event; the reason says how
    EVENT_TRIGGERED = "event_triggered"  # an event, not a day, ends the wait
    CONVENTION = "convention"
    NONE = "none"


DATED = frozenset({Basis.STATED, Basis.DERIVED, Basis.CONVENTION})


@dataclass(frozen=True)
class Deadline:
    """The last day on which the claim can come true, or the day on which to look again."""

    on: date | None
    basis: Basis
    words: str = ""
    reason: str = ""
    review_on: date | None = None


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"
    BEFORE = "before"


@dataclass(frozen=True)
class DateSpan:
    """The days on which something can have happened, both included; `first` is None for BEFORE."""

    first: date | None
    last: date
    precision: Precision
    words: str


_DAY, _MONTH = r"\d{4}-\d{2}-\d{2}", r"\d{4}-\d{2}"
_BEFORE = re.compile(rf"(?:undated, )?on or before ({_DAY})")
_INTERVAL = re.compile(rf"({_DAY}|{_MONTH}|\d{{4}})\s*/\s*({_DAY}|{_MONTH}|\d{{4}})")


def check(deadline: Deadline, said_on: date) -> None:
    """Hold a deadline against its basis and the statement's date.

    Raises DeadlineBasisMismatch when the basis wants a date and none is there, or the reverse, or
    when neither a date nor a review day is set; DeadlineBeforeStatement.
    """
    if (deadline.on is not None) != (deadline.basis in DATED):
        raise DeadlineBasisMismatch(field="deadline", basis=deadline.basis)
    if deadline.on is None and deadline.review_on is None:
        raise DeadlineBasisMismatch(field="review_on", basis=deadline.basis)
    if deadline.on is not None and deadline.on < said_on:
        raise DeadlineBeforeStatement(field="deadline", said_on=said_on)


def by_convention(said_on: date, words: str = "") -> Deadline:
    """Return the deadline of a claim whose horizon is vague: twelve months after it was said."""
    reason = f"No day can be read from the words: {CONVENTION_MONTHS} months by convention."
    return Deadline(months_after(said_on, CONVENTION_MONTHS), Basis.CONVENTION, words, reason)


def sensitivity(deadline: Deadline, said_on: date, factor: float) -> Deadline:
    """Return the deadline with its horizon multiplied; one without a date comes back unchanged."""
    if factor <= 0:
        raise ValueError("the factor must be positive")
    if deadline.on is None:
        return deadline
    horizon = (deadline.on - said_on).days * factor
    most = (date.max - said_on).days
    return replace(deadline, on=said_on + timedelta(days=min(round(horizon), most)))


def is_due(deadline: Deadline, review_on: date | None, today: date) -> bool:
    """Return whether the outcome can be judged: the deadline has passed, or the review day is here.

    The deadline's own day still belongs to the claim. A dated deadline overrules the review day.
    """
    if deadline.on is not None:
        return deadline.on < today
    look_again = review_on or deadline.review_on
    return look_again is not None and look_again <= today


def months_after(day: date, months: int) -> date:
    """Return the same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> date:
    """Return the last day of the month."""
    return date(year, month, monthrange(year, month)[1])


def date_span(text: str) -> DateSpan | None:
    """Return the span that a written date covers, or None when it is not one.

    Reads "2016-04-11", "2016-04", "2016", "2016-04-09/2016-04-10" and "on or before 2016-04-11".
    """
    words = " ".join(text.split())
    try:
        return _span(words)
    except ValueError:  # the calendar has no such day
        return None


def _span(words: str) -> DateSpan | None:
    if before := _BEFORE.fullmatch(words):
        return DateSpan(None, date.fromisoformat(before[1]), Precision.BEFORE, words)
    if interval := _INTERVAL.fullmatch(words):
        first, last = _limits(interval[1])[0], _limits(interval[2])[1]
        return DateSpan(first, last, Precision.INTERVAL, words) if first <= last else None
    if re.fullmatch(_DAY, words):
        return DateSpan(*_limits(words), Precision.DAY, words)
    if re.fullmatch(_MONTH, words):
        return DateSpan(*_limits(words), Precision.MONTH, words)
    if re.fullmatch(r"\d{4}", words):
        return DateSpan(*_limits(words), Precision.YEAR, words)
    return None


def _limits(words: str) -> tuple[date, date]:
    year, *rest = map(int, words.split("-"))
    if len(rest) == 2:
        return date(year, *rest), date(year, *rest)
    if rest:
        return date(year, rest[0], 1), month_end(year, rest[0])
    return date(year, 1, 1), date(year, 12, 31)
