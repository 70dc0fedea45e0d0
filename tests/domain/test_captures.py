"""Where a capture may go: the whole table, and nothing beyond it."""

from __future__ import annotations

from itertools import product

import pytest

from tracker.domain.captures import ENDED, FAILURES, MOVES, UNDER_WAY, CaptureStatus, moved
from tracker.domain.errors import ForbiddenMove

PAIRS = list(product(CaptureStatus, CaptureStatus))


@pytest.mark.parametrize(
    ("status", "to"), [pair for pair in PAIRS if pair[1] not in MOVES[pair[0]]], ids=str
)
def test_a_move_that_the_table_lacks_is_refused(status: CaptureStatus, to: CaptureStatus) -> None:
    with pytest.raises(ForbiddenMove, match=f"{status} cannot become {to}"):
        moved(status, to)


@pytest.mark.parametrize(
    ("status", "to"), [pair for pair in PAIRS if pair[1] in MOVES[pair[0]]], ids=str
)
def test_a_move_of_the_table_is_made(status: CaptureStatus, to: CaptureStatus) -> None:
    assert moved(status.value, to) is to


def test_every_status_is_reached_from_the_queue() -> None:
    reached = {CaptureStatus.QUEUED}
    for _ in CaptureStatus:
        reached |= {to for status in reached for to in MOVES[status]}

    assert reached == set(CaptureStatus)


def test_what_was_captured_stays_and_what_failed_can_be_tried_again() -> None:
    assert not MOVES[CaptureStatus.OK]
    assert all(CaptureStatus.QUEUED in MOVES[status] for status in FAILURES)
    assert set(CaptureStatus) == ENDED | UNDER_WAY
    assert not ENDED & UNDER_WAY
