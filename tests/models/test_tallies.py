"""Tallies of phrases and events: what they refuse, and what they hold after any history."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_resolution,
    make_score_item,
    make_topic,
)
from tests.refusals import refused, sql
from tracker.models import EventTally, LastTally, PhraseTally, ScoreItem

pytestmark = pytest.mark.django_db
PHRASE = {"kind": "person", "subject_id": 1, "phrase": "likely", "n": 2, "hits": 1, "errors": 0}
EVENT = {
    "kind": "person",
    "subject_id": 1,
    "y": 1,
    "size": 1,
    "events": 1,
    **dict.fromkeys(("m", "t", "mm", "mt", "tt", "claim_mt", "claim_tt", "errors"), 0),
}
REFUSED: dict[str, tuple[type[Any], dict[str, int]]] = {
    "phrase_tally_hits_within_n": (PhraseTally, {"hits": 3}),
    "tracker_phrasetally_n_check": (PhraseTally, {"n": -1, "hits": -1}),
    "tracker_phrasetally_hits_check": (PhraseTally, {"hits": -1}),
    "tracker_phrasetally_errors_check": (PhraseTally, {"errors": -1}),
    "event_tally_one_outcome": (EventTally, {"y": 2}),
    "tracker_eventtally_size_check": (EventTally, {"size": -1}),
    "tracker_eventtally_events_check": (EventTally, {"events": -1}),
    "tracker_eventtally_m_check": (EventTally, {"m": -1}),
    "tracker_eventtally_mm_check": (EventTally, {"mm": -1}),
    "tracker_eventtally_errors_check": (EventTally, {"errors": -1}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_tally_holds_only_what_can_be_counted(name: str) -> None:
    model, wrong = REFUSED[name]
    row = {**(PHRASE if model is PhraseTally else EVENT), **wrong}

    with refused(name, "tracker_phrasetally_hits_check" if "n" in wrong else name):
        model.objects.create(**row)


@pytest.mark.parametrize(
    ("name", "model", "row"),
    [("phrase_tally_once", PhraseTally, PHRASE), ("event_tally_once", EventTally, EVENT)],
)
def test_a_tally_stands_once(name: str, model: type[Any], row: dict[str, Any]) -> None:
    model.objects.create(**row)

    with refused(name):
        model.objects.create(**row)


def test_there_is_one_last_tally() -> None:
    with refused("last_tally_only_one"):
        LastTally.objects.create(id=2, stamp="00000000-0000-0000-0000-000000000000")


def test_an_event_cannot_have_happened_for_one_and_not_for_another() -> None:
    first = make_score_item(y=1)
    other = make_claim(proposition=first.proposition)

    with refused("event_tally_one_outcome"):
        make_score_item(claim=other, resolution=first.resolution, y=0)


def test_an_event_is_tallied_for_each_subject_and_for_all_together() -> None:
    resolution = make_resolution()
    speakers = [make_person(), make_person()]
    for person, p, base in [(speakers[0], 800, None), (speakers[1], 300, 400)]:
        claim = make_claim(proposition=resolution.proposition, person=person, p=p)
        make_score_item(claim=claim, resolution=resolution, base_rate=base, topic=make_topic())

    found = EventTally.objects.filter(kind="person").order_by("subject_id")
    rows = list(found.values_list("subject_id", "y", "size", "events", "m", "t", "mt", "tt"))

    errors = [200**2, 700**2]
    gained = 600**2 - errors[1]
    t = gained - errors[0]
    assert rows == [
        (0, 1, 2, 1, 1, t, t, t * t),
        (speakers[0].pk, 1, 1, 1, 1, -errors[0], -errors[0], errors[0] ** 2),
        (speakers[1].pk, 1, 1, 1, 0, gained, 0, gained**2),
    ]
    claim_sums = EventTally.objects.values_list("claim_mt", "claim_tt").get(
        kind="person", subject_id=0
    )
    assert claim_sums == (-errors[0], errors[0] ** 2 + gained**2)


def test_a_phrase_is_tallied_and_a_number_stands_under_no_phrase() -> None:
    outlet = make_organisation()
    for phrase, p, y in [("likely", 700, 1), ("likely", 700, 0), ("", 900, 1)]:
        make_score_item(outlet=outlet, claim=make_claim(p=p), phrase=phrase, y=y)

    rows = PhraseTally.objects.filter(kind="outlet").order_by("phrase")

    assert list(rows.values_list("subject_id", "phrase", "n", "hits", "errors")) == [
        (outlet.pk, "", 1, 1, 100**2),
        (outlet.pk, "likely", 2, 1, 300**2 + 700**2),
    ]


def test_what_is_empty_is_gone() -> None:
    item = make_score_item(phrase="likely")

    sql("DELETE FROM tracker_scoreitem WHERE id = %s", item.pk)

    assert not PhraseTally.objects.exists()
    assert not EventTally.objects.exists()


def test_the_stamp_changes_with_the_tallies_and_only_then() -> None:
    item = make_score_item()
    before = LastTally.objects.get().stamp

    sql("DELETE FROM tracker_scoreitem WHERE id = %s", item.pk + 1)
    unchanged = LastTally.objects.get().stamp
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tracker_scoreitem")

    assert unchanged == before
    assert LastTally.objects.get().stamp != before
    assert not ScoreItem.objects.exists()
