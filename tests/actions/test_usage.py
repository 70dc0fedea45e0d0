"""All servers count together, and forget what is long over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.steps import at_once
from tests.builders import JUDGED
from tracker.actions.usage import count_requests, forget_usage


def count(number: int = 1, began: int = 60) -> int:
    return count_requests(subject="a", began=began, number=number)


def test_requests_that_come_at_once_are_all_counted(committed: None) -> None:
    totals = at_once(*[count] * 8)

    assert sorted(map(int, totals)) == [*range(1, 9)]  # type: ignore[call-overload]  # all are numbers


@pytest.mark.django_db
def test_each_window_is_counted_by_itself() -> None:
    assert [count(3), count(2), count(1, began=120)] == [3, 5, 1]


@pytest.mark.django_db
def test_windows_that_are_long_over_are_forgotten() -> None:
    now = int(JUDGED.timestamp())
    count(began=now)

    assert forget_usage(now=JUDGED + timedelta(hours=2)) == 0
    assert forget_usage(now=JUDGED + timedelta(hours=2, seconds=1)) == 1
