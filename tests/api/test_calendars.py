"""Calendars: one's own address, and what a calendar program finds there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from tests.api.conftest import Door
from tests.api.test_sight import SECRETS
from tests.api.test_sight import judged as judged
from tests.builders import make_claim, make_proposition, make_resolution, make_round
from tests.links import make_feed
from tracker.models import CalendarFeed, Round


@pytest.fixture
def program(db: None) -> Client:
    """A calendar program: no session, no token, an address alone."""
    return Client()


def address(door: Door) -> str:
    return str(door.send("calendars/").json()["address"])


def soon() -> Any:
    return timezone.now().date() + timedelta(days=30)


# --- the address ---------------------------------------------------------------------


def test_an_address_is_shown_once_and_a_new_one_revokes_it(judge: Door, program: Client) -> None:
    first = judge.send("calendars/")
    second = judge.send("calendars/").json()["address"]

    old = first.json()["address"]
    assert (first.status_code, first["Cache-Control"]) == (201, "no-store")
    assert old.split("/")[-2] not in judge.get(first["Location"]).content.decode()
    assert (program.get(old).status_code, program.get(second).status_code) == (410, 200)
    assert program.get(old).json()["code"] == "link_gone"


def test_an_address_is_revoked(judge: Door, program: Client) -> None:
    made = judge.send("calendars/").json()

    revoked = judge.send(f"calendars/{made['id']}/revoke/")

    assert revoked.json()["revoked_at"]
    assert judge.send(f"calendars/{made['id']}/revoke/").status_code == 409
    assert program.get(made["address"]).status_code == 410


def test_only_editors_see_the_calendars_of_others(judge: Door, editor: Door) -> None:
    other = make_feed()

    assert judge.read(f"calendars/{other.pk}/").status_code == 404
    assert judge.send(f"calendars/{other.pk}/revoke/").status_code == 404
    assert judge.read("calendars/").json()["results"] == []
    assert editor.send(f"calendars/{other.pk}/revoke/").status_code == 200
    assert editor.read("calendars/", revoked="false").json()["results"] == []


def test_nothing_is_sent_with_the_wish_for_an_address(judge: Door) -> None:
    assert judge.send("calendars/", {"user": 1}).status_code == 400
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("token", ["x", "a" * 32 + "." + "b" * 43])
def test_a_forged_address_is_unknown_without_the_database(
    program: Client, django_assert_num_queries: Any, token: str
) -> None:
    with django_assert_num_queries(0):
        answer = program.get(f"/feeds/{token}/due.ics")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_an_address_takes_no_parameters(judge: Door, program: Client) -> None:
    assert program.get(address(judge), {"limit": "1"}).status_code == 400


# --- what is there -------------------------------------------------------------------


def test_a_calendar_is_read_by_programs(judge: Door, program: Client) -> None:
    what = make_proposition(deadline=soon())

    answer = program.get(address(judge))

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["UID"] == f"{what.uuid}@tracker"
    assert event["SUMMARY"] == f"Due: {what.statement}"
    assert event.decoded("DTSTART") == what.deadline
    assert event["URL"] == f"http://testserver/admin/tracker/proposition/{what.pk}/change/"
    assert CalendarFeed.objects.get().last_read_at


def test_a_judge_learns_a_statement_and_a_day_and_nothing_else(
    judge: Door, editor: Door, program: Client, judged: Round
) -> None:
    for reader in (judge, editor):
        text = program.get(address(reader)).content.decode().replace("\r\n ", "")

        assert judged.proposition.statement in text or "VEVENT" not in text
        assert not [secret for secret in SECRETS if secret in text]


def test_a_calendar_is_sent_again_only_when_it_changed(judge: Door, program: Client) -> None:
    what = make_proposition(deadline=soon())
    where = address(judge)
    first = program.get(where)

    same = program.get(where, HTTP_IF_NONE_MATCH=first["ETag"])
    since = program.get(where, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    make_resolution(proposition=what, published=False, decided_at=timezone.now())
    changed = program.get(where, HTTP_IF_NONE_MATCH=first["ETag"])

    assert (same.status_code, since.status_code, same.content) == (304, 304, b"")
    assert same["ETag"] == first["ETag"]
    (before,) = Calendar.from_ical(first.content).walk("VEVENT")
    (after,) = Calendar.from_ical(changed.content).walk("VEVENT")
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)


@pytest.mark.parametrize("role", ["judge", "coder", "editor"])
def test_a_calendar_takes_as_many_queries_however_much_is_due(
    door: Callable[[str], Door], program: Client, role: str
) -> None:
    where = address(door(role))

    def asked() -> int:
        claim = make_claim(proposition=make_proposition(deadline=soon()))
        make_round(proposition=claim.proposition)
        with CaptureQueriesContext(connection) as queries:
            assert program.get(where).status_code == 200
        return len(queries)

    asked()  # which notes that it was read
    assert {asked(), asked()} == {3}
