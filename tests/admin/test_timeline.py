"""A claim's days in their order."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.admin.world import make_story
from tracker.admin.timeline import timeline_of

pytestmark = pytest.mark.django_db


def test_a_draft_without_a_proposition_was_said_and_coded() -> None:
    claim = builders.make_claim(frozen=False, proposition=None)

    assert [one.label for one in timeline_of(claim, [], date(2030, 1, 1))] == ["Said", "Coded"]


def test_a_deadline_that_has_yet_to_come_is_ahead() -> None:
    claim = builders.make_claim()
    assert claim.proposition is not None and claim.proposition.deadline is not None

    moments = timeline_of(claim, [], claim.said_on)

    assert [one.on for one in moments if one.label == "Due"] == [claim.proposition.deadline]
    assert all(one.ahead for one in moments if one.label == "Due")
    assert not moments[0].ahead


def test_every_day_of_a_judged_claim_is_told_in_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    claim = make_story()
    assert claim.proposition is not None
    decided = list(claim.proposition.resolutions.all())

    with django_assert_num_queries(2):
        moments = timeline_of(claim, decided, date(2030, 1, 1))

    told = {one.label for one in moments}
    assert {"Said", "Coded", "Due", "First known", "Judged", "Disputed"} <= told
    assert told & {"Published", "Reply until"}
    assert [one.on for one in moments] == sorted(one.on for one in moments)
