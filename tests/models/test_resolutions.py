"""Resolutions: append-only, one current, published once; what the view makes of conditions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import (
    JUDGED,
    make_dispute,
    make_proposition,
    make_reply,
    make_resolution,
    make_round,
    make_user,
)
from tests.refusals import refused, sql
from tracker.models import Dispute, Resolution

pytestmark = pytest.mark.django_db
LATER = JUDGED + timedelta(days=30)


def change(resolution: Resolution, **values: Any) -> None:
    Resolution.objects.filter(pk=resolution.pk).update(**values)


def supersede(before: Resolution, **fields: Any) -> Resolution:
    """The resolution that takes the place of the one before, as the actions file it."""
    ((pk,),) = sql("SELECT nextval(pg_get_serial_sequence('tracker_resolution', 'id'))")
    change(before, superseded_by_id=pk)
    fields = {"seq": before.seq + 1, "change_reason": "A source was missed.", **fields}
    return make_resolution(pk=pk, proposition=before.proposition, decided_at=LATER, **fields)


def resolve_twice(**fields: Any) -> None:
    proposition = make_proposition()
    make_resolution(proposition=proposition, **fields)
    make_resolution(proposition=proposition, **{"seq": 2, "change_reason": "New.", **fields})


def resolve_round_twice() -> None:
    round = make_round()
    make_resolution(round=round)
    make_resolution(round=round)


RULED = {"ruling": "upheld", "ruling_reason": "A source was missed.", "ruled_at": JUDGED}


def rule(**values: Any) -> None:
    values.setdefault("ruled_by", make_user(role="editor"))
    Dispute.objects.filter(pk=make_dispute().pk).update(**values)


def lead_to_one_round_twice() -> None:
    round = make_round()
    make_dispute(new_round=round)
    make_dispute(new_round=round)


REFUSED: dict[str, Callable[[], Any]] = {
    "resolution_condition_known": lambda: make_resolution(condition="perhaps"),
    "resolution_outcome_known": lambda: make_resolution(outcome="perhaps"),
    "resolution_method_known": lambda: make_resolution(method="dice"),
    "resolution_annulled_with_reason": lambda: make_resolution(outcome="annulled"),
    "resolution_change_with_reason": lambda: make_resolution(seq=2),
    "resolution_one_current": resolve_twice,
    "resolution_seq_once": lambda: supersede(make_resolution(), seq=1),
    "resolution_not_own_successor": lambda: make_resolution(pk=10**9, superseded_by_id=10**9),
    "tracker_resolution_round_id_key": resolve_round_twice,
    "reply_says_something": lambda: make_reply(text=""),
    "dispute_ruling_known": lambda: rule(**{**RULED, "ruling": "perhaps"}),
    "tracker_dispute_new_round_id_key": lead_to_one_round_twice,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


# --- append-only ---------------------------------------------------------------------

FACTS: dict[str, Any] = {
    "outcome": "did_not",
    "condition": "met",
    "method": "panel",
    "rationale": "Reworded.",
    "change_reason": "Reworded.",
    "seq": 2,
    "occurred_on": JUDGED.date(),
    "late": True,
    "decided_at": LATER,
    "reply_until": LATER,
}


@pytest.mark.parametrize("published", [False, True], ids=["before publication", "published"])
@pytest.mark.parametrize("column", FACTS)
def test_a_resolution_cannot_be_edited(column: str, published: bool) -> None:
    resolution = make_resolution(published=published)
    reason = {"change_reason": "Reworded."} if column == "seq" else {}

    with refused("resolution_append_only"):
        change(resolution, **{column: FACTS[column]}, **reason)


@pytest.mark.parametrize(
    "value",
    [
        {"published_at": LATER},
        {"published_at": None, "published_by": None},
        {"override_reason": "!"},
    ],
    ids=["at another time", "taken back", "with another reason"],
)
def test_a_resolution_is_published_once(value: dict[str, Any]) -> None:
    resolution = make_resolution()

    with refused("resolution_append_only"):
        change(resolution, **value)


def test_a_resolution_is_superseded_once() -> None:
    first = make_resolution()
    second = supersede(first)

    for other in (None, make_resolution()):
        with refused("resolution_append_only"):
            change(first, superseded_by=other)

    assert Resolution.objects.filter(proposition=first.proposition).current().get() == second


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"published_at": None}, id="a publisher without a date"),
        pytest.param({"published_by": None}, id="a date without a publisher"),
        pytest.param({"published_at": JUDGED - timedelta(days=1)}, id="before it was decided"),
    ],
)
def test_a_resolution_is_published_by_someone_after_it_was_decided(fields: dict[str, Any]) -> None:
    with refused("resolution_published_by_someone"):
        make_resolution(**fields)


def test_a_resolution_waits_and_is_then_published() -> None:
    resolution = make_resolution(published=False)
    assert Resolution.objects.awaiting_publication().get() == resolution

    change(resolution, published_at=LATER, published_by=make_user(role="editor"))

    assert Resolution.objects.published().get() == resolution
    assert not Resolution.objects.awaiting_publication().exists()


# --- replies and disputes ------------------------------------------------------------


@pytest.mark.parametrize("missing", ["ruling_reason", "ruled_at", "ruled_by"])
def test_a_ruling_has_reason_date_and_author(missing: str) -> None:
    with refused("dispute_ruled_with_reason"):
        rule(**{**RULED, missing: "" if missing == "ruling_reason" else None})


def test_a_pending_dispute_has_no_author_of_its_ruling() -> None:
    with refused("dispute_ruled_with_reason"):
        rule()


def test_a_ruling_stands() -> None:
    dispute = make_dispute(**RULED, ruled_by=make_user(role="editor"))

    with refused("dispute_ruled_once"):
        Dispute.objects.filter(pk=dispute.pk).update(ruling="rejected")


def test_a_dispute_may_lead_to_a_fresh_round() -> None:
    dispute = make_dispute()
    round = make_round(proposition=dispute.resolution.proposition, reason="appeal")

    Dispute.objects.filter(pk=dispute.pk).update(
        **RULED, ruled_by=make_user(role="editor"), new_round=round
    )

    assert round.dispute == dispute
