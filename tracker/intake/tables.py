"""Tables from spreadsheets: bytes in, typed rows out, and every line at fault named at once.

Understood: UTF-8 with or without a byte-order mark, CRLF or LF, commas, semicolons or tabs
(with semicolons or tabs also decimal commas), quoted cells, blank lines between rows.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from tracker.domain.coincidences import Level, Value, check_values
from tracker.domain.errors import BadTable
from tracker.domain.scoring import Forecast

FORECAST_COLUMNS = ("speaker", "event", "p", "y")
OPTIONAL_COLUMNS = ("base_rate", "phrase")

_DELIMITERS = ",;\t"
_MAX_DIGITS = 400
"""A double printed in full needs fewer; more is a slip or an attack on the exact arithmetic."""
_LARGEST = 10**100
"""Beyond it squares leave the range of a double, and no probability or rating is meant."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a table: where it stands in the file, and its cells without outer spaces."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header in lower case and its records; `decimal_comma`: "0,7" is a number here."""

    header: tuple[str, ...]
    header_line: int
    records: tuple[Record, ...]
    decimal_comma: bool


def read_table(data: bytes) -> Table:
    """Returns the table as it stands; records may be wider or narrower than the header.

    Raises BadTable with the fact `lines`, {line: sentence}; the first line of the file is 1.
    """
    text = _decoded(data)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))
    records = _records(text, delimiter)
    if not records:
        raise BadTable(field="rows", lines={1: "the table is empty"})
    top, *rest = records
    header = tuple(name.casefold() for name in top.cells)
    repeated = [name for name, times in Counter(filter(None, header)).items() if times > 1]
    if repeated:
        names = ", ".join(repr(name) for name in repeated)
        raise BadTable(field="rows", lines={top.line: f"the header names {names} more than once"})
    return Table(header, top.line, tuple(rest), decimal_comma=delimiter != ",")


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadTable(field="rows", lines={line: "not UTF-8 text"}) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadTable(field="rows", lines={line: "a NUL byte"})
    return text


def _records(text: str, delimiter: str) -> list[Record]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    records, line = [], 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                records.append(Record(line, stripped))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadTable(field="rows", lines={line: f"not a row of a table: {error}"}) from error
    return records


def read_forecasts(data: bytes) -> tuple[Forecast, ...]:
    """Returns the forecasts of a table with columns speaker, event, p, y[, base_rate][, phrase].

    p and base_rate are numbers from 0 to 1, kept exactly as given; y is 1, 0 or empty for void;
    other columns are left alone. Raises BadTable naming each line at fault.
    """
    table = read_table(data)
    places = {name: place for place, name in enumerate(table.header)}
    missing = [name for name in FORECAST_COLUMNS if name not in places]
    if missing:
        raise BadTable(
            field="rows",
            lines={table.header_line: f"the header lacks the column {', '.join(missing)}"},
        )

    def forecast(record: Record) -> Forecast:
        def cell(name: str) -> str:
            return record.cells[places[name]] if name in places else ""

        base_rate = cell("base_rate")
        return Forecast(
            speaker=_present("speaker", cell("speaker")),
            event=_present("event", cell("event")),
            p=_number("p", cell("p"), table),
            y=_outcome(cell("y"), table),
            base_rate=_number("base_rate", base_rate, table) if base_rate else None,
            phrase=cell("phrase"),
        )

    return _each(table, forecast)


def read_ratings(data: bytes, level: Level) -> tuple[tuple[Value, ...], ...]:
    """Returns the ratings of each unit: first column the unit, then one column per rater.

    Empty cells are missing ratings. Numbers are compared as numbers ("1" and "1.0" agree).
    Raises BadTable naming each line at fault, also for ratings that do not fit the level and for
    a unit that stands in the table twice.
    """
    table = read_table(data)
    if len(table.header) < 2:
        raise BadTable(
            field="rows",
            lines={table.header_line: "the header needs a unit and at least one rater"},
        )
    firsts: dict[str, int] = {}

    def ratings(record: Record) -> tuple[Value, ...]:
        unit, *cells = record.cells
        _present(table.header[0] or "unit", unit)
        if firsts.setdefault(unit, record.line) != record.line:
            raise ValueError(f"unit {unit!r} already stands in line {firsts[unit]}")
        values = tuple(_rating(cell, table) for cell in cells if cell)
        check_values(values, level)
        return values

    return _each(table, ratings)


def _each(table: Table, parse: Callable[[Record], Parsed]) -> tuple[Parsed, ...]:
    """Returns the parsed records, or raises BadTable with every line that did not parse."""
    parsed: list[Parsed] = []
    lines: dict[int, str] = {}
    width = len(table.header)
    for record in table.records:
        try:
            if len(record.cells) != width:
                raise ValueError(f"{len(record.cells)} cells where the header has {width}")
            parsed.append(parse(record))
        except ValueError as error:
            lines[record.line] = str(error)
    if lines:
        raise BadTable(field="rows", lines=lines)
    return tuple(parsed)


def _present(name: str, text: str) -> str:
    if not text:
        raise ValueError(f"{name} is empty")
    return text


def _exact(text: str, table: Table) -> Fraction | None:
    """Returns the decimal number as it is written, or None when it is not one."""
    plain = text.replace(",", ".") if table.decimal_comma and text.count(",") == 1 else text
    if len(plain) > _MAX_DIGITS or not _NUMBER.fullmatch(plain):
        return None
    number = Fraction(plain)
    return number if abs(number) <= _LARGEST else None


def _number(name: str, text: str, table: Table) -> Fraction:
    number = _exact(_present(name, text), table)
    if number is None:
        raise ValueError(f"{name} is not a number: {text[:40]!r}")
    return number


def _outcome(text: str, table: Table) -> int | None:
    if not text:
        return None
    number = _exact(text, table)
    if number not in (0, 1):
        raise ValueError(f"y must be 0, 1 or empty, not {text[:40]!r}")
    return int(number)


def _rating(text: str, table: Table) -> Value:
    number = _exact(text, table)
    return text if number is None else number


def named_lines(lines: dict[int, str], *, most: int = 50) -> Sequence[str]:
    """Returns "line 7: ..." for each line at fault in order, the rest beyond `most` as a count."""
    shown = [f"line {line}: {lines[line]}" for line in sorted(lines)[:most]]
    return [*shown, f"and {len(lines) - most} more lines"] if len(lines) > most else shown
