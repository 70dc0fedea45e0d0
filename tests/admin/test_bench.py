"""Whose move it is in a round."""

from __future__ import annotations

import pytest

from tracker.admin.bench import bench_of
from tracker.domain.judging import Stage, State
from tracker.models import Round

ONE, TWO = Stage.INDEPENDENT, Stage.REVISED


@pytest.mark.parametrize(
    ("state", "answered", "judges", "adjudicates", "asks"),
    [
        (State.OPEN, [], False, False, ""),
        (State.OPEN, [], True, False, "Your verdict"),
        (State.OPEN, [ONE], True, False, ""),
        (State.SPLIT, [ONE], True, False, "Revise or confirm"),
        (State.SPLIT, [ONE, TWO], True, False, ""),
        (State.SPLIT, [], True, True, "Adjudicate"),
        (State.ADJUDICATION, [], True, False, ""),
        (State.ADJUDICATION, [ONE], True, True, ""),
        (State.PANEL, [], True, False, "Your vote on the panel"),
        (State.PANEL, [ONE], True, True, ""),
        (State.PANEL, [Stage.PANEL], True, True, ""),
        (State.AGREED, [], True, True, ""),
        (State.SETTLED, [], True, True, ""),
        (State.ABANDONED, [], True, True, ""),
    ],
)
def test_only_whose_move_it_is_is_asked(
    state: State, answered: list[Stage], judges: bool, adjudicates: bool, asks: str
) -> None:
    bench = bench_of(Round(state=state), answered, judges, adjudicates)

    assert bench.question == asks
    assert bench.says
