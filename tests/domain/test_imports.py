"""Where an import may go from where it stands."""

from __future__ import annotations

import pytest

from tracker.domain.errors import ForbiddenMove
from tracker.domain.imports import ENDED, MOVES, UNDER_WAY, ImportState, moved


def test_what_is_done_or_cancelled_stays_so() -> None:
    for state in (ImportState.DONE, ImportState.CANCELLED):
        with pytest.raises(ForbiddenMove, match=f"An import that is {state} cannot become"):
            moved(state, ImportState.QUEUED)


def test_every_other_end_can_be_tried_again_and_every_state_has_its_moves() -> None:
    for state in ENDED - {ImportState.DONE, ImportState.CANCELLED}:
        assert moved(state, ImportState.QUEUED) == "queued"

    assert set(MOVES) == set(ImportState) == ENDED | UNDER_WAY
