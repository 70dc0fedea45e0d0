"""The rows of a list as CSV: batch after batch, so that a million take no more memory than one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import strip_tags

from tracker.admin.drawings import Dated
from tracker.domain.spreadsheets import neutral

BATCH = 1000
# Columns of lists that are pictures.
DRAWN = frozenset({"drawn"})


class Line:
    """A file of one line: what the writer writes is what it gives back."""

    def write(self, text: str) -> str:
        return text


def csv_of(admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> Iterator[str]:
    """The header and a line for each row, newest first, with the columns of the list.

    Batches go by the row's key: no snapshot is held open while somebody downloads, and any batch
    costs the same.
    """
    writer = csv.writer(Line())
    shown = [name for name in admin.get_list_display(request) if name not in DRAWN]
    more = admin.guide.columns
    labels = [_label(name, admin) for name in shown]
    yield writer.writerow(["Key", *labels, *(heading for heading, _ in more)])
    for batch in _batches(rows.order_by("-pk")):
        for row in admin.dressed(batch):
            cells = [_cell(name, row, admin) for name in shown]
            cells += [_text(_reached(row, way)) for _, way in more]
            yield writer.writerow([str(row.pk), *map(neutral, cells)])


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = list(rows[:BATCH])
    while batch:
        yield batch
        full = len(batch) == BATCH
        batch = list(rows.filter(pk__lt=batch[-1].pk)[:BATCH]) if full else []


def _label(name: str, admin: Any) -> str:
    label = str(label_for_field(name, admin.model, admin))
    return label[:1].upper() + label[1:]


def _cell(name: str, row: Any, admin: Any) -> str:
    field, _, value = lookup_field(name, row, admin)
    choices = dict(getattr(field, "flatchoices", None) or ())
    return _text(choices.get(value, value))


def _reached(row: Any, way: str) -> Any:
    """What lies at the end of dots, or nothing where the way breaks off."""
    try:
        return attrgetter(way)(row)
    except AttributeError:
        return None


def _text(value: Any) -> str:
    """The value as text: ISO dates in UTC, lists with semicolons, nothing for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Dated():
            return value.plain
        case str():
            return strip_tags(value) if hasattr(value, "__html__") else value
        case Sequence():
            return "; ".join(map(_text, value))
    return str(value)
