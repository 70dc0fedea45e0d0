"""Distortions: exact words of a snapshot, of a known place, once, and never deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import make_quotation
from tests.distorting import SHARPENED, make_distortion
from tests.refusals import refused, sql
from tracker.models import Distortion, Snapshot
from tracker.models.distortions import DistortionPlace

pytestmark = pytest.mark.django_db


def twice() -> None:
    first = make_distortion()
    make_distortion(quotation=first.quotation)


def updated(**columns: Any) -> None:
    """Changes the row past every action."""
    Distortion.objects.filter(pk=make_distortion().pk).update(**columns)


REFUSED: dict[str, tuple[str, Callable[[], Any]]] = {
    "an unknown place": ("distortion_place_known", lambda: make_distortion(place="margin")),
    "the same words twice": ("distortion_once", twice),
    "no words": ("distortion_start_before_end", lambda: make_distortion(start=0, end=0, exact="")),
    "other words than the snapshot's": (
        "distortion_word_for_word",
        lambda: make_distortion(start=0, end=9, exact="It will b"),
    ),
    "other offsets": ("distortion_word_for_word", lambda: make_distortion(start=0)),
    "words changed afterwards": (
        "distortion_word_for_word",
        lambda: updated(exact="the best of all"),
    ),
    "deleted": ("distortion_never_deleted", lambda: make_distortion().delete()),
    "the same identity": (
        "tracker_distortion_uuid_key",
        lambda: make_distortion(uuid=make_distortion().uuid),
    ),
    "a negative start": (
        "tracker_distortion_start_check",
        lambda: make_distortion(start=-1, end=7, exact="It coul"),
    ),
    "a negative end": (
        "tracker_distortion_end_check",
        lambda: make_distortion(start=-2, end=-1, exact=""),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_database_refuses(case: str) -> None:
    name, make = REFUSED[case]

    with refused(name):
        make()


def test_the_database_refuses_deletion_by_sql() -> None:
    pk = make_distortion().pk

    with refused("distortion_never_deleted"):
        sql("DELETE FROM tracker_distortion WHERE id = %s", pk)


@pytest.mark.parametrize("place", DistortionPlace)
def test_a_distortion_of_each_place_can_be_kept(place: DistortionPlace) -> None:
    assert str(make_distortion(place=place)) == f"“{SHARPENED}” ({place})"


def test_one_headline_may_distort_two_quotations_and_one_quotation_be_distorted_twice() -> None:
    first = make_distortion()
    make_distortion(quotation=make_quotation(), snapshot=first.snapshot)
    make_distortion(quotation=first.quotation, exact="It could be")

    assert first.quotation.distortions.count() == 2
    assert Snapshot.objects.get(pk=first.snapshot_id).distortions.count() == 3


def test_a_note_may_be_amended() -> None:
    updated(note="“May” is gone.")

    assert Distortion.objects.get().note == "“May” is gone."
