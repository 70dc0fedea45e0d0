"""Rounds on their way for tests: moves, seats and exceptions by the plain ORM; see builders."""

from __future__ import annotations

from typing import Any

from tests.builders import JUDGED, make_round, make_user
from tracker.domain.judging import UNFINISHED, State
from tracker.models import Assignment, Override, Round, User


def make_assignment(
    *, round: Round | None = None, judge: User | None = None, **fields: Any
) -> Assignment:
    judge = judge or make_user(role="judge")
    fields = {"assigned_by": judge, "assigned_at": JUDGED, **fields}
    return Assignment.objects.create(round=round or make_round(), judge=judge, **fields)


def make_override(
    *, round: Round | None = None, judge: User | None = None, **fields: Any
) -> Override:
    fields = {"reason": "Nobody else reads the language.", "granted_at": JUDGED, **fields}
    if "granted_by" not in fields:
        fields["granted_by"] = make_user(role="editor")
    return Override.objects.create(
        round=round or make_round(), judge=judge or make_user(role="judge"), **fields
    )


def moved_to(round: Round, state: State) -> Round:
    """The open round after the moves of the table that lead to this state."""
    way = {
        State.ADJUDICATION: [State.SPLIT],
        State.PANEL: [State.AGREED],
        State.SETTLED: [State.AGREED],
    }
    for step in (*way.get(state, []), state):
        round.state = step
        round.closed_at = None if step in UNFINISHED else round.opened_at
        round.save(update_fields=["state", "closed_at"])
    return round
