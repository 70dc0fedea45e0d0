"""Where an import stands, which way it may go from there, and what can be wrong with a line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import ForbiddenMove, TrackerError


class ImportFormat(StrEnum):
    """What the rows come in: a table, JSON Lines, or an export of ours with both."""

    CSV = "csv"
    JSONL = "jsonl"
    EXPORT = "export"


class ImportState(StrEnum):
    """Where an import stands; whatever does not end as done has written nothing."""

    QUEUED = "queued"
    RUNNING = "running"
    CHECKED = "checked"  # a dry run that found nothing wrong
    DONE = "done"
    REFUSED = "refused"  # lines are at fault, and each is named
    FAILED = "failed"  # it could not be carried through; the reason says why
    CANCELLED = "cancelled"


UNDER_WAY = frozenset({ImportState.QUEUED, ImportState.RUNNING})
ENDED = frozenset(ImportState) - UNDER_WAY
MOVES: dict[ImportState, frozenset[ImportState]] = {
    ImportState.QUEUED: frozenset({ImportState.RUNNING, ImportState.CANCELLED}),
    # Running once more after a worker has died.
    ImportState.RUNNING: (ENDED - {ImportState.CANCELLED}) | {ImportState.RUNNING},
    # Checked and found sound: the same file for real.
    ImportState.CHECKED: frozenset({ImportState.QUEUED}),
    # What lines lacked may have been filed since.
    ImportState.REFUSED: frozenset({ImportState.QUEUED}),
    ImportState.FAILED: frozenset({ImportState.QUEUED}),
    ImportState.DONE: frozenset(),
    ImportState.CANCELLED: frozenset(),
}


def moved(state: str, to: ImportState) -> ImportState:
    """Return the state after the move; raises ForbiddenMove where the table has none."""
    if to not in MOVES[ImportState(state)]:
        raise ForbiddenMove(f"An import that is {state} cannot become {to}.", field="import")
    return to


class BadFile(TrackerError):
    """The file cannot be read as a table of claims: see which line, and why."""

    code = "bad_file"


class FileBeyondLimit(TrackerError):
    """The file is larger than an import may be: divide it."""

    code = "too_large"


@dataclass(frozen=True)
class LineFault:
    """What is wrong in one line (the file's first is 1; 0 is the whole), and how to put it right.

    `field` is the column's dotted name, or "" where the line as a whole is meant.
    """

    line: int
    field: str
    code: str
    message: str
