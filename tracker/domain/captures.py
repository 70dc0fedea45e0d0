"""Where a capture of a web page stands, and which way it may go from there."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.errors import Conflict, ForbiddenMove

MOST_ATTEMPTS = 4
"""After so many attempts at a page that does not answer, a person decides."""


class CaptureStatus(StrEnum):
    """Where a capture stands; a page that is not to be reached at all is blocked."""

    QUEUED = "queued"
    RUNNING = "running"
    OK = "ok"
    FAILED = "failed"
    BLOCKED = "blocked"
    WITHDRAWN = "withdrawn"


class UnderWay(Conflict):
    """This source is being captured already: wait until that capture has ended."""

    code = "capture_under_way"


UNDER_WAY = frozenset({CaptureStatus.QUEUED, CaptureStatus.RUNNING})
ENDED = frozenset(CaptureStatus) - UNDER_WAY
FAILURES = frozenset({CaptureStatus.FAILED, CaptureStatus.BLOCKED})
MOVES: dict[CaptureStatus, frozenset[CaptureStatus]] = {
    CaptureStatus.QUEUED: frozenset({CaptureStatus.RUNNING, CaptureStatus.WITHDRAWN}),
    # Back to the queue before another attempt; running once more after a worker has died.
    CaptureStatus.RUNNING: frozenset(
        {CaptureStatus.QUEUED, CaptureStatus.RUNNING, CaptureStatus.OK} | FAILURES
    ),
    CaptureStatus.OK: frozenset(),
    CaptureStatus.FAILED: frozenset({CaptureStatus.QUEUED, CaptureStatus.WITHDRAWN}),
    CaptureStatus.BLOCKED: frozenset({CaptureStatus.QUEUED, CaptureStatus.WITHDRAWN}),
    CaptureStatus.WITHDRAWN: frozenset(),
}


def moved(status: str, to: CaptureStatus) -> CaptureStatus:
    """Return the status after the move; raises ForbiddenMove where the table has none."""
    if to not in MOVES[CaptureStatus(status)]:
        raise ForbiddenMove(f"A capture that is {status} cannot become {to}.", field="capture")
    return to
