"""The home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.admin.world import make_staff, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """What the page keeps for some minutes is another test's."""
    cache.clear()


def test_who_logs_in_by_a_kept_address_comes_home(client: Client) -> None:
    user = make_staff("editor", username="edda")
    user.set_password("a good one")
    user.save()

    answer = client.post(
        reverse("admin:login"), {"username": "edda", "password": "a good one"}, follow=True
    )

    assert answer.redirect_chain == [(reverse("admin:index"), 302)]


def test_whoever_has_no_role_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(make_staff(""))

    assert "You have no role yet" in client.get(reverse("admin:index")).content.decode()


def test_an_empty_tracker_says_where_to_begin(editor: Client) -> None:
    page = editor.get(reverse("admin:index")).content.decode()

    assert "Start with an article" in page
    assert "Nothing to compare yet" in page


def test_a_judge_sees_neither_claims_nor_the_desk_of_those_who_publish(client: Client) -> None:
    claim = builders.make_claim()
    builders.make_round(proposition=claim.proposition)
    client.force_login(make_staff("judge"))

    answer = client.get(reverse("admin:index"))

    assert claim.quotation.exact not in answer.content.decode()
    assert [desk.title for desk in answer.context["desks"]] == ["Mine", "To judge"]


def test_the_weeks_are_drawn_and_told(editor: Client) -> None:
    builders.make_claim(coded_at=timezone.now())
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())

    page = editor.get(reverse("admin:index")).content.decode()

    assert 'role="img" aria-label="12 weeks: 1 claims logged, 0 resolved; most 1"' in page
    assert f'<th scope="row">{monday}</th><td class="t-num">1</td>' in page


def test_agreement_stands_by_queue(editor: Client) -> None:
    make_story()

    page = editor.get(reverse("admin:index"))

    assert {row.short for row in page.context["agreement"]} >= {"Outcome: all", "Condition: all"}
