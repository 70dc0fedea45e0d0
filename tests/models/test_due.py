"""The due queue omits nothing: whatever the record, it is what a scan of all rows finds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import (
    FROZEN,
    JUDGED,
    make_proposition,
    make_resolution,
    make_round,
)
from tests.histories.oracles import DATED, Facts
from tests.refusals import sql
from tracker.actions.rounds import open_due_rounds
from tracker.domain.deadlines import Basis
from tracker.domain.judging import State
from tracker.models import Proposition, Resolution

pytestmark = pytest.mark.django_db

TODAY = JUDGED.date()
DAYS = st.integers(-2, 2).map(lambda n: TODAY + timedelta(days=n))
ROUNDS = st.lists(st.sampled_from([State.SETTLED, State.ABANDONED]), max_size=2)
SHAPES = st.fixed_dictionaries(
    {
        "basis": st.sampled_from(list(Basis)),
        "day": DAYS,
        "review_on": st.none() | DAYS,
        "event_seen": st.booleans(),
        "frozen": st.sampled_from([True, True, True, False]),
        "closed": ROUNDS,
        "open": st.sampled_from([None, None, None, State.OPEN, State.AGREED]),
        "resolved": st.sampled_from(["", "", "", "unpublished", "published", "superseded"]),
        "conditional": st.booleans(),
        "merged": st.sampled_from([False, False, False, True]),
    }
)


def make(shape: dict[str, Any], before: Proposition | None) -> Proposition:
    """A proposition of this shape, whatever its way there."""
    dated = shape["basis"] in DATED
    review = shape["review_on"] or (None if dated or not shape["frozen"] else shape["day"])
    hangs = before if shape["conditional"] and before and before.condition_id is None else None
    made = make_proposition(
        frozen=False,
        deadline=shape["day"] if dated else None,
        deadline_basis=shape["basis"],
        review_on=review,
        event_seen=shape["event_seen"],
        condition=hangs,
        merged_into=before if shape["merged"] else None,
    )
    Proposition.objects.filter(pk=made.pk).update(frozen_at=FROZEN if shape["frozen"] else None)
    for state in (*shape["closed"], *([shape["open"]] if shape["open"] else [])):
        make_round(proposition=made, state=state)
    if shape["resolved"]:
        settle(made, shape["resolved"])
    return made


def settle(what: Proposition, how: str) -> None:
    first = make_resolution(proposition=what, published=how != "unpublished")
    if how == "superseded":
        # The old points at the new before the new is there: never are two current.
        ((pk,),) = sql("SELECT nextval(pg_get_serial_sequence('tracker_resolution', 'id'))")
        Resolution.objects.filter(pk=first.pk).update(superseded_by=pk)
        make_resolution(pk=pk, proposition=what, seq=2, change_reason="A source was missed.")


def scanned(today: date) -> set[int]:
    return Facts.read(()).due(today)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SHAPES, min_size=1, max_size=4), st.integers(-2, 2))
def test_the_due_queue_is_what_a_scan_of_every_proposition_finds(
    shapes: list[dict[str, Any]], later: int
) -> None:
    with transaction.atomic():
        before = None
        for shape in shapes:
            before = make(shape, before)
        now: datetime = JUDGED + timedelta(days=later)
        due = scanned(now.date())

        assert set(Proposition.objects.due(now.date()).values_list("pk", flat=True)) == due
        assert {round.proposition_id for round in open_due_rounds(now=now)} == due
        assert not Proposition.objects.due(now.date()).exists()
        transaction.set_rollback(True)
