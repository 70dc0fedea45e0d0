"""Rank intervals of a draw: what the database refuses of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.refusals import refused
from tracker.models import RankInterval

pytestmark = pytest.mark.django_db


def make_interval(low: int = 2, high: int = 5, **given: Any) -> RankInterval:
    said = {"kind": "person", "subject_id": 1, "stamp": uuid4(), "seed": 1, **given}
    return RankInterval.objects.create(low=low, high=high, drawn_at=timezone.now(), **said)


@pytest.mark.parametrize("ends", [(0, 3), (4, 3)], ids=["a rank 0", "the better end last"])
def test_an_interval_runs_from_the_better_rank_to_the_worse(ends: tuple[int, int]) -> None:
    with refused("rank_interval_in_order"):
        make_interval(*ends)


def test_a_subject_has_one_interval_among_its_kind() -> None:
    make_interval()

    with refused("rank_interval_once"):
        make_interval()

    assert str(make_interval(3, 3, kind="topic")) == "3 to 3"
