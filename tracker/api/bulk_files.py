"""Files that may be larger than memory: taken to the disk as they come, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, ClassVar

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import UnreadablePostError
from django.utils.datastructures import MultiValueDict
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

from tracker.actions.imports import LARGEST_IMPORT
from tracker.api.wire import BodyTooLarge
from tracker.domain.imports import ImportFormat

STEP = 1 << 20
ROOM = 100_000  # bytes of a form besides its file
BROKEN = "The file broke off: send it again."


class ImportTooLarge(BodyTooLarge):
    """A file beyond what an import may be."""

    default_detail = f"The file is larger than {LARGEST_IMPORT >> 30} GB: divide it."


@dataclass(frozen=True)
class Sent:
    """A file on the disk, its size in bytes, what it holds, and what it was called."""

    file: IO[bytes]
    size: int
    format: ImportFormat
    filename: str = ""


def _of(context: Mapping[str, Any] | None) -> Any:
    request = (context or {})["request"]
    return getattr(request, "_request", request)


def _declared(context: Mapping[str, Any] | None, most: int) -> int | None:
    given = _of(context).META.get("CONTENT_LENGTH") or ""
    length = int(given) if given.isdigit() else None
    if length is not None and length > most:
        raise ImportTooLarge
    return length


class RawParser(BaseParser):
    """Reads a body that is the file itself."""

    format: ClassVar[ImportFormat]

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns the file as Sent; raises ParseError where it broke off, ImportTooLarge."""
        length = _declared(parser_context, LARGEST_IMPORT)
        file, size = TemporaryUploadedFile("body", self.media_type, 0, None), 0
        # Closed with the request, whatever becomes of it, as the files of a form are.
        _of(parser_context)._files = MultiValueDict({"file": [file]})
        try:
            while part := stream.read(STEP):
                size += len(part)
                if size > LARGEST_IMPORT:
                    raise ImportTooLarge
                file.write(part)
        except UnreadablePostError as error:
            raise ParseError(BROKEN) from error
        if length is not None and size < length:
            raise ParseError(BROKEN)
        file.seek(0)
        return Sent(file, size, self.format)


class TableParser(RawParser):
    """Reads CSV."""

    media_type = "text/csv"
    format = ImportFormat.CSV


class LinesParser(RawParser):
    """Reads JSON Lines."""

    media_type = "application/x-ndjson"
    format = ImportFormat.JSONL


class ExportParser(RawParser):
    """Reads an export of ours."""

    media_type = "application/zip"
    format = ImportFormat.EXPORT


class _Watched:
    """A stream that remembers how much was read of it, and its end."""

    def __init__(self, stream: IO[Any]) -> None:
        self.stream, self.size, self.tail = stream, 0, b""

    def read(self, size: int = -1) -> bytes:
        part: bytes = self.stream.read(size)
        self.size += len(part)
        self.tail = (self.tail + part)[-80:]
        return part


class BulkFormParser(MultiPartParser):
    """Reads a form with a large file, whose end must have arrived."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns fields and files; raises ParseError, ImportTooLarge."""
        length = _declared(parser_context, LARGEST_IMPORT + ROOM)
        watched = _Watched(stream)
        try:
            found = super().parse(watched, media_type, dict(parser_context or {}))  # type: ignore[arg-type]  # Django reads, and does nothing else
        except UnreadablePostError as error:
            raise ParseError(BROKEN) from error
        if watched.size < (length or 0) or not watched.tail.rstrip().endswith(b"--"):
            raise ParseError(BROKEN)
        return found
