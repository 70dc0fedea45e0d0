"""What may be done with captures: ask for a page, fetch it in a job, try again, give it up.

Fetching and reading happen outside every transaction. What was fetched lies in the archive before
a row says so, and a job that is done twice, because its worker died, keeps one snapshot.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.core.files.storage import storages
from procrastinate.contrib.django import app

from tracker.actions import documents, scores
from tracker.actions.people import OrganisationDraft, recognise_organisation
from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain.addresses import canonical
from tracker.domain.captures import (
    ENDED,
    MOST_ATTEMPTS,
    CaptureStatus,
    UnderWay,
    moved,
)
from tracker.domain.errors import AmbiguousName, CommentRequired, RequiredField, TrackerError
from tracker.domain.roles import Verb
from tracker.intake import archive
from tracker.intake.documents import Reading
from tracker.intake.fetch import Fetched, FetchFailed, Limits, Reason, fetch
from tracker.intake.reading import read
from tracker.models import Capture, ScoreItem, Source
from tracker.models.accounts import User
from tracker.models.documents import CaptureMethod

JOB = "tracker.jobs.capture_page"
CUT_OFF = "Every attempt was cut off before its end: see the log, or paste the page."
PDF = "application/pdf"


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
    values = tidy({"requested_url": address})
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
    """Gives up a capture that waits, or that failed; what was captured stays on record."""
    if not reason.strip():
        raise CommentRequired("Say why it is given up.", field="reason")
    record = locked(capture)
    record.status = moved(record.status, CaptureStatus.WITHDRAWN)
    record.finished_at = now
    record.reason = tidy({"reason": reason.strip()})["reason"]
    record.save()
    return record


def _refuse_second(source: Source) -> None:
    if source.captures.under_way().exists():
        raise UnderWay(field="source")


def _defer(capture: Capture) -> None:
    app.configure_task(JOB).defer(capture_id=capture.pk)


# --- the job -------------------------------------------------------------------------


def perform(*, capture: Capture, now: datetime, limits: Limits | None = None) -> Capture:
    """Makes one attempt at the page: a snapshot, a failure with its reason, or another attempt.

    Raises FetchFailed where the job is to be tried again later; one that has ended stays as it is.
    """
    record = _begin(by=None, now=now, capture=capture)
    if record.status in ENDED:
        return record
    try:
        page = fetch(
            record.requested_url, now=now, allow=settings.TRACKER_FETCH_ALLOW, limits=limits
        )
        reading = read(page.body, page.content_type, url=page.final_url)
        digest = archive.put(storages["archive"], page.body)
        return _keep(by=None, now=now, capture=record, page=page, reading=reading, digest=digest)
    except TrackerError as failure:
        ended = _fail(by=None, now=now, capture=record, failure=failure)
        if ended.status == CaptureStatus.QUEUED:
            raise
        return ended


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
def _keep(
    *, by: None, now: datetime, capture: Capture, page: Fetched, reading: Reading, digest: str
) -> Capture:
    """Makes the snapshot and the end of the capture one fact."""
    source = locked(capture.source)
    record = locked(capture)
    if _overtaken(capture, record):
        return record
    record.snapshot = documents.capture(
        by=record.requested_by,
        now=page.fetched_at,
        source=source,
        draft=documents.SnapshotDraft(text=reading.text, method=CaptureMethod.FETCH),
    )
    mime = _mime(page)
    values = tidy({"final_url": page.final_url, "mime": mime})
    record.final_url, record.mime = values["final_url"], values["mime"]
    record.bytes_sha256, record.size = digest, len(page.body)
    record.http_status = page.status
    _fill(source, reading, page)
    return _ended(record, CaptureStatus.OK, now, "")


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
    record.status = moved(record.status, status)
    record.reason, record.finished_at = reason, now
    record.save()
    return record


def _mime(page: Fetched) -> str:
    return page.content_type.partition(";")[0].strip().lower()


# --- what the page says of itself ----------------------------------------------------


def _fill(source: Source, reading: Reading, page: Fetched) -> None:
    """Fills in what the source lacks; what people have filed is never overwritten."""
    found: dict[str, object] = {}
    if not source.bylines and reading.authors:
        found["bylines"] = list(reading.authors)
    if _dated(source, reading, page):
        found["published_on"] = reading.published_on
    if source.outlet_id is None and reading.outlet:
        # Two outlets of one name: a person says which.
        with suppress(AmbiguousName):
            draft = OrganisationDraft(name=reading.outlet, kind="media")
            found["outlet"] = recognise_organisation(draft)
    for name, value in tidy(found).items():
        setattr(source, name, value)
    if found:
        source.save(update_fields=list(found))
    if "outlet" in found:
        items = ScoreItem.objects.filter(claim__quotation__snapshot__source=source)
        scores.rescore(sorted(set(items.values_list("proposition_id", flat=True))))


def _dated(source: Source, reading: Reading, page: Fetched) -> bool:
    """Whether the page's date can be the day it appeared: a PDF's is that of the file."""
    if source.published_on or source.published_words or _mime(page) == PDF:
        return False
    day = reading.published_on
    return day is not None and day <= page.fetched_at.date()
