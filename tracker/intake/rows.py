"""Rows out of files that may be larger than memory: CSV, JSON Lines, and exports that hold either.

Tables are UTF-8 with or without a byte-order mark, with commas, semicolons or tabs, LF or CRLF.
What cannot be read is named by its line: in JSON Lines the others are read all the same; in a
table nothing behind it can be trusted, so reading ends there.
"""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from tracker.domain.imports import BadFile, ImportFormat
from tracker.intake.json_text import distinct, no_constant

LONGEST_LINE = 16 * 1024 * 1024  # bytes; a cell may hold a long article
LARGEST_UNPACKED = 4 * 1024**3
_MARKS = ",;\t"
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line on which it begins, and its cells, its JSON value or what is wrong."""

    number: int
    cells: list[str] | None = None
    body: Any = None
    fault: str = ""


@dataclass(frozen=True)
class Rows:
    """The header of a table, or None where every line names its own fields; and the lines."""

    header: list[str] | None
    header_line: int
    lines: Iterator[Line]


def read_rows(file: IO[bytes], format: ImportFormat) -> Rows:
    """Returns the rows of the file as they stand, read as they are asked for; raises BadFile."""
    if format is ImportFormat.JSONL:
        return Rows(None, 0, _json_lines(file))
    csv.field_size_limit(LONGEST_LINE)
    first, number = b"", 0
    while not first.strip(b"\r\n\xef\xbb\xbf,;\t "):
        number += 1
        first = file.readline(LONGEST_LINE)
        if not first:
            raise BadFile("The file is empty: send a header and rows.", line=number)
    top = _decoded(first, number).removeprefix("\ufeff")
    mark = max(_MARKS, key=lambda one: (top.count(one), -_MARKS.index(one)))
    header = [name.strip() for name in next(csv.reader([top], delimiter=mark))]
    _refuse_twins(header, number)
    return Rows(header, number, _table(file, mark, len(header), number))


def _refuse_twins(header: list[str], number: int) -> None:
    twice = next((name for name in header if name and header.count(name) > 1), None)
    if twice:
        raise BadFile(f"The header names “{twice[:80]}” twice: keep one.", line=number)
    if not all(header):
        place = header.index("") + 1
        raise BadFile(f"Column {place} has no name in the header: give it one.", line=number)


def _decoded(raw: bytes, number: int) -> str:
    if len(raw) >= LONGEST_LINE:
        raise BadFile(f"Line {number} is longer than {LONGEST_LINE >> 20} MB.", line=number)
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(
            f"Line {number} is not UTF-8 (byte {error.start + 1}): save the file as UTF-8.",
            line=number,
        ) from error
    if "\0" in found:
        raise BadFile(f"Line {number} holds a NUL byte: take it out.", line=number)
    return found


def _table(file: IO[bytes], mark: str, width: int, before: int) -> Iterator[Line]:
    at = [before]

    def texts() -> Iterator[str]:
        while raw := file.readline(LONGEST_LINE):
            at[0] += 1
            yield _decoded(raw, at[0])

    reader = csv.reader(texts(), delimiter=mark, strict=True)
    begins = before + 1
    try:
        for cells in reader:
            if len(cells) == width:
                yield Line(begins, cells)
            elif cells and any(cells):
                yield Line(
                    begins,
                    fault=f"The row has {len(cells)} cells, the header {width}: put cells that "
                    "hold the divider into quotes.",
                )
            begins = at[0] + 1
    except csv.Error as error:
        raise BadFile(
            f"From line {begins} on this is no table ({error}): a quote is not closed, or the "
            "file broke off.",
            line=begins,
        ) from error


def _json_lines(file: IO[bytes]) -> Iterator[Line]:
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) >= LONGEST_LINE:
            raise BadFile(f"Line {number} is longer than {LONGEST_LINE >> 20} MB.", line=number)
        if raw.strip():
            yield _json_line(raw, number)


def _json_line(raw: bytes, number: int) -> Line:
    try:
        text = raw.decode("utf-8")
        body = json.loads(text, parse_constant=no_constant, object_pairs_hook=distinct)
    except UnicodeDecodeError as error:
        return Line(number, fault=f"This is not UTF-8 (byte {error.start + 1}).")
    except RecursionError:
        return Line(number, fault="The JSON is nested too deeply.")
    except ValueError as error:
        return Line(number, fault=f"This is not JSON: {error}.")
    return Line(number, body=body)


# --- our own exports ---------------------------------------------------------------------


@contextmanager
def opened(file: IO[bytes], format: ImportFormat) -> Iterator[tuple[IO[bytes], ImportFormat]]:
    """Opens the claims of a file: the file itself, or the claims that an export of ours packs.

    Raises BadFile where the export is damaged or holds no claims.
    """
    if format is not ImportFormat.EXPORT:
        yield file, format
        return
    try:
        with zipfile.ZipFile(file) as packed:
            name, found = _claims_of(packed)
            _verify(packed, name)
            with packed.open(name) as inner:
                yield inner, found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadFile("The export is damaged or cut off: download it again.") from error


def _claims_of(packed: zipfile.ZipFile) -> tuple[str, ImportFormat]:
    there = {info.filename: info.file_size for info in packed.infolist()}
    for name, found in (("claims.jsonl", ImportFormat.JSONL), ("claims.csv", ImportFormat.CSV)):
        if there.get(name, LARGEST_UNPACKED + 1) <= LARGEST_UNPACKED:
            return name, found
    raise BadFile("The export holds neither claims.jsonl nor claims.csv.")


def _verify(packed: zipfile.ZipFile, name: str) -> None:
    """Holds the file against the hash that the package names, where it names one."""
    if "datapackage.json" not in packed.namelist():
        return
    try:
        described = json.loads(packed.read("datapackage.json"))
        hashes = {one["path"]: str(one.get("hash", "")) for one in described["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadFile("The export's datapackage.json cannot be read.") from error
    wanted = hashes.get(name, "").removeprefix("sha256:")
    found = hashlib.sha256()
    with packed.open(name) as inner:
        while part := inner.read(_STEP):
            found.update(part)
    if wanted and found.hexdigest() != wanted:
        raise BadFile(f"{name} is not what the package says it is: its hash differs.")
