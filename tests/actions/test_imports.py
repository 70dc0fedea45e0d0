"""Imports: checked as a whole, written as a whole, found again by their references."""

from __future__ import annotations

import pytest

from tests.importing import faults, imported, row, table
from tracker.models import Claim, Event, Proposition

pytestmark = pytest.mark.django_db


def test_one_line_at_fault_keeps_all_from_being_written() -> None:
    rows = [row(), row(external_id="a-2", quotation__exact="Words that nobody said at all")]

    run = imported(table(rows))

    assert (run.state, run.rows_read, run.rows_written) == ("refused", 2, 0)
    assert faults(run) == [(3, "exact", "quotation_not_found")]
    assert not Claim.objects.exists()


def test_a_dry_run_that_finds_nothing_wrong_writes_nothing() -> None:
    run = imported(table([row()]), dry_run=True)

    assert (run.state, run.rows_checked, run.rows_written) == ("checked", 1, 0)
    assert not Claim.objects.exists()


def test_sound_rows_are_claims_with_their_events() -> None:
    rows = [row(), row(external_id="a-2", speaker__person="Bo Other")]

    run = imported(table(rows))

    assert (run.state, run.rows_written, faults(run)) == ("done", 2, [])
    assert set(Claim.objects.values_list("state", "coder")) == {("frozen", run.requested_by_id)}
    assert Proposition.objects.exclude(frozen_at=None).count() == 1
    assert Event.objects.filter(kind="claim.created").count() == 2
