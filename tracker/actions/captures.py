"""What may be done with captures: ask for a page, fetch it in a job, try again, give it up.

Fetching and reading happen outside every transaction. What was fetched lies in the archive before
a row says so, and a job that is done twice, because its worker died, keeps one snapshot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone
from procrastinate.contrib.django import app

from tracker.actions import addresses, documents, proposals
from tracker.actions.events import announce
from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain.addresses import at_archive, bare, canonical, unwrap_archive
from tracker.domain.captures import (
    ENDED,
    MOST_ATTEMPTS,
    CaptureStatus,
    UnderWay,
    moved,
)
from tracker.domain.errors import CommentRequired, RequiredField, TrackerError
from tracker.domain.roles import Verb
from tracker.intake import archive, web_archives
from tracker.intake.documents import Reading
from tracker.intake.fetch import FetchFailed, Limits, Reason, fetch
from tracker.intake.reading import read
from tracker.models import Capture, Source
from tracker.models.accounts import User
from tracker.models.addresses import AddressOrigin
from tracker.models.documents import CaptureMethod
from tracker.models.events import EventKind

Clock: TypeAlias = Callable[[], datetime]

JOB = "tracker.jobs.capture_page"
CUT_OFF = "Every attempt was cut off before its end: see the log, or paste the page."


@action(Verb.LOG)
def request_capture(*, by: User, now: datetime, source: Source, url: str = "") -> Capture:
    """Asks for the page of a source, at its own address or at another one, such as an archive's.

    Raises UnderWay where one has been asked for already.
    """
    record = locked(source.merged_into or source)
    address = url.strip() or record.url
    if not address:
        raise RequiredField("The source has no address: send one.", field="url")
    canonical(address)
    _refuse_second(record)
    archived = unwrap_archive(address)
    method = CaptureMethod(archived.archive) if archived else CaptureMethod.FETCH
    values = tidy({"requested_url": bare(address), "method": method})
    capture = Capture(source=record, requested_by=by, requested_at=now, **values)
    capture.save(force_insert=True)
    _defer(capture)
    return capture


@action(Verb.LOG)
def retry_capture(*, by: User, now: datetime, capture: Capture) -> Capture:
    """Puts a capture that failed or was blocked into the queue again."""
    source = locked(capture.source)
    record = locked(capture)
    record.status = moved(record.status, CaptureStatus.QUEUED)
    _refuse_second(source)
    record.reason, record.attempts, record.http_status = "", 0, None
    record.requested_by, record.requested_at, record.finished_at = by, now, None
    record.save()
    _defer(record)
    return record


@action(Verb.LOG)
def withdraw_capture(*, by: User, now: datetime, capture: Capture, reason: str) -> Capture:
    """Gives up a capture that waits or failed, or hides the bytes of one that was kept.

    Hiding is the editors': the bytes are served no more, their hash and the snapshot stay.
    """
    if not reason.strip():
        raise CommentRequired("Say why it is withdrawn.", field="reason")
    record = locked(capture)
    if record.status == CaptureStatus.OK:
        by.must_be_allowed(Verb.CURATE)
    record.status = moved(record.status, CaptureStatus.WITHDRAWN)
    record.finished_at = record.finished_at or now
    record.reason = tidy({"reason": reason.strip()})["reason"]
    record.save()
    return record


def _refuse_second(source: Source) -> None:
    if source.captures.under_way().exists():
        raise UnderWay(field="source")


def _defer(capture: Capture) -> None:
    app.configure_task(JOB).defer(capture_id=capture.pk)


# --- the job -------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A page as it was captured: its bytes' name in the archive, its reading, where it stood.

    `own` is the page's own address, `taken_at` the moment at which it stood so: an archive's.
    """

    reading: Reading
    digest: str
    size: int
    mime: str
    method: CaptureMethod
    taken_at: datetime
    own: str = ""
    final_url: str = ""
    archive_url: str = ""
    http_status: int | None = None


def perform(
    *, capture: Capture, clock: Clock = timezone.now, limits: Limits | None = None
) -> Capture:
    """Makes one attempt at the page: a snapshot, a failure with its reason, or another attempt.

    Raises FetchFailed where the job is to be tried again later; one that has ended stays as it is.
    """
    record = _begin(by=None, now=clock(), capture=capture)
    if record.status in ENDED:
        return record
    try:
        page = _captured(record, clock(), limits)
        return _keep(by=None, now=clock(), capture=record, page=page)
    except TrackerError as failure:
        ended = _fail(by=None, now=clock(), capture=record, failure=failure)
        if ended.status == CaptureStatus.QUEUED:
            raise
        return ended


def _captured(record: Capture, now: datetime, limits: Limits | None) -> Page:
    """Fetches and reads the page and puts its bytes away; raises FetchFailed, Unreadable, ..."""
    link = record.requested_url
    allow = settings.TRACKER_FETCH_ALLOW
    answer = fetch(web_archives.unchanged(link), now=now, allow=allow, limits=limits)
    archived = unwrap_archive(answer.final_url) or unwrap_archive(link)
    own = web_archives.original_of(link, answer) if archived else answer.final_url
    reading = read(answer.body, answer.content_type, url=own or answer.final_url)
    named = _named(record.source.merged_into or record.source)
    kept = web_archives.kept(link, answer, reading.stated, named=named) if archived else None
    return Page(
        reading=reading,
        digest=archive.put(storages["archive"], answer.body),
        size=len(answer.body),
        mime=answer.content_type.partition(";")[0].strip().lower(),
        method=CaptureMethod(archived.archive) if archived else CaptureMethod.FETCH,
        taken_at=kept.captured_at if kept else answer.fetched_at,
        own=kept.original if kept else link,
        final_url=answer.final_url,
        archive_url=kept.link if kept else "",
        http_status=answer.status,
    )


def _named(source: Source) -> str:
    """The page's own address as a person has filed it, if it is not an archive's."""
    return source.url if source.url and not at_archive(source.url) else ""


@action(Verb.LOG)
def _begin(*, by: None, now: datetime, capture: Capture) -> Capture:
    record = locked(capture)
    if record.status in ENDED:
        return record
    if record.attempts >= MOST_ATTEMPTS:
        return _ended(record, CaptureStatus.FAILED, now, CUT_OFF)
    record.status = moved(record.status, CaptureStatus.RUNNING)
    record.attempts += 1
    record.save(update_fields=["status", "attempts"])
    return record


@action(Verb.LOG)
def _keep(*, by: None, now: datetime, capture: Capture, page: Page) -> Capture:
    """Makes the snapshot and the end of the capture one fact."""
    source = locked(capture.source)
    record = locked(capture)
    if _overtaken(capture, record):
        return record
    conclude(record, source, page, now=now)
    record.status = moved(record.status, CaptureStatus.OK)
    record.save()
    return record


def conclude(record: Capture, source: Source, page: Page, *, now: datetime) -> None:
    """Makes the snapshot of a page, notes its addresses, fills in what the source lacks.

    The source is locked; the capture is filled in, and left to be saved.
    """
    record.snapshot = documents.capture(
        by=record.requested_by,
        now=page.taken_at,
        source=source,
        draft=documents.SnapshotDraft(
            text=page.reading.text, method=page.method, archive_url=page.archive_url
        ),
    )
    told = proposals.about(page.reading, mime=page.mime, taken_at=page.taken_at)
    if page.archive_url and page.own:
        addresses.leave_archive(source, page.own, now=now)
    proposals.fill(source, told, url=page.own or told.address)
    stated = addresses.note_addresses(source, _stated(page), now=now)
    more = {"archive_url": page.archive_url, "addresses": stated}
    if page.archive_url:
        more["captured_at"] = page.taken_at.isoformat()
    record.found = proposals.said(told, **more)
    texts = tidy({"final_url": page.final_url, "mime": page.mime})
    record.final_url, record.mime = texts["final_url"], texts["mime"]
    record.method, record.http_status = page.method, page.http_status
    record.bytes_sha256, record.size = page.digest, page.size
    record.reason, record.finished_at = "", now


def _stated(page: Page) -> list[tuple[str, AddressOrigin]]:
    """The addresses by which the captured page goes: where it was found, and what it says."""
    found = [page.own] if page.archive_url else [page.own, page.final_url]
    ways = [(url, AddressOrigin.REDIRECT) for url in found]
    ways.append((page.reading.canonical_url, AddressOrigin.REL_CANONICAL))
    return [(url, origin) for url, origin in ways if url]


@action(Verb.LOG)
def _fail(*, by: None, now: datetime, capture: Capture, failure: TrackerError) -> Capture:
    """Takes down why there is no page; what may pass waits for another attempt."""
    record = locked(capture)
    if _overtaken(capture, record):
        return record
    if not isinstance(failure, FetchFailed):
        return _ended(record, CaptureStatus.FAILED, now, failure.message)
    record.http_status = failure.facts.get("status")
    if failure.retriable and record.attempts < MOST_ATTEMPTS:
        record.status = moved(record.status, CaptureStatus.QUEUED)
        record.reason = failure.message
        record.save(update_fields=["status", "reason", "http_status"])
        return record
    blocked = failure.reason is Reason.BLOCKED
    status = CaptureStatus.BLOCKED if blocked else CaptureStatus.FAILED
    return _ended(record, status, now, failure.message)


def _overtaken(attempt: Capture, record: Capture) -> bool:
    """Whether another attempt runs, or has ended: this one's worker had been given up for dead."""
    return record.status in ENDED or record.attempts != attempt.attempts


def _ended(record: Capture, status: CaptureStatus, now: datetime, reason: str) -> Capture:
    """Takes a failure down and announces it."""
    record.status = moved(record.status, status)
    record.reason, record.finished_at = reason, now
    record.save()
    kind = EventKind.CAPTURE_FAILED
    facts = {"source": record.source_id, "status": str(status)}
    announce(kind, noun="captures", record=record.pk, now=now, **facts)
    return record
