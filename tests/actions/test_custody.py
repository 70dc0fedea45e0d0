"""Bytes as evidence: uploaded whole or not at all, handed out until withdrawn, audited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto import mock_aws

from tests.actions.capturing import PAGE, WORDS, files
from tests.actions.steps import refused
from tests.actions.test_captures import no_file_larger_than
from tests.builders import CODED, make_capture, make_source, make_user
from tests.intake.test_pdf import document, saved, shown
from tracker.actions.captures import withdraw_capture
from tracker.actions.custody import (
    BytesWithdrawn,
    FileTooLarge,
    Upload,
    bytes_of,
    damaged,
    named,
    unreferenced,
    upload,
)
from tracker.actions.documents import SourceDraft
from tracker.domain import errors
from tracker.environment import archive as archive_of
from tracker.intake.archive import ArchiveFull, BytesDamaged, Damage, get, name_of, put
from tracker.intake.documents import BrokenDocument, NothingToRead, WrongKind
from tracker.models import Capture, Snapshot, Source

pytestmark = pytest.mark.django_db

DIGEST = sha256(PAGE).hexdigest()
ELSEWHERE = "https://paper.example/a"


def given(data: bytes = PAGE, **fields: Any) -> Upload:
    about = {"url": ELSEWHERE, **fields.pop("about", {})}
    return Upload(data=data, source=SourceDraft(**about), **fields)


# --- what is refused leaves nothing ---

BAD: dict[str, tuple[type[errors.TrackerError], Upload]] = {
    "nothing": (errors.RequiredField, given(b"")),
    "too large": (FileTooLarge, given(b"a" * 10_000_001)),
    "a Word file": (WrongKind, given(b"PK\x03\x04" + PAGE)),
    "half a PDF": (BrokenDocument, given(b"%PDF-1.7\n1 0 obj <<")),
    "a page without an article": (NothingToRead, given(b"<html><body></body></html>")),
    "captured tomorrow": (
        errors.UnknownValue,
        given(captured_at=CODED + timedelta(days=1)),
    ),
    "no web address": (errors.BadAddress, given(about={"url": "ftp://paper.example/a"})),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_is_not_taken_that_is(case: str, folder: Path) -> None:
    error, file = BAD[case]
    coder = make_user()

    with refused(error):
        upload(by=coder, now=CODED, file=file)

    assert not files(folder)


def test_a_text_needs_a_title_for_its_source(folder: Path) -> None:
    coder = make_user()

    with refused(errors.RequiredField, field="title"):
        upload(by=coder, now=CODED, file=given(WORDS.encode()))


def test_a_judge_uploads_nothing_and_nothing_is_read(folder: Path) -> None:
    judge = make_user(role="judge")

    with refused(errors.NotPermitted):
        upload(by=judge, now=CODED, file=given())

    assert not files(folder)


def test_a_full_disk_leaves_neither_row_nor_bytes(folder: Path) -> None:
    coder = make_user()
    long = PAGE.replace(b"</article>", b"<p>" + b"More words. " * 20_000 + b"</p></article>")

    with no_file_larger_than(100_000), refused(ArchiveFull):
        upload(by=coder, now=CODED, file=given(long))

    assert not files(folder)


# --- what is taken ---


def test_a_page_becomes_source_snapshot_and_capture(folder: Path) -> None:
    coder = make_user()

    made = upload(by=coder, now=CODED, file=given())

    assert (made.method, made.status, made.requested_url) == ("upload", "ok", "")
    assert (made.mime, made.size, made.bytes_sha256) == ("text/html", len(PAGE), DIGEST)
    assert get(storages["archive"], made.bytes_sha256) == PAGE
    assert made.snapshot is not None
    assert (made.snapshot.method, made.snapshot.captured_at) == ("upload", CODED)
    assert WORDS in made.snapshot.text
    source = Source.objects.get()
    assert (source.title, source.url, source.bylines) == ("Siege ahead", ELSEWHERE, ["Ada Byline"])
    assert str(source.outlet) == "The Daily Wire"


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        pytest.param(saved(document(shown(WORDS))), "application/pdf", id="a PDF"),
        pytest.param(WORDS.encode(), "text/plain", id="text"),
        pytest.param(WORDS.encode("utf-16"), "text/plain", id="wide text"),
    ],
)
def test_other_kinds_of_files_are_read(data: bytes, mime: str, folder: Path) -> None:
    source = make_source()
    file = given(data, about={"id": source.pk}, declared="application/octet-stream")

    made = upload(by=make_user(), now=CODED, file=file)

    assert (made.mime, made.source) == (mime, source)
    assert made.snapshot is not None
    assert "besieged by summer" in made.snapshot.text


def test_a_file_without_an_address_takes_that_of_its_page(folder: Path) -> None:
    named_page = PAGE.replace(b"</head>", b'<link rel="canonical" href="%s"></head>')
    file = given(named_page.replace(b"%s", ELSEWHERE.encode()), about={"url": ""})

    made = upload(by=make_user(), now=CODED, file=file)

    assert made.source.url == ELSEWHERE


def test_a_file_from_an_archive_keeps_the_archives_time(folder: Path) -> None:
    link = f"https://web.archive.org/web/20160411083000/{ELSEWHERE}"

    made = upload(by=make_user(), now=CODED, file=given(about={"url": link}))

    assert made.snapshot is not None
    assert (made.source.url, made.snapshot.archive_url) == (ELSEWHERE, link)
    assert made.snapshot.captured_at == datetime(2016, 4, 11, 8, 30, tzinfo=UTC)
    assert made.found["archive_url"] == link


def test_the_same_file_twice_is_one_snapshot_and_one_file(folder: Path) -> None:
    first = upload(by=make_user(), now=CODED, file=given())

    again = upload(by=make_user(), now=CODED, file=given())

    assert again.snapshot == first.snapshot
    assert (Capture.objects.count(), Snapshot.objects.count(), len(files(folder))) == (2, 1, 1)


# --- handed out, and withdrawn ---


def test_bytes_are_handed_out_to_who_logs_and_to_nobody_else(folder: Path) -> None:
    made = upload(by=make_user(), now=CODED, file=given())
    judge = make_user(role="judge")

    with refused(errors.NotPermitted):
        bytes_of(by=judge, capture=made)

    assert bytes_of(by=make_user(role="editor"), capture=made) == PAGE


def test_a_capture_that_failed_has_no_bytes() -> None:
    coder, failed = make_user(), make_capture(status="failed")

    with refused(errors.NotFound):
        bytes_of(by=coder, capture=failed)


def test_damaged_bytes_are_not_handed_out(folder: Path) -> None:
    coder = make_user()
    made = upload(by=coder, now=CODED, file=given())
    (folder / name_of(DIGEST)).write_bytes(b"forged")

    with refused(BytesDamaged):
        bytes_of(by=coder, capture=made)


def test_what_was_kept_is_withdrawn_by_editors_alone(folder: Path) -> None:
    coder, editor = make_user(), make_user(role="editor")
    made = upload(by=coder, now=CODED, file=given())

    with refused(errors.NotPermitted):
        withdraw_capture(by=coder, now=CODED, capture=made, reason="Under copyright.")
    with refused(errors.CommentRequired, field="reason"):
        withdraw_capture(by=editor, now=CODED, capture=made, reason="")


def test_withdrawn_bytes_are_handed_out_by_no_capture_and_their_hash_stays(folder: Path) -> None:
    editor = make_user(role="editor")
    made, twin = (upload(by=editor, now=CODED, file=given()) for _ in range(2))
    later = CODED + timedelta(days=1)

    gone = withdraw_capture(by=editor, now=later, capture=made, reason="Under copyright.")

    assert (gone.status, gone.bytes_sha256, gone.finished_at) == ("withdrawn", DIGEST, CODED)
    assert gone.snapshot == made.snapshot
    for capture in (gone, twin):
        with refused(BytesWithdrawn):
            bytes_of(by=editor, capture=capture)
    assert list(named()) == [DIGEST]


# --- the audit ---


@pytest.fixture(params=["folder", "bucket"])
def archive(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """The archive in a folder, and in an object store."""
    if request.param == "folder":
        settings.STORAGES = {**settings.STORAGES, "archive": archive_of("NOT_SET", tmp_path)}
        yield storages["archive"]
        return
    monkeypatch = request.getfixturevalue("monkeypatch")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("TRACKER_ARCHIVE_S3", "evidence/tracker")
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="evidence")
        bucket = archive_of("TRACKER_ARCHIVE_S3", tmp_path)
        settings.STORAGES = {**settings.STORAGES, "archive": bucket}
        yield storages["archive"]


def test_an_upload_comes_back_from_any_archive(archive: Any) -> None:
    made = upload(by=make_user(), now=CODED, file=given())
    upload(by=make_user(), now=CODED, file=given())

    assert bytes_of(by=make_user(), capture=made) == PAGE
    assert list(damaged(named())) == []
    assert list(unreferenced()) == []


def test_every_damaged_missing_and_unreferenced_file_is_named(archive: Any) -> None:
    made = upload(by=make_user(), now=CODED, file=given())
    other = upload(by=make_user(), now=CODED, file=given(PAGE + b"<!-- later -->"))
    orphan = put(archive, b"put away by a worker that died")
    for capture in (made, other):
        archive.delete(name_of(capture.bytes_sha256))
    archive.save(name_of(DIGEST), ContentFile(b"forged"))

    found = {one.fault.damage: one.captures for one in damaged(named())}

    assert found == {Damage.DAMAGED: (made.pk,), Damage.MISSING: (other.pk,)}
    assert list(unreferenced()) == [name_of(orphan)]


def test_an_archive_in_which_nothing_lies_yet_is_in_order(archive: Any) -> None:
    assert list(unreferenced()) == []
    assert list(named()) == []
