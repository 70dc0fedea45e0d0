"""Each number of the home page leads to as many rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.admin.world import make_staff
from tests.anchoring import make_anchoring
from tests.pairs import make_duplicate
from tracker.admin.counters import COUNT_UP_TO, Counter, Desk
from tracker.models import User

pytestmark = pytest.mark.django_db


def test_a_count_says_where_it_stopped() -> None:
    assert Counter("Due", COUNT_UP_TO, "", "").shown == "100"
    assert Counter("Due", COUNT_UP_TO + 1, "", "").shown == "100+"


def test_a_desk_knows_whether_anything_waits_on_it() -> None:
    assert not Desk("Mine", (Counter("Due", 0, "", ""),)).waiting
    assert Desk("Mine", (Counter("Due", 0, "", ""), Counter("Split", 1, "", ""))).waiting


def everything_waits(user: User) -> None:
    today, soon = timezone.localdate(), timezone.now() + timedelta(days=1)
    for days in (-40, -1, 0, 6, 7):
        builders.make_proposition(deadline=today + timedelta(days=days))
    builders.make_claim(frozen=False)
    builders.make_claim(frozen=False, coder=user)
    builders.make_round(state="split")
    builders.make_round(state="agreed")
    builders.make_round()
    builders.make_resolution(published=False)
    builders.make_resolution(published=False, reply_until=soon)
    builders.make_reply(resolution=builders.make_resolution(published=False))
    builders.make_dispute()
    builders.make_capture(status="failed")
    builders.make_capture(status="blocked")
    make_duplicate()
    make_duplicate(proposed_by=user)
    make_anchoring(state="changed")
    make_anchoring(state="orphan")


@pytest.mark.parametrize("role", ["coder", "judge", "editor", "admin"])
def test_each_number_leads_to_as_many_rows(client: Client, role: str) -> None:
    user = make_staff(role)
    everything_waits(user)
    client.force_login(user)

    counters = client.get(reverse("admin:index")).context["counters"]

    assert counters
    for counter in counters:
        listed = client.get(counter.link)
        assert listed.status_code == 200
        assert listed.context["cl"].result_count == counter.count, counter.title
    empty = {counter.title for counter in counters if not counter.count}
    assert empty <= ({"My drafts"} if role == "judge" else set())


def test_no_number_is_counted_to_the_end(editor: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        editor.get(reverse("admin:index"))

    counts = [query["sql"] for query in asked if "COUNT(*)" in query["sql"].upper()]
    assert len(counts) > 10
    assert all("LIMIT" in sql for sql in counts)


def test_the_home_page_takes_the_same_queries_for_any_backlog(client: Client) -> None:
    user = make_staff("editor")
    client.force_login(user)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as before:
        client.get(reverse("admin:index"))

    everything_waits(user)
    with CaptureQueriesContext(connection) as after:
        client.get(reverse("admin:index"))

    assert len(before) == len(after)
