"""Captures in the workbench: asked for from a source's page, tried again, given up."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Capture

pytestmark = pytest.mark.django_db


def button(noun: str, name: str, pk: int) -> str:
    return reverse(f"admin:tracker_{noun}_{name}", args=[pk])


def page_of(client: Client, noun: str, pk: int) -> str:
    return client.get(reverse(f"admin:tracker_{noun}_change", args=[pk])).content.decode()


def test_a_judge_is_offered_no_fetching(client: Client) -> None:
    source, judge = builders.make_source(), client
    judge.force_login(make_staff("judge"))

    assert "Fetch this page" not in page_of(judge, "source", source.pk)
    assert judge.post(button("source", "fetch", source.pk)).status_code == 403
    assert not Capture.objects.exists()


def test_the_page_of_a_source_is_fetched_by_a_button(coder: Client) -> None:
    source = builders.make_source()
    offered = page_of(coder, "source", source.pk)

    coder.post(button("source", "fetch", source.pk))

    assert "Fetch this page" in offered
    assert Capture.objects.get().source == source
    assert "Fetch this page" not in page_of(coder, "source", source.pk)


def test_the_list_says_why_a_page_is_missing(coder: Client) -> None:
    capture = builders.make_capture(status="failed", reason="The page is not there (404).")

    listed = coder.get(reverse("admin:tracker_capture_changelist")).content.decode()

    assert capture.source.title in listed
    assert "The page is not there (404)." in listed


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("queued", ["Give up"]),
        ("running", []),
        ("ok", []),
        ("failed", ["Retry", "Give up"]),
        ("withdrawn", []),
    ],
)
def test_only_what_makes_sense_is_offered(coder: Client, status: str, offered: list[str]) -> None:
    capture = builders.make_capture(status=status)

    page = page_of(coder, "capture", capture.pk)

    assert [words for words in ("Retry", "Give up") if words in page] == offered


def test_a_failed_capture_is_tried_again_by_a_button(coder: Client) -> None:
    capture = builders.make_capture(status="failed")

    coder.post(button("capture", "retry", capture.pk))

    assert Capture.objects.get().status == "queued"


def test_giving_up_asks_for_the_reason(coder: Client) -> None:
    capture = builders.make_capture()

    coder.post(button("capture", "withdraw", capture.pk), {"reason": ""})
    assert Capture.objects.get().status == "queued"
    coder.post(button("capture", "withdraw", capture.pk), {"reason": "Paywall."})

    assert (Capture.objects.get().status, Capture.objects.get().reason) == (
        "withdrawn",
        "Paywall.",
    )
