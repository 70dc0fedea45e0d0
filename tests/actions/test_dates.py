"""Dates as people write them, and when words must have been said."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.actions.dates import known_span, said_on
from tracker.domain.deadlines import Precision
from tracker.domain.errors import RequiredField, UnknownValue
from tracker.models import Source


def test_what_is_no_date_is_refused_with_the_ways_to_write_one() -> None:
    with pytest.raises(UnknownValue, match="write 2016-04-11, 2016-04, 2016") as refusal:
        known_span("last Tuesday", "occurred_on")

    assert refusal.value.field == "occurred_on"


def test_words_without_a_day_were_said_no_later_than_their_source_appeared() -> None:
    with pytest.raises(RequiredField, match="the source has no date"):
        said_on(" ", Source(title="Siege"))

    span = said_on("", Source(title="Siege", published_on=date(2016, 4, 11)))

    assert (span.last, span.precision) == (date(2016, 4, 11), Precision.BEFORE)
    assert said_on("2016-04", Source(title="Siege")).last == date(2016, 4, 30)
