"""One's calendar in the workbench."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tests.links import make_feed
from tracker.models import CalendarFeed

pytestmark = pytest.mark.django_db
LIST, NEW = "admin:tracker_calendarfeed_changelist", "admin:tracker_calendarfeed_add"


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_staff(role))
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_no_role_gets_no_calendar(method: str) -> None:
    assert getattr(signed_in(""), method)(reverse(NEW)).status_code == 403
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("role", ["coder", "judge", "editor", "admin"])
def test_everybody_makes_an_address_that_is_shown_once(role: str) -> None:
    client = signed_in(role)
    assert client.get(reverse(NEW)).status_code == 200

    page = client.post(reverse(NEW))

    (address,) = re.findall(r"http://testserver(/feeds/[\w.-]+/due\.ics)", page.content.decode())
    assert Client().get(address)["Content-Type"].startswith("text/calendar")
    assert "no-store" in page["Cache-Control"]
    assert address not in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize(("role", "seen"), [("coder", 1), ("judge", 1), ("editor", 2)])
def test_only_editors_see_the_calendars_of_others(role: str, seen: int) -> None:
    client, other = signed_in(role), make_feed()
    client.post(reverse(NEW))

    page = client.get(reverse(LIST))

    assert page.context["cl"].result_count == seen
    theirs = client.get(reverse("admin:tracker_calendarfeed_change", args=[other.pk]))
    assert theirs.status_code == (200 if role == "editor" else 404)


def test_an_address_is_revoked_by_a_button() -> None:
    client = signed_in("judge")
    client.post(reverse(NEW))
    feed = CalendarFeed.objects.get()
    revoke = reverse("admin:tracker_calendarfeed_revoke", args=[feed.pk])
    page = reverse("admin:tracker_calendarfeed_change", args=[feed.pk])
    assert revoke in client.get(page).content.decode()

    client.post(revoke)

    assert CalendarFeed.objects.get().revoked_at is not None
    assert revoke not in client.get(page).content.decode()
    assert "In force" not in client.get(reverse(LIST)).content.decode()
