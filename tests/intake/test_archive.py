"""Archived bytes are whole or absent, and whoever holds the hash can prove them."""

import errno
import hashlib
import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from hypothesis import given
from hypothesis import strategies as st

from tracker.intake.archive import (
    ArchiveFull,
    ArchiveUnavailable,
    BytesDamaged,
    BytesMissing,
    Damage,
    Fault,
    get,
    name_of,
    put,
    verify,
)

PAGE = b"<p>Aleppo may fall.</p>"
DIGEST = hashlib.sha256(PAGE).hexdigest()
ELSEWHERE = hashlib.sha256(b"never archived").hexdigest()


@pytest.fixture(params=["folder", "memory"])
def storage(request, tmp_path):
    return FileSystemStorage(tmp_path) if request.param == "folder" else InMemoryStorage()


@pytest.fixture
def folder(tmp_path):
    return FileSystemStorage(tmp_path)


def files(storage):
    return [path for path in Path(storage.location).rglob("*") if path.is_file()]


def overwrite(storage, data):
    storage.delete(name_of(DIGEST))
    storage.save(name_of(DIGEST), ContentFile(data))


@contextmanager
def no_file_larger_than(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# --- refusals ---


def test_a_disk_that_fills_up_while_writing_leaves_nothing_behind(folder):
    with no_file_larger_than(100_000), pytest.raises(ArchiveFull):
        put(folder, b"a" * 200_000)

    assert files(folder) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_is_full_only_at_the_flush_leaves_nothing_behind(folder, monkeypatch, number):
    def full(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(ArchiveFull):
        put(folder, PAGE)
    assert files(folder) == []


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "captures").write_text("a file where the folder should be")

    with pytest.raises(ArchiveUnavailable):
        put(FileSystemStorage(tmp_path), PAGE)


def test_a_killed_process_leaves_no_half_file_under_the_name(folder):
    script = (
        "import os, sys\n"
        "from django.conf import settings; settings.configure()\n"
        "from django.core.files.storage import FileSystemStorage\n"
        "from tracker.intake.archive import put\n"
        "os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        "put(FileSystemStorage(sys.argv[1]), sys.argv[2].encode())\n"
    )

    ended = subprocess.run([sys.executable, "-c", script, folder.location, PAGE.decode()])

    assert ended.returncode == -9
    assert list(verify(folder, [DIGEST])) == [Fault(DIGEST, name_of(DIGEST), Damage.MISSING)]
    assert get(folder, put(folder, PAGE)) == PAGE


def test_bytes_that_were_never_archived_are_missing(storage):
    with pytest.raises(BytesMissing):
        get(storage, ELSEWHERE)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", DIGEST.upper(), DIGEST + "\n"])
def test_what_is_no_hash_finds_nothing(folder, digest):
    with pytest.raises(BytesMissing):
        get(folder, digest)


@pytest.mark.parametrize("data", [b"", PAGE[:-1], PAGE + b" ", PAGE.lower()])
def test_damaged_bytes_are_never_handed_out(storage, data):
    put(storage, PAGE)
    overwrite(storage, data)

    with pytest.raises(BytesDamaged):
        get(storage, DIGEST)


def test_an_unreadable_archive_says_so(folder):
    Path(folder.path(name_of(DIGEST))).mkdir(parents=True)

    with pytest.raises(ArchiveUnavailable, match="cannot be read"):
        get(folder, DIGEST)


# --- verification ---


def test_every_fault_is_named_and_sound_bytes_are_not(folder):
    unreadable = hashlib.sha256(b"a folder in its place").hexdigest()
    Path(folder.path(name_of(unreadable))).mkdir(parents=True)
    sound = put(folder, b"sound")
    put(folder, PAGE)
    overwrite(folder, b"changed")

    faults = list(verify(folder, [ELSEWHERE, sound, DIGEST, unreadable]))

    assert [(fault.digest, fault.damage) for fault in faults] == [
        (ELSEWHERE, Damage.MISSING),
        (DIGEST, Damage.DAMAGED),
        (unreadable, Damage.UNREADABLE),
    ]
    assert faults[1].name == f"captures/{DIGEST[:2]}/{DIGEST}"


# --- custody ---


def test_bytes_come_back_under_their_hash(storage):
    assert put(storage, PAGE) == DIGEST
    assert get(storage, DIGEST) == PAGE
    assert list(verify(storage, [DIGEST])) == []


@given(st.binary(max_size=1_000))
def test_any_bytes_come_back(data):
    storage = InMemoryStorage()

    assert get(storage, put(storage, data)) == data


def test_the_same_bytes_are_kept_once_and_left_alone(folder):
    put(folder, PAGE)
    before = Path(folder.path(name_of(DIGEST))).stat()

    put(folder, PAGE)

    (kept,) = files(folder)
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_damaged_bytes_are_mended_by_a_new_capture_of_the_same_page(storage):
    put(storage, PAGE)
    overwrite(storage, b"changed")

    put(storage, PAGE)

    assert get(storage, DIGEST) == PAGE


def test_many_captures_of_the_same_page_at_once_keep_one_file(folder):
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: put(folder, PAGE), range(64)))

    assert digests == {DIGEST}
    assert len(files(folder)) == 1
    assert get(folder, DIGEST) == PAGE
