"""How far a judge has come through today's queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tracker.admin.progress import COUNT_UP_TO, Progress, progress_of
from tracker.models import Round

pytestmark = pytest.mark.django_db


def test_today_s_answers_count_and_yesterday_s_do_not(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    judge = builders.make_user(role="judge")
    for day in (0, 0, 1):
        builders.make_verdict(judge=judge, submitted_at=builders.JUDGED - timedelta(days=day))
    for _ in range(3):
        builders.make_round()

    with django_assert_num_queries(2):
        found = progress_of(judge, builders.JUDGED)

    assert found == Progress(3, 5)


def test_a_queue_that_nobody_counts_has_no_end() -> None:
    judge = builders.make_user(role="judge")
    editor = builders.make_user(role="editor")
    propositions = [builders.make_proposition() for _ in range(COUNT_UP_TO + 1)]
    Round.objects.bulk_create(
        Round(proposition=one, opened_by=editor, opened_at=builders.JUDGED) for one in propositions
    )

    assert progress_of(judge, builders.JUDGED) == Progress(1, None)
