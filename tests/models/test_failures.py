"""Failures: why a job failed, never in silence."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.refusals import refused
from tracker.models import Failure

pytestmark = pytest.mark.django_db


def test_a_failure_without_a_reason_is_refused() -> None:
    with refused("failure_says_why"):
        Failure.objects.create(job=1, why="", at=timezone.now())
