"""What was written past the triggers is found again once its lines are computed again."""

from __future__ import annotations

import pytest

from tests.builders import make_claim, make_quotation
from tests.refusals import sql
from tracker.actions.claim_indexes import rebuild
from tracker.models import Claim, ClaimIndex
from tracker.models.claim_indexes import holds

pytestmark = pytest.mark.django_db


def test_lines_that_triggers_kept_are_left_alone() -> None:
    make_claim()
    make_claim().further_quotations.add(make_quotation())

    assert rebuild() == 0


def test_lines_that_are_missing_or_wrong_are_made_good() -> None:
    missing, wrong, _ = make_claim(), make_claim(), make_claim()
    wrong.further_quotations.add(make_quotation(exact="Odesa"))
    ClaimIndex.objects.filter(pk=missing.pk).delete()
    sql("UPDATE tracker_claimindex SET words = '' WHERE claim_id = %s", wrong.pk)

    assert rebuild() == 2
    assert rebuild() == 0
    assert list(Claim.objects.filter(holds("odesa"))) == [wrong]
