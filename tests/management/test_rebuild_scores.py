"""`rebuild_scores`: names every difference, mends it, and finds none afterwards."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_claim, make_resolution
from tests.refusals import sql
from tracker.actions import scores
from tracker.models import PersonTally, ScoreItem

pytestmark = pytest.mark.django_db


def ran(*options: str) -> str:
    out = io.StringIO()
    call_command("rebuild_scores", *options, stdout=out)
    return out.getvalue()


def test_a_check_names_differences_and_changes_nothing() -> None:
    make_claim(proposition=make_resolution().proposition)

    with pytest.raises(CommandError, match=r"1 rows? differ"):
        ran("--check")
    assert not ScoreItem.objects.exists()


def test_a_rebuild_scores_what_no_action_has_scored() -> None:
    claim = make_claim(proposition=make_resolution().proposition)

    said = ran()

    assert "0 differences" in said
    assert ScoreItem.objects.get().claim == claim


def test_a_rebuild_mends_a_counter_that_was_tampered_with() -> None:
    make_claim(proposition=make_resolution().proposition)
    scores.rescore()
    sql("UPDATE tracker_persontally SET n = n + 1 RETURNING n")

    ran()

    assert PersonTally.objects.get().n == 1
    assert "0 differences" in ran("--check")
