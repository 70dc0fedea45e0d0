"""The home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.admin.world import make_staff
from tracker.admin.home import COUNT_UP_TO, Counter

pytestmark = pytest.mark.django_db


def test_a_count_says_where_it_stopped() -> None:
    assert Counter("Due", COUNT_UP_TO, "", "").shown == "100"
    assert Counter("Due", COUNT_UP_TO + 1, "", "").shown == "100+"


def test_whoever_has_no_role_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(make_staff(""))

    assert "You have no role yet" in client.get(reverse("admin:index")).content.decode()


def test_each_number_leads_to_as_many_rows(editor: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    builders.make_claim(frozen=False)
    builders.make_proposition(deadline=yesterday)
    builders.make_round(state="split")
    builders.make_round(state="agreed")
    builders.make_resolution(published=False)
    soon = timezone.now() + timedelta(days=1)
    builders.make_resolution(published=False, reply_until=soon)
    builders.make_reply(resolution=builders.make_resolution(published=False))
    builders.make_dispute()
    builders.make_capture(status="failed")
    builders.make_capture(status="blocked")
    page = editor.get(reverse("admin:index"))

    for counter in page.context["counters"]:
        listed = editor.get(counter.link)
        assert listed.status_code == 200
        assert listed.context["cl"].result_count == counter.count, counter.title
