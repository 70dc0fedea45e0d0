"""Exports as files: CSV that no spreadsheet computes, JSON Lines, and the package that names both.

The same rows give the same bytes, a zip's included.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import IO, Any

import orjson

from tracker.domain.spreadsheets import neutral

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold
Row = Sequence[Any]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def cell(value: Any) -> str:
    """Return a value as a cell of a table: names divided by |, truth as true or false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        plain = all(isinstance(one, str) for one in value)
        text = "|".join(value) if plain else json.dumps(value, ensure_ascii=False)
        return neutral(text)
    if isinstance(value, datetime):
        return value.isoformat()
    return neutral(str(value))


def table(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the rows as CSV, a header first."""
    writer = csv.writer(_Echo(), lineterminator="\n")
    yield str(writer.writerow(columns)).encode()
    for row in rows:
        yield str(writer.writerow([cell(value) for value in row])).encode()


def lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the rows as JSON Lines, what is dotted in objects of its own; nothing is left out."""
    paths = [name.split(".") for name in columns]
    for row in rows:
        yield orjson.dumps(nested(paths, row), option=orjson.OPT_APPEND_NEWLINE)


def nested(paths: Sequence[Sequence[str]], row: Row) -> dict[str, Any]:
    """Return the row's values by their paths; an absent one is left out."""
    body: dict[str, Any] = {}
    for (*outer, leaf), value in zip(paths, row, strict=True):
        if value is None or value in ("", [], ()):
            continue
        place = body
        for step in outer:
            place = place.setdefault(step, {})
        place[leaf] = value
    return body


def resource(name: str, fields: Mapping[str, str], digest: str, size: int) -> dict[str, Any]:
    """Return how a Frictionless data package speaks of one file; `fields` gives each its type."""
    base, _, ending = name.rpartition(".")
    found: dict[str, Any] = {
        "name": f"{base}-{ending}",
        "path": name,
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else "application/x-ndjson",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
    }
    if ending == "csv":
        described = [{"name": one, "type": kind} for one, kind in fields.items()]
        found |= {"profile": "tabular-data-resource", "schema": {"fields": described}}
    return found


def package(resources: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the data package of these files."""
    described = {
        "profile": "data-package",
        "name": "expert-claims",
        "title": "What experts predicted, and what became of it",
        "resources": list(resources),
    }
    return orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def measured(parts: Iterable[bytes], into: IO[bytes] | None = None) -> tuple[str, int]:
    """Return the SHA-256 and the size of what the parts come to, written on the way if asked."""
    digest, size = sha256(), 0
    for part in parts:
        digest.update(part)
        size += len(part)
        if into:
            into.write(part)
    return digest.hexdigest(), size


def packed(zipped: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> tuple[str, int]:
    """Put a file into the zip as it comes; returns its SHA-256 and its size."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipped.open(info, "w", force_zip64=True) as file:
        return measured(parts, file)
