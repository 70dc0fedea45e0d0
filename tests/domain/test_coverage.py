"""Coverage of the intervals, by simulation: near what they promise where events suffice."""

from __future__ import annotations

import pytest

from tracker.domain.coverage import simulated_coverage


@pytest.mark.parametrize(("events", "speakers"), [(1, 5), (5, 1)], ids=["one event", "one speaker"])
def test_there_must_be_something_to_compare(events: int, speakers: int) -> None:
    with pytest.raises(ValueError, match="at least two"):
        simulated_coverage(events=events, speakers=speakers, rounds=1, seed=1)


def test_intervals_hold_the_truth_about_as_often_as_they_promise() -> None:
    found = simulated_coverage(events=40, speakers=10, rounds=40, seed=1, draws=400)

    assert {line.name for line in found} == {
        "improvement, clustered",
        "shrunken score",
        "rank",
        "share (Jeffreys)",
    }
    # Four binomial standard errors at 400 correlated tries; ranks are whole, so they hold more.
    assert all(0.84 <= line.share <= 1.0 for line in found)
    assert all(line.tried == 400 for line in found)
