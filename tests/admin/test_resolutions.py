"""Resolutions in the workbench."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.admin.world import make_staff
from tracker.admin.resolutions import standing
from tracker.models import Dispute, Reply, Resolution


def step(name: str, resolution: Resolution) -> str:
    return reverse(f"admin:tracker_resolution_{name}", args=[resolution.pk])


def awaiting() -> Resolution:
    later = timezone.now() + timedelta(days=3)
    return builders.make_resolution(published=False, reply_until=later)


@pytest.mark.parametrize("role", ["coder", "judge"])
@pytest.mark.parametrize("name", ["publish", "reply", "dispute"])
def test_only_editors_publish_and_record(client: Client, db: None, role: str, name: str) -> None:
    client.force_login(make_staff(role))

    assert client.post(step(name, awaiting())).status_code == 403


def test_publishing_early_needs_a_reason(editor: Client) -> None:
    resolution = awaiting()
    page = editor.post(step("publish", resolution), {"override_reason": ""})
    assert "override_reason" in page.context["form"].errors

    editor.post(step("publish", resolution), {"override_reason": "The speaker has answered."})

    assert Resolution.objects.get().published_at is not None


def test_after_the_window_no_reason_is_needed(editor: Client) -> None:
    editor.post(step("publish", builders.make_resolution(published=False)))

    assert Resolution.objects.get().published_at is not None


def test_a_published_resolution_is_not_published_again(editor: Client) -> None:
    page = editor.post(step("publish", builders.make_resolution()))

    assert "published already" in page.content.decode()


def test_a_reply_is_printed_beside_the_verdict(editor: Client) -> None:
    resolution = awaiting()

    editor.post(step("reply", resolution), {"author": "C. Lister", "text": "I stand by it."})

    assert Reply.objects.get().resolution == resolution
    page = editor.get(reverse("admin:tracker_resolution_change", args=[resolution.pk]))
    assert "“I stand by it.”" in page.content.decode()


def test_a_dispute_waits_for_a_ruling(editor: Client) -> None:
    resolution = builders.make_resolution()

    editor.post(
        step("dispute", resolution), {"filed_by": "C. L.", "ground": "evidence", "text": "Wrong."}
    )

    assert Dispute.objects.get().ruling == "pending"


@pytest.mark.django_db
def test_a_resolution_stands_in_one_of_four_places() -> None:
    superseded = builders.make_resolution()
    superseded.superseded_by_id = superseded.pk

    assert standing(awaiting()) == "Reply window"
    assert standing(builders.make_resolution(published=False)) == "To be published"
    assert standing(builders.make_resolution()) == "Published"
    assert standing(superseded) == "Superseded"


@pytest.mark.parametrize(
    ("where", "count"), [("awaiting", 2), ("ready", 1), ("published", 1), ("superseded", 0)]
)
def test_resolutions_are_listed_by_where_they_stand(editor: Client, where: str, count: int) -> None:
    awaiting()
    builders.make_resolution(published=False)
    builders.make_resolution()

    page = editor.get(reverse("admin:tracker_resolution_changelist"), {"standing": where})

    assert page.context["cl"].result_count == count
