"""Capturing by address: asked for, refused, failed for a reason, tried again, given up."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.actions.capturing import PAGE, asked, done, files
from tests.actions.steps import refused
from tests.builders import (
    CODED,
    make_capture,
    make_source,
    make_user,
)
from tests.intake.servers import Site, speaking
from tracker.actions import captures
from tracker.actions.captures import perform, request_capture, retry_capture, withdraw_capture
from tracker.domain import errors
from tracker.domain.captures import MOST_ATTEMPTS, UnderWay
from tracker.intake.fetch import FetchFailed, Limits
from tracker.models import Capture, Event, Snapshot

pytestmark = pytest.mark.django_db


def waiting() -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name=captures.JOB, status="todo")
    return [job.args for job in jobs.order_by("id")]


# --- asking ---


@pytest.mark.parametrize(
    ("url", "error"),
    [("", errors.RequiredField), ("ftp://paper.example/a", errors.BadAddress)],
    ids=["nowhere", "no web page"],
)
def test_a_capture_needs_the_address_of_a_page(url: str, error: type[errors.TrackerError]) -> None:
    source = make_source(url="", canonical_url="")
    coder = make_user()

    with refused(error):
        request_capture(by=coder, now=CODED, source=source, url=url)

    assert not Capture.objects.exists()
    assert not waiting()


def test_a_judge_asks_for_no_capture() -> None:
    judge, source = make_user(role="judge"), make_source()

    with refused(errors.NotPermitted):
        request_capture(by=judge, now=CODED, source=source)


def test_a_source_is_captured_once_at_a_time() -> None:
    source, coder = make_source(), make_user()
    request_capture(by=coder, now=CODED, source=source)

    with refused(UnderWay, field="source"):
        request_capture(by=coder, now=CODED, source=source)

    assert len(waiting()) == 1


def test_the_job_is_part_of_the_transaction_that_asks_for_it() -> None:
    with transaction.atomic():
        request_capture(by=make_user(), now=CODED, source=make_source())
        transaction.set_rollback(True)

    assert not waiting()


def test_what_is_one_readers_own_is_not_stored() -> None:
    capture = asked("https://ada:pw@paper.example/a?id=1#comments")

    assert capture.requested_url == "https://paper.example/a?id=1"


def test_a_source_is_asked_for_at_its_own_address_unless_another_is_given() -> None:
    own, other = make_source(), make_source()
    merged = make_source(merged_into=other)

    first = request_capture(by=make_user(), now=CODED, source=own)
    second = asked("https://archive.example/a", merged)

    assert (first.requested_url, first.status) == (own.url, "queued")
    assert (second.requested_url, second.source) == ("https://archive.example/a", other)
    assert waiting() == [{"capture_id": first.pk}, {"capture_id": second.pk}]


# --- failing ---


@pytest.mark.parametrize(
    ("url", "status", "sentence"),
    [
        ("http://127.0.0.1/a", "blocked", "leads to this machine"),
        ("http://169.254.169.254/latest/meta-data", "blocked", "metadata"),
        ("http://[::ffff:10.0.0.1]/", "blocked", "a private network"),
    ],
    ids=["this machine", "metadata", "mapped"],
)
def test_private_addresses_are_blocked(url: str, status: str, sentence: str) -> None:
    ended = done(asked(url))

    assert (ended.status, ended.finished_at) == (status, CODED)
    assert sentence in ended.reason


def test_a_page_that_is_not_there_fails_at_once_and_says_what_to_do(site: Site) -> None:
    ended = done(asked(site.url("/gone")))

    assert (ended.status, ended.http_status, ended.attempts) == ("failed", 404, 1)
    assert ended.reason.endswith("check the address, or send an archive's link.")
    assert list(Capture.objects.failed()) == [ended]


def test_a_failure_is_announced_without_a_word_of_the_page(site: Site) -> None:
    ended = done(asked(site.url("/gone")))

    event = Event.objects.get()
    assert (event.kind, event.noun, event.record) == ("capture.failed", "captures", ended.pk)
    assert event.facts == {"source": ended.source_id, "status": "failed"}


def test_a_page_without_an_article_fails_and_leaves_no_bytes(site: Site, folder: Path) -> None:
    site.put("/", b"<html><body></body></html>")

    ended = done(asked(site.url()))

    assert ended.status == "failed"
    assert "paste the words" in ended.reason
    assert not files(folder)


def test_silence_is_tried_four_times_and_then_fails(settings: Any) -> None:
    def silent(visitor: socket.socket) -> None:
        visitor.recv(65_536)
        time.sleep(0.2)

    with speaking(silent) as server:
        settings.TRACKER_FETCH_ALLOW = [server]
        capture = asked(f"http://{server}/")
        for attempt in range(1, MOST_ATTEMPTS):
            with pytest.raises(FetchFailed):
                done(capture, limits=Limits(seconds=0.05))
            capture.refresh_from_db()
            assert (capture.status, capture.attempts) == ("queued", attempt)
            assert "takes too long" in capture.reason
        ended = done(capture, limits=Limits(seconds=0.05))

    assert (ended.status, ended.attempts) == ("failed", MOST_ATTEMPTS)
    assert ended.reason.startswith("The site takes too long to answer")


def test_a_full_disk_is_a_failure_with_its_reason_and_nothing_is_kept(
    site: Site, folder: Path
) -> None:
    site.put(
        "/", PAGE.replace(b"</article>", b"<p>" + b"More words. " * 20_000 + b"</p></article>")
    )

    with no_file_larger_than(100_000):
        ended = done(asked(site.url()))

    assert ended.status == "failed"
    assert ended.reason.startswith("The archive has no space left")
    assert not Snapshot.objects.exists()
    assert not files(folder)


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_who_has_lost_their_role_meanwhile_captures_nothing(site: Site) -> None:
    site.put("/", PAGE)
    capture = asked(site.url())
    capture.requested_by.groups.clear()

    ended = done(capture)

    assert ended.status == "failed"
    assert "Your role does not allow this" in ended.reason
    assert not Snapshot.objects.exists()


# --- trying again, giving up ---


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("ok", errors.ForbiddenMove),
        ("queued", errors.ForbiddenMove),
        ("running", UnderWay),
        ("withdrawn", errors.ForbiddenMove),
    ],
)
def test_only_failures_are_tried_again(status: str, error: type[errors.TrackerError]) -> None:
    capture, coder = make_capture(status=status), make_user()

    with refused(error):
        retry_capture(by=coder, now=CODED, capture=capture)


def test_nothing_is_tried_again_while_the_source_is_being_captured() -> None:
    source, coder = make_source(), make_user()
    failed = make_capture(source=source, status="failed")
    make_capture(source=source)

    with refused(UnderWay):
        retry_capture(by=coder, now=CODED, capture=failed)


def test_a_failed_capture_is_tried_again_from_the_beginning(site: Site) -> None:
    failed = done(asked(site.url("/late")))
    site.put("/late", PAGE)
    later, editor = CODED + timedelta(days=1), make_user(role="editor")

    queued = retry_capture(by=editor, now=later, capture=failed)

    assert (queued.pk, queued.status, queued.attempts) == (failed.pk, "queued", 0)
    assert (queued.reason, queued.finished_at, queued.requested_by) == ("", None, editor)
    assert waiting()[-1] == {"capture_id": failed.pk}
    assert perform(capture=queued, clock=lambda: later).status == "ok"


def test_giving_up_takes_a_reason_and_frees_the_source() -> None:
    source, coder = make_source(), make_user()
    capture = request_capture(by=coder, now=CODED, source=source)
    with refused(errors.CommentRequired, field="reason"):
        withdraw_capture(by=coder, now=CODED, capture=capture, reason=" ")

    given_up = withdraw_capture(by=coder, now=CODED, capture=capture, reason="Paywall.")

    assert (given_up.status, given_up.reason) == ("withdrawn", "Paywall.")
    assert done(given_up).status == "withdrawn"
    assert request_capture(by=make_user(), now=CODED, source=source).status == "queued"
