"""Distortions: exact words of a snapshot, of a known place, once, and never deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import CODED, make_quotation, make_snapshot, make_user
from tests.refusals import refused, sql
from tracker.models import Distortion, Snapshot
from tracker.models.distortions import DistortionPlace

pytestmark = pytest.mark.django_db

HEADLINE = "The city falls"


def made(**fields: Any) -> Distortion:
    """The headline's words for those of a quotation in another snapshot."""
    fields.setdefault("exact", HEADLINE)
    fields = {"start": 0, "end": len(HEADLINE), "place": "headline", "recorded_at": CODED, **fields}
    if "snapshot" not in fields:
        fields["snapshot"] = make_snapshot(text=f"{HEADLINE}\n\nIt may fall.")
    if "quotation" not in fields:
        fields["quotation"] = make_quotation()
    return Distortion.objects.create(recorded_by=make_user(), **fields)


def twice() -> None:
    first = made()
    made(quotation=first.quotation, snapshot=first.snapshot)


def updated(**columns: Any) -> None:
    """Changes the row past every action."""
    Distortion.objects.filter(pk=made().pk).update(**columns)


REFUSED: dict[str, tuple[str, Callable[[], Any]]] = {
    "an unknown place": ("distortion_place_known", lambda: made(place="margin")),
    "the same words twice": ("distortion_once", twice),
    "no words": ("distortion_start_before_end", lambda: made(end=0, exact="")),
    "other words than the snapshot's": (
        "distortion_word_for_word",
        lambda: made(exact="The city fell."),
    ),
    "other offsets": ("distortion_word_for_word", lambda: made(start=1, end=15)),
    "words changed afterwards": (
        "distortion_word_for_word",
        lambda: updated(exact="The city fell."),
    ),
    "deleted": ("distortion_never_deleted", lambda: made().delete()),
    "the same identity": ("tracker_distortion_uuid_key", lambda: made(uuid=made().uuid)),
    "a negative start": ("tracker_distortion_start_check", lambda: made(start=-1)),
    "a negative end": ("tracker_distortion_end_check", lambda: made(start=-2, end=-1, exact="")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_database_refuses(case: str) -> None:
    name, make = REFUSED[case]

    with refused(name):
        make()


def test_the_database_refuses_deletion_by_sql() -> None:
    pk = made().pk

    with refused("distortion_never_deleted"):
        sql("DELETE FROM tracker_distortion WHERE id = %s", pk)


@pytest.mark.parametrize("place", DistortionPlace)
def test_a_distortion_of_each_place_can_be_kept(place: DistortionPlace) -> None:
    assert str(made(place=place)) == f"“{HEADLINE}” ({place})"


def test_one_headline_may_distort_two_quotations_and_one_quotation_be_distorted_twice() -> None:
    first = made()
    made(snapshot=first.snapshot)
    made(quotation=first.quotation)

    assert first.quotation.distortions.count() == 2
    assert Snapshot.objects.get(pk=first.snapshot_id).distortions.count() == 2


def test_a_note_may_be_amended() -> None:
    updated(note="“May” is gone.")

    assert Distortion.objects.get().note == "“May” is gone."
