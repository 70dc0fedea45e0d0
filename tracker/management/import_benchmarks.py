"""What an import costs beside a bare COPY of the same rows into the same tables."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from dataclasses import dataclass
from random import Random
from typing import IO

from django.db import connection, models, transaction
from django.utils import timezone

from tracker.actions.imports import perform, request_import
from tracker.domain.imports import ImportState
from tracker.models import (
    AccountItem,
    Affiliation,
    Claim,
    ClaimIndex,
    Event,
    Organisation,
    Person,
    Proposition,
    Quotation,
    Relay,
    Snapshot,
    Source,
    Topic,
    User,
)

# In the order in which rows may point at each other.
KEPT_BY_TRIGGERS: tuple[type[models.Model], ...] = (AccountItem, ClaimIndex)
TABLES: tuple[type[models.Model], ...] = (
    Topic,
    Organisation,
    Person,
    Affiliation,
    Source,
    Snapshot,
    Quotation,
    Relay,
    Proposition,
    Claim,
    Event,
)
CLAIMS_PER_PAGE, CLAIMS_PER_EVENT, CLAIMS_PER_SPEAKER = 10, 5, 50
HEDGES = ("unlikely", "might yet", "will", "very likely", "could", "almost certainly", "probably")
SUBJECTS = ("the port", "the truce", "the bridge", "the ministry", "the city", "the harvest")
ENDS = ("falls", "holds", "reopens", "is abandoned", "changes hands", "comes about")
COLUMNS = (
    "external_id",
    "source.url",
    "source.title",
    "source.outlet",
    "source.published_on",
    "snapshot.text",
    "quotation.exact",
    "quotation.said_on",
    "speaker.person",
    "speaker.organisation",
    "speaker.role",
    "kind",
    "hedge",
    "proposition.statement",
    "proposition.criteria",
    "proposition.topic",
    "proposition.deadline",
    "freeze",
)


class ImportNotClean(Exception):
    """The import that was to be measured ended otherwise than done."""


@dataclass(frozen=True)
class ImportFigure:
    """Rows, and the seconds that they took through the import and by bare COPY."""

    rows: int
    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many rows we take while a bare COPY takes one."""
        return self.bare / self.ours


def invent(rows: int, out: IO[str]) -> None:
    """Write a table of so many sound rows, the same for the same number."""
    numbers = Random(rows)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for page in range(-(-rows // CLAIMS_PER_PAGE)):
        first = page * CLAIMS_PER_PAGE
        claims = range(first, min(rows, first + CLAIMS_PER_PAGE))
        hedges = [numbers.choice(HEDGES) for _ in claims]
        said = [
            f"it is {hedge} that {SUBJECTS[n % 6]} {ENDS[n % 5]} before the year is out ({n})"
            for n, hedge in zip(claims, hedges, strict=True)
        ]
        text = " ".join(f"The analyst said: “{words}.”" for words in said)
        for n, hedge, words in zip(claims, hedges, said, strict=True):
            writer.writerow(_row(n, hedge, words, text, rows))


def _row(n: int, hedge: str, words: str, text: str, rows: int) -> list[str]:
    page, event = n // CLAIMS_PER_PAGE, n // CLAIMS_PER_EVENT
    speaker = (n * 7) % max(CLAIMS_PER_EVENT, rows // CLAIMS_PER_SPEAKER)
    return [
        f"invented-{n}",
        f"https://house-{page % 400}.example/{page}/what-is-said",
        f"Report {page} on what is said of the coming year",
        f"House {page % 400}",
        "2026-01-10",
        text,
        words,
        "2026-01-10",
        f"Speaker {speaker}",
        f"Institute {speaker % 400}",
        "fellow",
        "forecast",
        hedge,
        f"Event {event}: {SUBJECTS[event % 6]} {ENDS[event % 5]} by the end of 2026.",
        "The wires report nothing of the kind by the deadline.",
        f"Topic {event % 40}",
        "2026-12-31",
        "true",
    ]


def measure_import(rows: int, by: User) -> ImportFigure:
    """Measure one import and one bare COPY of what it wrote; the tables are emptied in between.

    Raises ImportNotClean. Only for a database of invented claims: everything in it is lost.
    """
    empty()
    with tempfile.TemporaryFile() as file:
        table = io.TextIOWrapper(file, encoding="utf-8", newline="")
        invent(rows, table)
        table.detach()
        size = file.seek(0, 2)
        file.seek(0)
        now = timezone.now()
        run = request_import(by=by, now=now, file=file, size=size, format="csv")
    began = time.perf_counter()
    run = perform(run=run)
    ours = time.perf_counter() - began
    if run.state != ImportState.DONE:
        first = run.faults.first()
        raise ImportNotClean(f"{run.state}: {run.reason} {first or ''}")
    dumped = [(table, *_dumped(table)) for table in TABLES]
    empty()
    return ImportFigure(rows, ours, _copied(dumped))


def empty() -> None:
    """Empty every table that an import writes, and all that points at them."""
    names = ", ".join(table._meta.db_table for table in (*TABLES, *KEPT_BY_TRIGGERS))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")
        cursor.execute("CHECKPOINT")


def _dumped(table: type[models.Model]) -> tuple[str, bytes]:
    columns = [f'"{f.column}"' for f in table._meta.concrete_fields if not f.generated]
    names = ", ".join(columns)
    question = f"COPY (SELECT {names} FROM {table._meta.db_table} ORDER BY id) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(question) as copy:
        return names, b"".join(bytes(part) for part in copy)


def _copied(dumped: list[tuple[type[models.Model], str, bytes]]) -> float:
    """Seconds that psycopg takes to COPY the rows, in one transaction."""
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, names, data in dumped:
            with cursor.copy(f"COPY {table._meta.db_table} ({names}) FROM STDIN") as copy:
                copy.write(data)
            # Else triggers are planned for tables that were empty when somebody last looked.
            cursor.execute(f"ANALYZE {table._meta.db_table}")
    return time.perf_counter() - began
