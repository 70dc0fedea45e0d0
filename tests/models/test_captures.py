"""Captures: what ended says how, and one page is fetched once at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import CODED, make_capture, make_snapshot, make_source
from tests.refusals import refused
from tracker.domain.captures import CaptureStatus
from tracker.models import Capture

pytestmark = pytest.mark.django_db


def two_under_way() -> None:
    source = make_source()
    make_capture(source=source, status="running")
    make_capture(source=source, status="queued")


REFUSED: dict[str, tuple[str, Callable[[], Any]]] = {
    "an unknown status": (
        "capture_status_known",
        lambda: make_capture(status="lost", finished_at=None),
    ),
    "ok without a snapshot": (
        "capture_ok_iff_kept",
        lambda: make_capture(status="ok", snapshot=None),
    ),
    "ok without the bytes": (
        "capture_ok_iff_kept",
        lambda: make_capture(status="ok", bytes_sha256=""),
    ),
    "ok without a size": ("capture_ok_iff_kept", lambda: make_capture(status="ok", size=None)),
    "failed with a snapshot": (
        "capture_ok_iff_kept",
        lambda: make_capture(status="failed", snapshot=make_snapshot()),
    ),
    "withdrawn with a hash but no snapshot": (
        "capture_ok_iff_kept",
        lambda: make_capture(status="withdrawn", bytes_sha256="0" * 64),
    ),
    "an unknown method": ("capture_method_known", lambda: make_capture(method="telepathy")),
    "failed without a reason": (
        "capture_failure_has_reason",
        lambda: make_capture(status="failed", reason=""),
    ),
    "blocked without a reason": (
        "capture_failure_has_reason",
        lambda: make_capture(status="blocked", reason=""),
    ),
    "ended at no time": (
        "capture_finished_iff_ended",
        lambda: make_capture(status="failed", finished_at=None),
    ),
    "waiting since its end": (
        "capture_finished_iff_ended",
        lambda: make_capture(finished_at=CODED),
    ),
    "two under way": ("capture_one_under_way", two_under_way),
    "deleted": ("capture_never_deleted", lambda: make_capture().delete()),
    "the same identity": (
        "tracker_capture_uuid_key",
        lambda: make_capture(uuid=make_capture().uuid),
    ),
    "fewer than no attempts": (
        "tracker_capture_attempts_check",
        lambda: make_capture(attempts=-1),
    ),
    "a negative answer": (
        "tracker_capture_http_status_check",
        lambda: make_capture(http_status=-1),
    ),
    "a negative size": (
        "tracker_capture_size_check",
        lambda: make_capture(status="ok", size=-1),
    ),
}


# Where a narrower rule forbids the same, PostgreSQL names the first in the alphabet.
NARROWER = {"capture_status_known": "capture_finished_iff_ended"}


@pytest.mark.parametrize("case", REFUSED)
def test_the_database_refuses(case: str) -> None:
    name, make = REFUSED[case]

    with refused(name, NARROWER.get(name, name)):
        make()


@pytest.mark.parametrize("status", CaptureStatus)
def test_a_capture_of_each_status_can_be_kept(status: CaptureStatus) -> None:
    assert make_capture(status=status).get_status_display() == status.capitalize()


def test_a_kept_capture_that_is_withdrawn_keeps_its_hash() -> None:
    capture = make_capture(status="ok")

    capture.status = CaptureStatus.WITHDRAWN
    capture.save(update_fields=["status"])

    assert Capture.objects.exclude(bytes_sha256="").get().status == "withdrawn"


def test_a_source_is_captured_again_once_a_capture_has_ended() -> None:
    source = make_source()

    make_capture(source=source, status="ok")
    make_capture(source=source, status="failed")
    make_capture(source=source)

    assert source.captures.under_way().count() == 1


def test_failures_and_captures_under_way_are_told_apart() -> None:
    made = {status: make_capture(status=status) for status in CaptureStatus}

    assert set(Capture.objects.failed()) == {made[s] for s in ("failed", "blocked")}
    assert set(Capture.objects.under_way()) == {made[s] for s in ("queued", "running")}
