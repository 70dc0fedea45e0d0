"""A calendar of what comes due, as iCalendar (RFC 5545): all-day events that clients can follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event, vDuration

PRODUCT = "-//Expert-claim tracker//Due//EN"
NAME = "Due: expert-claim tracker"
WARNING = timedelta(days=-7)
ASKED_AGAIN = timedelta(hours=12)


@dataclass(frozen=True)
class Entry:
    """A proposition and the day on which it is to be judged, or looked at again."""

    uuid: UUID
    statement: str
    day: date
    review: bool
    settled: bool
    changes: int
    changed_at: datetime
    address: str


def calendar(entries: Sequence[Entry]) -> bytes:
    """Return the calendar; the same entries give the same bytes, whenever they are asked for."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("name", NAME)
    found.add("x-wr-calname", NAME)
    found.add("refresh-interval", vDuration(ASKED_AGAIN), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", vDuration(ASKED_AGAIN))
    for entry in entries:
        found.add_component(_event(entry))
    return bytes(found.to_ical())


def _event(entry: Entry) -> Event:
    summary = f"{'Review' if entry.review else 'Due'}: {entry.statement}"
    event = Event()
    event.add("uid", f"{entry.uuid}@tracker")
    event.add("sequence", entry.changes)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", summary)
    event.add("url", entry.address)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.settled else "CONFIRMED")
    if not entry.settled:
        event.add_component(_warning(summary))
    return event


def _warning(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", WARNING)
    return alarm
