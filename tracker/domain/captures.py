"""Where a capture of a web page stands, and which way it may go from there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
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
    # The bytes are hidden, their hash stays; the snapshot is evidence and stays as it is.
    CaptureStatus.OK: frozenset({CaptureStatus.WITHDRAWN}),
    CaptureStatus.FAILED: frozenset({CaptureStatus.QUEUED, CaptureStatus.WITHDRAWN}),
    CaptureStatus.BLOCKED: frozenset({CaptureStatus.QUEUED, CaptureStatus.WITHDRAWN}),
    CaptureStatus.WITHDRAWN: frozenset(),
}


def moved(status: str, to: CaptureStatus) -> CaptureStatus:
    """Return the status after the move; raises ForbiddenMove where the table has none."""
    if to not in MOVES[CaptureStatus(status)]:
        raise ForbiddenMove(f"A capture that is {status} cannot become {to}.", field="capture")
    return to


@dataclass(frozen=True)
class About:
    """What is on file of a page, or what it says of itself; empty where that is nothing.

    `published_on` is an ISO date, `language` a BCP 47 tag, `address` a canonical address.
    """

    title: str = ""
    bylines: tuple[str, ...] = ()
    published_on: str = ""
    outlet: str = ""
    language: str = ""
    address: str = ""


@dataclass(frozen=True)
class Difference:
    """A field in which the page says something else than what is on file."""

    field: str
    filed: str | tuple[str, ...]
    page: str | tuple[str, ...]


def differences(
    filed: About, page: About, *, aliases: Collection[str] = (), addresses: Collection[str] = ()
) -> tuple[Difference, ...]:
    """Return what the page says otherwise, in the order of the fields; silence is no difference.

    `aliases` are the outlet's other names, `addresses` the source's other addresses. Capitals and
    the order of names are no difference, nor is a language said more or less exactly (en, en-GB).
    """
    known = {
        "title": {_folded(filed.title)},
        "bylines": {_folded(filed.bylines)},
        "published_on": {filed.published_on},
        "outlet": {_folded(name) for name in (filed.outlet, *aliases)},
        "language": {_folded(filed.language).partition("-")[0]},
        "address": {filed.address, *addresses},
    }
    found = []
    for name in (field.name for field in fields(About)):
        said = getattr(page, name)
        told = _folded(said).partition("-")[0] if name == "language" else said
        if said and not {told, _folded(said)} & known[name]:
            found.append(Difference(name, getattr(filed, name), said))
    return tuple(found)


def _folded(said: str | tuple[str, ...]) -> str:
    if isinstance(said, tuple):
        return "; ".join(sorted(map(_folded, said)))
    return " ".join(said.split()).casefold()
