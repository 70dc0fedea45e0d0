"""Dates as people write them: the days that they cover, and when words must have been said."""

from __future__ import annotations

from tracker.domain.deadlines import DateSpan, Precision, date_span
from tracker.domain.errors import RequiredField, UnknownValue
from tracker.models import Source


def known_span(given: str, field: str) -> DateSpan:
    """The days that a written date covers; raises UnknownValue where it is no date."""
    span = date_span(given)
    if span is None:
        raise UnknownValue(
            f"“{given[:80]}” is not a date: write 2016-04-11, 2016-04, 2016, "
            "2016-04-09/2016-04-10 or “on or before 2016-04-11”.",
            field=field,
        )
    return span


def said_on(given: str, source: Source) -> DateSpan:
    """When the words were said: as given, else no later than the source appeared."""
    if given.strip():
        return known_span(given, "said_on")
    if source.published_on is None:
        raise RequiredField("Say when it was said: the source has no date.", field="said_on")
    return DateSpan(None, source.published_on, Precision.BEFORE, "")
