"""Bytes of captures under the name of their content, in any storage that Django knows.

A file's name is the SHA-256 of what it holds, so the same bytes are kept once, nothing is ever
overwritten by something else, and whoever has the hash can prove the bytes. In a folder a file
appears whole and on the disk, or not at all; object stores promise the same of a single write.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage

from tracker.domain.errors import TrackerError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STEP = 1_048_576
_FOLDER = "captures"


class ArchiveFull(TrackerError):
    """The archive has no space left, so nothing was captured: free some, then try again."""

    code: ClassVar[str] = "archive_full"


class ArchiveUnavailable(TrackerError):
    """The archive cannot be reached, so nothing was captured: see its settings and rights."""

    code: ClassVar[str] = "archive_unavailable"


class BytesMissing(TrackerError):
    """The archive does not hold the bytes of this capture: restore them from a copy."""

    code: ClassVar[str] = "bytes_missing"


class BytesDamaged(TrackerError):
    """The archived bytes are no longer those that were captured: restore them from a copy."""

    code: ClassVar[str] = "bytes_damaged"


class Damage(StrEnum):
    """What can be wrong with archived bytes."""

    MISSING = "missing"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Fault:
    """Bytes that are not in order: their hash, where they should be, and what is wrong."""

    digest: str
    name: str
    damage: Damage


def put(storage: Storage, data: bytes) -> str:
    """Keep the bytes and return their SHA-256; raises ArchiveFull or ArchiveUnavailable.

    Bytes that are there already are left alone, unless they are damaged: then they are replaced.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        if _damage(storage, digest):
            _write(storage, name_of(digest), data)
    except Exception as error:  # every back end has errors of its own
        full = isinstance(error, OSError) and error.errno in _FULL
        raise (ArchiveFull() if full else ArchiveUnavailable()) from error
    return digest


def get(storage: Storage, digest: str) -> bytes:
    """Return the bytes of this SHA-256; raises BytesMissing, BytesDamaged, ArchiveUnavailable."""
    name = name_of(digest)
    try:
        with storage.open(name) as file:
            data = bytes(file.read())
    except FileNotFoundError as error:
        raise BytesMissing(digest=digest) from error
    except Exception as error:  # every back end has errors of its own
        message = "The archive cannot be read: see its settings and rights."
        raise ArchiveUnavailable(message, digest=digest) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BytesDamaged(digest=digest)
    return data


def verify(storage: Storage, digests: Iterable[str]) -> Iterator[Fault]:
    """Re-hash every file and yield those that are not in order, in the order given.

    Raises BytesMissing only on what is no SHA-256.
    """
    for digest in digests:
        if damage := _damage(storage, digest):
            yield Fault(digest, name_of(digest), damage)


def names(storage: Storage, folder: str = _FOLDER) -> Iterator[str]:
    """Yield the name of every file in the archive, folder by folder; raises ArchiveUnavailable."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was captured yet
        return
    except Exception as error:  # every back end has errors of its own
        raise ArchiveUnavailable("The archive cannot be listed: see its rights.") from error
    yield from (f"{folder}/{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from names(storage, f"{folder}/{name}")


def name_of(digest: str) -> str:
    """Return the name of these bytes in the storage; raises BytesMissing if it is no SHA-256."""
    if not _DIGEST.fullmatch(digest):
        raise BytesMissing(digest=digest)
    # 256 folders of equal size, so that no folder grows beyond what people and backups can list.
    return f"{_FOLDER}/{digest[:2]}/{digest}"


def _damage(storage: Storage, digest: str) -> Damage | None:
    name, found = name_of(digest), hashlib.sha256()
    try:
        with storage.open(name) as file:
            for chunk in file.chunks(_STEP):
                found.update(chunk)
    except FileNotFoundError:
        return Damage.MISSING
    except Exception:  # every back end has errors of its own, and one file stops no audit
        return Damage.UNREADABLE
    return None if found.hexdigest() == digest else Damage.DAMAGED


def _write(storage: Storage, name: str, data: bytes) -> None:
    if isinstance(storage, FileSystemStorage):
        _write_file(Path(storage.path(name)), data)
        return
    # Without this, a storage that never overwrites would choose another name.
    if storage.exists(name):
        storage.delete(name)
    kept = storage.save(name, ContentFile(data))
    if kept != name:  # another process was faster, with the same bytes
        storage.delete(kept)


def _write_file(path: Path, data: bytes) -> None:
    """Write beside the place, flush to the disk, then rename: the name never holds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    # A new file, and a new folder for it, are safe once the folders above them are on the disk.
    for folder in list(path.parents)[:3]:
        _flush(folder)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
