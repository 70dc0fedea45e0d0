"""What may be done with the bytes themselves: upload a file, hand bytes out, audit the archive.

Bytes lie in the archive before a row names them; bytes that no row names are harmless, and the
audit lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import ClassVar

from django.core.files.storage import storages

from tracker.actions import documents
from tracker.actions.captures import Page, conclude
from tracker.actions.records import locked
from tracker.actions.transactions import action
from tracker.domain.addresses import unwrap_archive
from tracker.domain.captures import CaptureStatus
from tracker.domain.errors import NotFound, RequiredField, TrackerError, UnknownValue
from tracker.domain.roles import Verb
from tracker.intake import archive
from tracker.intake.archive import Fault
from tracker.intake.reading import read
from tracker.intake.sniffing import kind_of
from tracker.models import Capture
from tracker.models.accounts import User
from tracker.models.documents import CaptureMethod

LARGEST_FILE = 10_000_000  # bytes, as of a page that is fetched
AT_ONCE = 500  # files that one question to the database is about


class FileTooLarge(TrackerError):
    """The file is larger than 10 MB: upload the part that matters, or paste the words."""

    code: ClassVar[str] = "file_too_large"


class BytesWithdrawn(TrackerError):
    """The bytes of this capture were withdrawn: their hash stays, they are handed out no more."""

    code: ClassVar[str] = "bytes_withdrawn"


@dataclass(frozen=True)
class Upload:
    """A file from a person's machine, of a source by id or by what is known of it."""

    data: bytes
    source: documents.SourceDraft
    declared: str = ""
    captured_at: datetime | None = None


def upload(*, by: User, now: datetime, file: Upload) -> Capture:
    """Reads a file, puts its bytes away, then makes source, snapshot and capture one fact.

    Raises FileTooLarge, Unreadable with the reason, or the archive's errors; then nothing is kept.
    A source that is new takes its title from the page where none is given.
    """
    # Nobody without leave has us read megabytes.
    by.must_be_allowed(Verb.LOG)
    if not file.data:
        raise RequiredField("The file is empty: choose another.", field="file")
    if len(file.data) > LARGEST_FILE:
        raise FileTooLarge(field="file")
    if file.captured_at and file.captured_at > now:
        raise UnknownValue("It cannot be captured in the future.", field="captured_at")
    kind = kind_of(file.data, file.declared)
    url = documents.original(file.source.url) if file.source.url.strip() else ""
    archived = unwrap_archive(file.source.url) if url else None
    reading = read(file.data, kind, url=url)
    page = Page(
        reading=reading,
        digest=archive.put(storages["archive"], file.data),
        size=len(file.data),
        mime=kind.partition(";")[0],
        method=CaptureMethod.UPLOAD,
        taken_at=file.captured_at or (archived and archived.captured_at) or now,
        own=url,
        archive_url=file.source.url.strip() if archived else "",
    )
    return _take_in(by=by, now=now, file=file, page=page)


@action(Verb.LOG)
def _take_in(*, by: User, now: datetime, file: Upload, page: Page) -> Capture:
    draft = file.source
    if draft.id is None and not draft.title.strip():
        draft = replace(draft, title=page.reading.title)
    source = locked(documents.file_source(by=by, draft=draft))
    capture = Capture(
        source=source,
        status=CaptureStatus.OK,
        requested_by=by,
        requested_at=now,
    )
    conclude(capture, source, page, now=now)
    capture.save(force_insert=True)
    return capture


def bytes_of(*, by: User, capture: Capture) -> bytes:
    """The bytes as they were captured; raises BytesWithdrawn, NotFound or the archive's errors.

    What was withdrawn from one capture is handed out through no other that holds the same bytes.
    """
    by.must_be_allowed(Verb.LOG)
    digest = capture.bytes_sha256
    if not digest:
        raise NotFound("Nothing was captured: this capture has no bytes.", field="capture")
    same = Capture.objects.filter(bytes_sha256=digest, status=CaptureStatus.WITHDRAWN)
    if same.exists():
        raise BytesWithdrawn(field="capture")
    return archive.get(storages["archive"], digest)


# --- the audit -----------------------------------------------------------------------


@dataclass(frozen=True)
class Damaged:
    """Bytes that are not in order, and the captures that name them."""

    fault: Fault
    captures: tuple[int, ...]


def named() -> Iterator[str]:
    """Every hash that a capture names, withdrawn ones included, each once, in order."""
    rows = Capture.objects.exclude(bytes_sha256="").order_by("bytes_sha256")
    yield from rows.values_list("bytes_sha256", flat=True).distinct().iterator(chunk_size=2_000)


def damaged(digests: Iterator[str]) -> Iterator[Damaged]:
    """Hashes the file of each digest again and yields those that are not in order."""
    for fault in archive.verify(storages["archive"], digests):
        rows = Capture.objects.filter(bytes_sha256=fault.digest).order_by("id")
        yield Damaged(fault, tuple(rows.values_list("id", flat=True)))


def unreferenced() -> Iterator[str]:
    """The names of the archive's files that no capture names."""
    names = archive.names(storages["archive"])
    while some := list(islice(names, AT_ONCE)):
        digests = [name.rpartition("/")[2] for name in some]
        rows = Capture.objects.filter(bytes_sha256__in=digests).order_by()
        known = {archive.name_of(one) for one in rows.values_list("bytes_sha256", flat=True)}
        yield from (name for name in some if name not in known)
