"""What changed across all records."""

from __future__ import annotations

import pghistory
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.admin.world import make_staff
from tracker.actions.records import edit
from tracker.models import Person, User

pytestmark = pytest.mark.django_db
PAGE = "admin:tracker_changes"


def renamed(name: str, by: User) -> Person:
    person = builders.make_person(name="C. Lister")
    edit(by=by, record=person, reason="The full name.", name=name)
    return person


def shown(client: Client, **asked: object) -> str:
    answer = client.get(reverse(PAGE), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_staff("admin"))
    return client


def test_only_administrators_see_all_changes(editor: Client) -> None:
    assert editor.get(reverse(PAGE)).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        {"user": "x"},
        {"user": "9" * 30},
        {"day": "2026-13-40"},
        {"noun": "nothing"},
        {"noun": "person", "key": "x"},
        {"before": "yesterday"},
    ],
    ids=str,
)
def test_what_is_asked_for_and_is_not_there_is_passed_over(
    admin: Client, asked: dict[str, str]
) -> None:
    assert "History" in shown(admin, **asked)


def test_a_change_is_told_with_its_author_reason_and_difference(admin: Client) -> None:
    user = make_staff("editor", first_name="Edda", last_name="Editor")
    with pghistory.context(user=user.pk):
        renamed("Charles Lister", user)

    page = shown(admin)

    assert "Edda Editor" in page
    assert "<del>C. Lister</del>" in page
    assert "<ins>Charles Lister</ins>" in page


def test_changes_are_found_by_user_record_and_day(admin: Client) -> None:
    one, other = make_staff("editor"), make_staff("editor")
    with pghistory.context(user=one.pk):
        person = renamed("Charles Lister", one)
    today = f"{timezone.now():%Y-%m-%d}"

    assert "Charles Lister" in shown(admin, user=one.pk, day=today)
    assert "Charles Lister" in shown(admin, noun="person", key=person.pk)
    assert "No change fits" in shown(admin, user=other.pk)
    assert "No change fits" in shown(admin, day="1999-01-01")
    assert "No change fits" in shown(admin, noun="topic")


def test_a_page_of_changes_takes_no_more_queries_for_more_of_them(admin: Client) -> None:
    user = make_staff("editor")
    with pghistory.context(user=user.pk):
        renamed("Ada", user)
    shown(admin)
    with CaptureQueriesContext(connection) as few:
        shown(admin)

    for name in ("Ben", "Cem", "Dan"):
        with pghistory.context(user=user.pk):
            renamed(name, user)
    with CaptureQueriesContext(connection) as more:
        shown(admin)

    assert len(few) == len(more)
