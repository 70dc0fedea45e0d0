"""A calendar that clients can follow: stable, complete, and said in their standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar

from tracker.domain.calendars import Entry, calendar

ENTRY = Entry(
    uuid=UUID("6b0ecd6f-8a2c-4d3b-9d6e-0c7f6a3f2b11"),
    statement="The port reopens, whole; or in part\nbefore 1 March 2027.",
    day=date(2027, 2, 28),
    review=False,
    settled=False,
    changes=3,
    changed_at=datetime(2026, 11, 1, 9, tzinfo=UTC),
    address="https://tracker.example/admin/tracker/proposition/1/change/",
)


def test_an_entry_is_an_event_of_one_whole_day_with_a_warning() -> None:
    (event,) = Calendar.from_ical(calendar([ENTRY])).walk("VEVENT")

    assert event["UID"] == "6b0ecd6f-8a2c-4d3b-9d6e-0c7f6a3f2b11@tracker"
    assert event["SUMMARY"] == f"Due: {ENTRY.statement}"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (ENTRY.day, date(2027, 3, 1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["SEQUENCE"], event["STATUS"]) == (3, "CONFIRMED")
    assert event.decoded("DTSTAMP") == ENTRY.changed_at
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-7)


def test_what_is_settled_is_cancelled_and_warns_nobody() -> None:
    (event,) = Calendar.from_ical(calendar([replace(ENTRY, settled=True)])).walk("VEVENT")

    assert event["STATUS"] == "CANCELLED"
    assert event.walk("VALARM") == []


@pytest.mark.parametrize(("review", "verb"), [(True, "Review"), (False, "Due")])
def test_an_entry_says_what_is_to_be_done(review: bool, verb: str) -> None:
    (event,) = Calendar.from_ical(calendar([replace(ENTRY, review=review)])).walk("VEVENT")

    assert str(event["SUMMARY"]).startswith(f"{verb}: ")


def test_an_empty_calendar_is_one_all_the_same() -> None:
    found = Calendar.from_ical(calendar([]))

    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH")
    assert found.walk("VEVENT") == []


def test_the_same_entries_give_the_same_bytes_in_lines_that_every_client_reads() -> None:
    lines = calendar([ENTRY]).split(b"\r\n")

    assert calendar([ENTRY]) == b"\r\n".join(lines)
    assert max(map(len, lines)) <= 75
