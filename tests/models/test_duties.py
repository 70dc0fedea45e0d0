"""Seats and exceptions: one a judge, reasoned, never for oneself, never taken back in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import JUDGED, make_round, make_user
from tests.duties import make_assignment, make_override
from tests.refusals import refused
from tracker.models import Assignment, Override

pytestmark = pytest.mark.django_db


def seat_twice() -> None:
    first = make_assignment()
    make_assignment(round=first.round, judge=first.judge)


def except_twice() -> None:
    first = make_override()
    make_override(round=first.round, judge=first.judge)


def except_oneself() -> None:
    editor = make_user(role="editor")
    make_override(judge=editor, granted_by=editor)


REFUSED: dict[str, Callable[[], Any]] = {
    "assignment_once_per_judge": seat_twice,
    "assignment_never_deleted": lambda: Assignment.objects.filter(pk=make_assignment().pk).delete(),
    "override_once_per_judge": except_twice,
    "override_with_reason": lambda: make_override(reason=""),
    "override_not_for_oneself": except_oneself,
    "override_never_deleted": lambda: Override.objects.filter(pk=make_override().pk).delete(),
    "override_immutable": lambda: Override.objects.filter(pk=make_override().pk).update(
        reason="Another one."
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_a_seat_that_was_given_back_can_be_taken_again() -> None:
    round = make_round()
    first = make_assignment(round=round, released_at=JUDGED + timedelta(days=1))

    make_assignment(round=round, judge=first.judge)

    assert round.assignments.standing().count() == 1
