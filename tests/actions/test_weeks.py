"""How much was logged and resolved, week by week."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import builders
from tracker.actions import weeks
from tracker.actions.weeks import WEEKS, Week, weekly

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 11, 26)
MONDAY = date(2026, 11, 23)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_weeks_begin_on_mondays_and_the_last_is_this_one() -> None:
    found = weekly(THURSDAY)

    assert len(found) == WEEKS
    assert found[-1] == Week(MONDAY, 0, 0)
    assert all(week.monday.weekday() == 0 for week in found)
    assert found[-1].name == "2026-W48"


def test_a_claim_counts_in_the_week_in_which_it_was_coded() -> None:
    for moment in (at(22, 23), at(23, 0), at(26)):
        builders.make_claim(coded_at=moment)

    assert [week.logged for week in weekly(THURSDAY)][-2:] == [1, 2]


def test_a_claim_is_resolved_once_whatever_supersedes_the_resolution() -> None:
    claim = builders.make_claim(coded_at=at(1))
    assert claim.proposition
    first = builders.make_resolution(proposition=claim.proposition, decided_at=at(17))
    again = builders.make_resolution(decided_at=at(24))
    assert [week.resolved for week in weekly(THURSDAY)][-2:] == [1, 0]

    type(first).objects.filter(pk=first.pk).update(superseded_by=again)

    assert [week.resolved for week in weekly(THURSDAY)][-2:] == [1, 0]


def test_no_week_is_counted_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weeks, "MOST", 2)
    for _ in range(3):
        builders.make_claim(coded_at=at(26))

    assert weekly(THURSDAY)[-1].logged == 2
