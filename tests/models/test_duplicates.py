"""Duplicates: one pair, one proposal at a time, decided by somebody else, never taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import JUDGED, make_claim, make_proposition, make_user
from tests.pairs import make_duplicate, twins
from tests.refusals import refused
from tracker.models import Claim, Duplicate
from tracker.models.claims import ClaimState
from tracker.models.duplicates import DuplicateState

pytestmark = pytest.mark.django_db


def half_a_pair() -> None:
    make_duplicate(kept_proposition=make_proposition(), dropped_claim=make_claim())


def of_itself(noun: str) -> None:
    one = make_claim() if noun == "claim" else make_proposition()
    make_duplicate(**{f"kept_{noun}": one, f"dropped_{noun}": one})


def twice(noun: str) -> None:
    make = make_claim if noun == "claim" else make_proposition
    dropped = make()
    for _ in "ab":
        make_duplicate(**{f"kept_{noun}": make(), f"dropped_{noun}": dropped})


def by_the_proposer() -> None:
    made = make_duplicate()
    decide(made, decided_by=made.proposed_by)


def decide(made: Duplicate, **fields: Any) -> None:
    decided = {"state": DuplicateState.MERGED, "decided_by": make_user(), "decided_at": JUDGED}
    Duplicate.objects.filter(pk=made.pk).update(**{**decided, **fields})


def merged_into_itself() -> None:
    claim = make_claim()
    Claim.objects.filter(pk=claim.pk).update(merged_into=claim, state=ClaimState.MERGED)


REFUSED: dict[str, Callable[[], Any]] = {
    "duplicate_state_known": lambda: decide(make_duplicate(), state="maybe"),
    "duplicate_is_one_pair": half_a_pair,
    "duplicate_decided_by_someone": lambda: decide(make_duplicate(), decided_by=None),
    "duplicate_confirmed_by_another": by_the_proposer,
    "duplicate_one_proposal_per_proposition": lambda: twice("proposition"),
    "duplicate_one_proposal_per_claim": lambda: twice("claim"),
    "duplicate_never_deleted": lambda: Duplicate.objects.filter(pk=make_duplicate().pk).delete(),
    "claim_not_own_merger": merged_into_itself,
    "tracker_duplicate_uuid_key": lambda: make_duplicate(uuid=make_duplicate().uuid),
    "claim_merged_iff_into_another": lambda: make_claim(state=ClaimState.MERGED),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


@pytest.mark.parametrize("noun", ["claim", "proposition"])
def test_nothing_is_a_duplicate_of_itself(noun: str) -> None:
    with refused("duplicate_not_of_itself"):
        of_itself(noun)


def test_only_a_merged_claim_points_at_another() -> None:
    first, second = twins()
    with refused("claim_merged_iff_into_another"):
        Claim.objects.filter(pk=second.pk).update(merged_into=first)

    Claim.objects.filter(pk=second.pk).update(merged_into=first, state=ClaimState.MERGED)

    assert list(first.merged_from.all()) == [second]


@pytest.mark.parametrize("state", [DuplicateState.MERGED, DuplicateState.REJECTED])
def test_somebody_else_decides(state: DuplicateState) -> None:
    made = make_duplicate()
    assert list(Duplicate.objects.undecided()) == [made]

    decide(made, state=state)

    assert not Duplicate.objects.undecided().exists()


def test_a_rejected_pair_may_be_proposed_anew() -> None:
    made = make_duplicate()
    decide(made, state=DuplicateState.REJECTED)
    pair = {"kept_proposition": made.kept_proposition}

    again = make_duplicate(**pair, dropped_proposition=made.dropped_proposition)

    assert again.state == DuplicateState.PROPOSED
