"""Usage: one count for each caller and window, in a table that is not logged."""

from __future__ import annotations

import pytest

from tests.refusals import refused, sql
from tracker.models import Usage

pytestmark = pytest.mark.django_db


def test_a_caller_has_one_count_in_a_window() -> None:
    Usage.objects.create(subject="a", began=0, used=1)
    Usage.objects.create(subject="a", began=60, used=1)

    with refused("usage_once_per_window"):
        Usage.objects.create(subject="a", began=0, used=1)


def test_counts_are_written_to_no_log() -> None:
    assert sql("SELECT relpersistence FROM pg_class WHERE relname = 'tracker_usage'") == [("u",)]
