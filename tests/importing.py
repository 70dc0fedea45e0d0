"""Files of claims for the tests of imports, and what becomes of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from tests.builders import CODED, make_user
from tracker.actions.imports import perform, request_import
from tracker.models import Import, User

WORDS = "Aleppo will be besieged by summer"


def row(**changes: Any) -> dict[str, Any]:
    """A sound row by column, frozen; `speaker__person=...` changes a cell, None takes it out."""
    cells: dict[str, Any] = {
        "external_id": "a-1",
        "source.url": "https://example.org/a",
        "source.title": "On Aleppo",
        "source.outlet": "The Paper",
        "snapshot.text": f"“{WORDS},” said the analyst.",
        "quotation.exact": WORDS,
        "quotation.said_on": "2016-04-11",
        "speaker.person": "Ada Analyst",
        "speaker.organisation": "Institute",
        "speaker.role": "fellow",
        "proposition.statement": "Aleppo is besieged by 21 June 2016.",
        "proposition.criteria": "No road into the city is open on any day.",
        "proposition.deadline": "2016-06-21",
        "kind": "forecast",
        "hedge": "will",
        "freeze": "true",
    }
    cells |= {name.replace("__", "."): value for name, value in changes.items()}
    return {name: value for name, value in cells.items() if value is not None}


def table(rows: Sequence[Mapping[str, Any]], **dialect: Any) -> bytes:
    """The rows as CSV, with every column that one of them has."""
    columns = list(dict.fromkeys(name for one in rows for name in one))
    out = StringIO()
    writer = csv.DictWriter(out, columns, **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def json_lines(bodies: Sequence[Any]) -> bytes:
    return b"".join(json.dumps(body).encode() + b"\n" for body in bodies)


def imported(
    data: bytes, *, format: str = "csv", by: User | None = None, dry_run: bool = False
) -> Import:
    """The import of this file, carried out."""
    asked = request_import(
        by=by or make_user(),
        now=CODED,
        file=BytesIO(data),
        size=len(data),
        format=format,
        filename=f"claims.{format}",
        dry_run=dry_run,
    )
    return perform(run=asked, clock=lambda: CODED)


def faults(run: Import) -> list[tuple[int, str, str]]:
    """Line, field and code of all that was found wrong, in order."""
    return list(run.faults.values_list("line", "field", "code"))


def make_import(**fields: Any) -> Import:
    """An import that waits, without its file."""
    given = {"format": "csv", "requested_by": make_user(), "requested_at": CODED, **fields}
    return Import.objects.create(**given)
