"""What may be done with imports: send a file, have it checked and written, cancel, try again.

A file is taken whole or not at all: every row is checked before the first is written, and all are
written in one transaction. How far it is, is told through a connection of its own, for nobody sees
a transaction before its end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import IO
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from tracker.actions import import_moves
from tracker.actions.import_checks import found_together
from tracker.actions.import_claims import Gathering
from tracker.actions.import_drafts import Row, known_of, row_of
from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain.errors import TrackerError
from tracker.domain.import_columns import CLAIMS
from tracker.domain.import_rows import Column
from tracker.domain.imports import (
    ENDED,
    BadFile,
    FileBeyondLimit,
    ImportFormat,
    ImportState,
    LineFault,
    moved,
)
from tracker.domain.roles import Verb
from tracker.intake.rows import Line, opened, read_rows
from tracker.models import Import, ImportFault
from tracker.models.accounts import User

logger = logging.getLogger(__name__)
JOB = "tracker.jobs.carry_out_import"
LARGEST_IMPORT = 2 * 1024**3  # bytes
BATCH = 2_000  # rows that are looked up in the record at once
MOST_FAULTS = 100_000


@action(Verb.LOG)
def request_import(
    *,
    by: User,
    now: datetime,
    file: IO[bytes],
    size: int,
    format: str,
    filename: str = "",
    dry_run: bool = False,
) -> Import:
    """Keeps the file and asks for its claims to be taken into the record, or only to be checked."""
    if size > LARGEST_IMPORT:
        raise FileBeyondLimit(f"A file holds {LARGEST_IMPORT >> 30} GB at most.", field="file")
    if not size:
        raise BadFile("The file is empty: send a header and rows.", field="file")
    kept = storages["archive"].save(f"imports/{uuid4()}", File(file))
    run = Import(
        file=kept,
        size=size,
        format=ImportFormat(format),
        dry_run=dry_run,
        requested_by=by,
        requested_at=now,
        **tidy({"filename": filename[:200]}),
    )
    run.save(force_insert=True)
    _defer(run)
    return run


@action(Verb.LOG)
def cancel_import(*, by: User, now: datetime, run: Import) -> Import:
    """Gives up an import that no worker has begun."""
    record = locked(run)
    record.state = moved(record.state, ImportState.CANCELLED)
    record.finished_at = now
    record.save(update_fields=["state", "finished_at"])
    return record


@action(Verb.LOG)
def retry_import(*, by: User, now: datetime, run: Import, dry_run: bool = False) -> Import:
    """Has the same file taken again: for real after a clean dry run, or once its rows can stand."""
    record = locked(run)
    record.state = moved(record.state, ImportState.QUEUED)
    record.dry_run, record.reason = dry_run, ""
    record.requested_by, record.requested_at = by, now
    record.started_at = record.finished_at = None
    _count_anew(record)
    record.faults.all().delete()
    record.save()
    _defer(record)
    return record


def _count_anew(record: Import) -> None:
    record.rows_read = record.rows_checked = record.rows_written = record.rows_there = 0
    record.faults_found = 0


def _defer(run: Import) -> None:
    app.configure_task(JOB).defer(import_id=run.pk)


# --- the job -------------------------------------------------------------------------


@dataclass
class Tally:
    """How far an import is, and what was found wrong."""

    read: int = 0
    checked: int = 0
    written: int = 0
    there: int = 0
    last: int = 0
    faults: list[LineFault] = field(default_factory=list)

    def fault(self, line: int, error: TrackerError, name: str = "") -> None:
        found = LineFault(line, error.field or name, error.code, error.message)
        self.faults.append(found)


Tell = Callable[[Tally], None]


def perform(*, run: Import, clock: Callable[[], datetime] = timezone.now) -> Import:
    """Carries an import out: checked, done, refused with its faults, or failed with a reason."""
    record = _begin(by=None, now=clock(), run=run)
    if record.state in ENDED:
        return record
    try:
        with _progress(record) as tell:
            return _carry_out(by=record.requested_by, now=clock(), run=record, tell=tell)
    except TrackerError as failure:
        return _fail(by=None, now=clock(), run=record, reason=failure.message)
    except Exception:
        _fail(by=None, now=clock(), run=record, reason="An error of ours: see the log, try again.")
        raise


@action(Verb.LOG)
def _begin(*, by: None, now: datetime, run: Import) -> Import:
    record = locked(run)
    if record.state in ENDED:
        return record
    record.state, record.started_at = moved(record.state, ImportState.RUNNING), now
    _count_anew(record)
    record.save()
    return record


@action(Verb.LOG)
def _fail(*, by: None, now: datetime, run: Import, reason: str) -> Import:
    record = locked(run)
    record.state, record.finished_at = moved(record.state, ImportState.FAILED), now
    record.reason = reason
    record.save(update_fields=["state", "finished_at", "reason"])
    return record


@contextmanager
def _progress(run: Import) -> Iterator[Tell]:
    """Tells how far the import is, through a connection of its own, for as long as it is open."""
    aside = connection.copy()

    def tell(tally: Tally) -> None:
        with aside.cursor() as cursor:
            cursor.execute(
                "UPDATE tracker_import SET rows_read = %s, rows_checked = %s, rows_written = %s, "
                "rows_there = %s, faults_found = %s WHERE id = %s",
                [
                    *(tally.read, tally.checked, tally.written, tally.there),
                    *(len(tally.faults), run.pk),
                ],
            )

    try:
        yield tell
    finally:
        aside.close()


@action(Verb.LOG)
def _carry_out(*, by: User, now: datetime, run: Import, tell: Tell) -> Import:
    """Reads, checks and, where nothing is wrong and it is meant, writes; one transaction."""
    tally, gathered = Tally(), Gathering(by, now)
    with storages["archive"].open(run.file) as file:
        try:
            with opened(file, ImportFormat(run.format)) as (rows, format):
                gather(rows, format, gathered, tally, tell)
        except BadFile as broken:
            tally.fault(broken.facts.get("line", 0), broken)
    if not tally.faults:
        import_moves.settle(gathered)
        tally.faults += found_together(MOST_FAULTS)
    tell(tally)
    if not (tally.faults or run.dry_run):

        def told(written: int) -> None:
            tally.written = written
            tell(tally)

        import_moves.move(gathered, tally.last, told)
    return _conclude(run, tally)


def gather(
    file: IO[bytes], format: ImportFormat, gathered: Gathering, tally: Tally, tell: Tell
) -> None:
    """Stages every sound row and notes what is wrong with the others; raises BadFile."""
    rows = read_rows(file, format)
    header: list[Column | None] = []
    for name in rows.header or ():
        try:
            header.append(CLAIMS.column(name))
        except TrackerError as error:
            tally.fault(rows.header_line, error)
    if tally.faults:
        return
    while batch := list(islice(rows.lines, BATCH)):
        tally.read += len(batch)
        tally.last = batch[-1].number
        _take(_drafted(batch, header, tally), gathered, tally)
        tally.there = gathered.there
        tell(tally)
        if len(tally.faults) >= MOST_FAULTS:
            raise BadFile(f"{MOST_FAULTS:,} faults: what follows was not read.", line=0)


def _drafted(lines: Sequence[Line], header: list[Column | None], tally: Tally) -> list[Row]:
    rows = []
    for line in lines:
        if line.fault:
            tally.fault(line.number, BadFile(line.fault))
            continue
        groups, wrong = (
            CLAIMS.of_body(line.body) if line.cells is None else CLAIMS.of_cells(header, line.cells)
        )
        for error in wrong:
            tally.fault(line.number, error)
        if wrong:
            continue
        try:
            rows.append(row_of(line.number, groups))
        except TrackerError as error:
            tally.fault(line.number, error, "source.url")
    return rows


def _take(rows: Sequence[Row], gathered: Gathering, tally: Tally) -> None:
    gathered.learn(rows, known_of(rows))
    for row in rows:
        tally.checked += 1
        try:
            gathered.take(row)
        except TrackerError as error:
            tally.fault(row.line, error)
    gathered.flush()


def _conclude(run: Import, tally: Tally) -> Import:
    """Notes how it ended, in the transaction of what was written."""
    record = locked(run)
    state = ImportState.CHECKED if record.dry_run else ImportState.DONE
    record.state = moved(record.state, ImportState.REFUSED if tally.faults else state)
    record.rows_read, record.rows_checked = tally.read, tally.checked
    record.rows_written, record.rows_there = tally.written, tally.there
    record.faults_found, record.finished_at = len(tally.faults), timezone.now()
    record.reason = f"{len(tally.faults)} faults: nothing was written." if tally.faults else ""
    record.save()
    ImportFault.objects.bulk_create(
        [ImportFault(run=record, **vars(fault)) for fault in sorted(tally.faults, key=_by_line)],
        batch_size=5_000,
    )
    logger.info("import ended", extra={"run": record.pk, "state": str(record.state)})
    return record


def _by_line(fault: LineFault) -> tuple[int, str]:
    return fault.line, fault.field
