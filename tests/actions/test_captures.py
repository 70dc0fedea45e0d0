"""Capturing by address: from a real server on this machine, through the real archive."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.actions.steps import refused
from tests.builders import (
    CODED,
    make_capture,
    make_claim,
    make_organisation,
    make_quotation,
    make_resolution,
    make_snapshot,
    make_source,
    make_user,
)
from tests.intake.servers import Site, serving, speaking
from tracker.actions import captures
from tracker.actions.captures import perform, request_capture, retry_capture, withdraw_capture
from tracker.actions.scores import rescore
from tracker.domain import errors
from tracker.domain.captures import MOST_ATTEMPTS, UnderWay
from tracker.intake.archive import get, put
from tracker.intake.fetch import Fetched, FetchFailed, Limits
from tracker.models import Capture, Organisation, ScoreItem, Snapshot, Source

pytestmark = pytest.mark.django_db

WORDS = "The city will be besieged by summer, said the analyst, who had seen both roads close."
PAGE = f"""<!doctype html><html lang="en"><head><title>Siege ahead</title>
<meta name="author" content="Ada Byline">
<meta property="og:site_name" content="The Daily Wire">
<meta property="article:published_time" content="2016-04-11T08:00:00Z">
</head><body><article><h1>Siege ahead</h1><p>{WORDS}</p>
<p>{WORDS} {WORDS}</p><p>{WORDS}</p></article></body></html>""".encode()


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The archive of this test alone."""
    archive = {**settings.STORAGES["archive"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "archive": archive}
    return tmp_path


@pytest.fixture
def site(settings: Any, folder: Path) -> Iterator[Site]:
    """A newspaper on this machine, which captures may reach."""
    with serving() as site:
        settings.TRACKER_FETCH_ALLOW = [f"127.0.0.1:{site.port}"]
        yield site


def bare(**fields: Any) -> Source:
    """A source of which only the title and an address are known."""
    return make_source(**{"published_on": None, **fields})


def asked(url: str, source: Source | None = None) -> Capture:
    return request_capture(by=make_user(), now=CODED, source=source or bare(), url=url)


def done(capture: Capture, **options: Any) -> Capture:
    return perform(capture=capture, now=CODED, **options)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


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


# --- succeeding ---


def test_a_page_becomes_a_snapshot_and_its_bytes_lie_in_the_archive(site: Site) -> None:
    site.put("/a", PAGE)
    site.redirect("/old", "/a")
    capture = asked(site.url("/old"))

    ended = done(capture)

    assert (ended.status, ended.reason, ended.http_status) == ("ok", "", 200)
    assert (ended.requested_url, ended.final_url) == (site.url("/old"), site.url("/a"))
    assert (ended.mime, ended.size) == ("text/html", len(PAGE))
    assert ended.bytes_sha256 == sha256(PAGE).hexdigest()
    assert get(storages["archive"], ended.bytes_sha256) == PAGE
    assert ended.snapshot is not None
    assert WORDS in ended.snapshot.text
    assert (ended.snapshot.source, ended.snapshot.method) == (capture.source, "fetch")
    assert ended.snapshot.captured_by == capture.requested_by


def test_the_same_text_is_one_snapshot_and_another_text_another(site: Site) -> None:
    source = bare()
    site.put("/a", PAGE)
    first = done(asked(site.url("/a"), source))

    again = done(asked(site.url("/a"), source))
    site.put("/a", PAGE.replace(b"besieged", b"relieved"))
    later = done(asked(site.url("/a"), source))

    assert again.snapshot == first.snapshot
    assert later.snapshot != first.snapshot
    assert source.snapshots.count() == 2


def test_a_capture_that_has_ended_is_not_fetched_again(site: Site) -> None:
    site.put("/", PAGE)
    ended = done(asked(site.url()))

    assert done(ended) == ended
    assert len(site.asked) == 1


# --- workers that die ---


def test_a_worker_killed_while_fetching_leaves_one_snapshot(site: Site) -> None:
    site.put("/", PAGE)
    capture = asked(site.url())
    # What is on record when a worker is killed between its first transaction and its last.
    captures._begin(by=None, now=CODED, capture=capture)

    ended = done(capture)

    assert (ended.status, ended.attempts) == ("ok", 2)
    assert Snapshot.objects.count() == 1


def test_bytes_that_a_killed_worker_has_put_away_are_used(site: Site, folder: Path) -> None:
    site.put("/", PAGE)
    capture = asked(site.url())
    captures._begin(by=None, now=CODED, capture=capture)
    put(storages["archive"], PAGE)

    assert done(capture).status == "ok"
    assert len(files(folder)) == 1


def test_a_worker_given_up_for_dead_overwrites_nothing(site: Site) -> None:
    site.put("/", PAGE)
    capture = asked(site.url())
    slow = captures._begin(by=None, now=CODED, capture=capture)
    ended = done(capture)

    said = captures._fail(by=None, now=CODED, capture=slow, failure=errors.Conflict("Too late."))

    assert (said.status, said.snapshot) == ("ok", ended.snapshot)


def test_a_page_that_kills_every_worker_is_given_up() -> None:
    capture = make_capture(status="running", attempts=MOST_ATTEMPTS)

    ended = done(capture)

    assert ended.status == "failed"
    assert ended.reason.startswith("Every attempt was cut off")


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
    assert perform(capture=queued, now=later).status == "ok"


def test_giving_up_takes_a_reason_and_frees_the_source() -> None:
    source, coder = make_source(), make_user()
    capture = request_capture(by=coder, now=CODED, source=source)
    with refused(errors.CommentRequired, field="reason"):
        withdraw_capture(by=coder, now=CODED, capture=capture, reason=" ")

    given_up = withdraw_capture(by=coder, now=CODED, capture=capture, reason="Paywall.")

    assert (given_up.status, given_up.reason) == ("withdrawn", "Paywall.")
    assert done(given_up).status == "withdrawn"
    assert request_capture(by=make_user(), now=CODED, source=source).status == "queued"


# --- what the page says of itself ---


def test_what_people_have_filed_is_not_overwritten(site: Site) -> None:
    site.put("/", PAGE)
    outlet = make_organisation(name="Another paper")
    source = make_source(title="My title", outlet=outlet, bylines=["Bo Byline"])
    before = source.published_on

    done(asked(site.url(), source))

    source.refresh_from_db()
    assert (source.title, source.outlet, source.bylines) == ("My title", outlet, ["Bo Byline"])
    assert source.published_on == before


def test_what_the_source_lacks_is_filled_in(site: Site) -> None:
    site.put("/", PAGE)
    source = bare(title="My title")

    done(asked(site.url(), source))

    source.refresh_from_db()
    assert (source.title, source.bylines) == ("My title", ["Ada Byline"])
    assert str(source.published_on) == "2016-04-11"
    assert source.outlet == Organisation.objects.get(name="The Daily Wire")


GUESSES: dict[str, Callable[[], Source]] = {
    "the date is known in words": lambda: bare(published_words="Spring 2016"),
    "the page is dated in the future": lambda: bare(title="Future"),
}


@pytest.mark.parametrize("case", GUESSES)
def test_no_day_is_filled_in_where(case: str, site: Site) -> None:
    source = GUESSES[case]()
    year = b"2031" if source.title == "Future" else b"2016"
    site.put("/", PAGE.replace(b"2016-04-11", year + b"-04-11"))

    done(asked(site.url(), source))

    source.refresh_from_db()
    assert source.published_on is None


def test_an_outlet_whose_name_two_bear_is_left_to_people(site: Site) -> None:
    site.put("/", PAGE)
    for _ in range(2):
        make_organisation(name="The Daily Wire")
    source = bare()

    assert done(asked(site.url(), source)).status == "ok"
    source.refresh_from_db()
    assert source.outlet is None


def test_claims_of_the_source_count_for_the_outlet_that_was_filled_in(site: Site) -> None:
    site.put("/", PAGE)
    source = bare()
    claim = make_claim(quotation=make_quotation(snapshot=make_snapshot(source=source)))
    make_resolution(proposition=claim.proposition)
    rescore()

    done(asked(site.url(), source))

    outlet = Organisation.objects.get(name="The Daily Wire")
    assert ScoreItem.objects.get(claim=claim).outlet == outlet


def test_the_file_date_of_a_pdf_is_not_the_day_it_appeared() -> None:
    page = Fetched("u", "u", 200, "application/pdf", b"", (), CODED)

    assert not captures._dated(bare(), captures.Reading("Text.", published_on=CODED.date()), page)
