"""Anchorings: word for word, of one page, and looked at once by someone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.anchoring import NEWER, make_anchoring
from tests.builders import JUDGED, make_quotation, make_snapshot, make_source, make_user
from tests.refusals import refused
from tracker.models import Anchoring

pytestmark = pytest.mark.django_db


def changed(anchoring: Anchoring, **fields: Any) -> None:
    Anchoring.objects.filter(pk=anchoring.pk).update(**fields)


def compare_twice() -> None:
    first = make_anchoring()
    make_anchoring(quotation=first.quotation, snapshot=first.snapshot)


def look_twice() -> None:
    seen = make_anchoring(seen_by=make_user(), seen_at=JUDGED, note="A typo.")
    changed(seen, note="No, a correction.")


REFUSED: dict[str, Callable[[], Any]] = {
    "anchoring_state_known": lambda: make_anchoring(state="lost"),
    "anchoring_once_per_snapshot": compare_twice,
    "anchoring_seen_by_someone": lambda: make_anchoring(seen_at=JUDGED),
    "anchoring_confirmed_by_someone": lambda: make_anchoring(state="confirmed"),
    "anchoring_seen_once": look_twice,
    "anchoring_never_deleted": lambda: make_anchoring().delete(),
    "anchoring_in_same_source": lambda: make_anchoring(snapshot=make_snapshot(text=NEWER)),
    "tracker_anchoring_uuid_key": lambda: make_anchoring(uuid=make_anchoring().uuid),
    "tracker_anchoring_start_check": lambda: make_anchoring(start=-1, end=0, exact=""),
    "tracker_anchoring_end_check": lambda: make_anchoring(start=-2, end=-1, exact=""),
    "tracker_anchoring_distance_check": lambda: make_anchoring(distance=-1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


@pytest.mark.parametrize(
    "place",
    [
        pytest.param({"start": None, "end": None, "exact": ""}, id="changed without a place"),
        pytest.param({"start": 8, "end": 8, "exact": ""}, id="an empty place"),
        pytest.param({"state": "orphan", "start": 0, "end": 8}, id="gone at a place"),
        pytest.param({"state": "orphan", "exact": "Updated."}, id="gone in words"),
    ],
)
def test_there_is_a_place_unless_the_words_are_gone(place: dict[str, Any]) -> None:
    with refused("anchoring_place_unless_orphan", "anchoring_word_for_word"):
        make_anchoring(**place)


def test_the_words_are_those_that_stand_there_when_written_and_when_changed() -> None:
    with refused("anchoring_word_for_word"):
        make_anchoring(exact="updated.")

    made = make_anchoring()
    with refused("anchoring_word_for_word"):
        changed(made, end=9)


def test_the_words_may_stand_in_a_page_that_was_merged_with_theirs() -> None:
    standing = make_source()
    merged = make_source(merged_into=standing)
    quotation = make_quotation(snapshot=make_snapshot(source=merged))

    newer = make_snapshot(text=NEWER, source=standing)

    assert make_anchoring(quotation=quotation, snapshot=newer).pk


def test_an_alarm_is_what_changed_or_vanished_and_nobody_has_looked_at() -> None:
    first, gone = make_anchoring(), make_anchoring(state="orphan")
    make_anchoring(state="moved")
    seen = make_anchoring()
    changed(seen, seen_by=make_user(), seen_at=JUDGED)

    assert list(Anchoring.objects.alarms()) == [gone, first]
    assert str(first) == f"“{first.quotation.exact}” (changed)"


def test_a_change_that_someone_accepts_is_confirmed() -> None:
    made = make_anchoring()

    changed(made, state="confirmed", seen_by=make_user(), seen_at=JUDGED)

    made.refresh_from_db()
    assert made.state == "confirmed"
