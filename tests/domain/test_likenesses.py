"""What is suggested first: like words, then the same condition, then the same days."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.likenesses import Window, weight

SPRING = Window(date(2026, 3, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Window(date(2026, 6, 1), date(2026, 8, 31)), False),
        (Window(date(2026, 1, 1), date(2026, 2, 28)), False),
        (Window(date(2026, 5, 31), date(2026, 8, 31)), True),
        (Window(date(2026, 4, 1), date(2026, 4, 2)), True),
        (Window(date(2026, 1, 1), None), True),
        (Window(None, date(2026, 2, 28)), False),
        (Window(None, None), True),
    ],
    ids=["after", "before", "on one day", "within", "open end", "open start", "no days"],
)
def test_windows_overlap_where_they_share_a_day(other: Window, expected: bool) -> None:
    assert SPRING.overlaps(other) is expected
    assert other.overlaps(SPRING) is expected


def test_condition_and_window_weigh_beside_the_words() -> None:
    words = weight(0.7, same_condition=False, same_window=False)
    condition = weight(0.7, same_condition=True, same_window=False)
    both = weight(0.7, same_condition=True, same_window=True)

    assert words == 0.7
    assert words < condition < both
    assert both < weight(1.0, same_condition=False, same_window=False)
