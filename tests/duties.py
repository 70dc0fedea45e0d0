"""Seats and exceptions for tests, made by the plain ORM; see tests.builders."""

from __future__ import annotations

from typing import Any

from tests.builders import JUDGED, make_round, make_user
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
