"""Events: for editors and admins, newest first, by what and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.anchoring import make_event
from tests.api.conftest import Door
from tests.builders import CODED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_who_may_have_to_judge_is_told_of_no_event(door: Callable[[str], Door], role: str) -> None:
    event, client = make_event(), door(role)

    assert client.read("events/").json()["results"] == []
    assert client.read(f"events/{event.pk}/").status_code == 404


def test_the_public_is_told_of_no_event(public: Door) -> None:
    event = make_event()

    assert public.read("events/").json()["results"] == []
    assert public.read(f"events/{event.pk}/").status_code == 404


def test_nobody_files_an_event(editor: Door) -> None:
    assert editor.send("events/", {"kind": "claim.due"}).status_code == 405


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", "claim.liked"), ("record", "1.5"), ("since", "yesterday")],
)
def test_a_filter_that_makes_no_sense_is_refused(editor: Door, name: str, value: str) -> None:
    answer = editor.read("events/", **{name: value})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, name)


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_events_are_listed_newest_first(door: Callable[[str], Door], role: str) -> None:
    first = make_event(facts={"round": 3})
    second = make_event(kind="review.split", noun="rounds", record=3)

    older, newer = reversed(door(role).read("events/").json()["results"])

    assert (newer["id"], older["id"]) == (second.pk, first.pk)
    assert (older["kind"], older["noun"], older["record"]) == ("claim.due", "propositions", 1)
    assert older["facts"] == {"round": 3}


def test_events_are_followed_from_where_one_left_off(editor: Door) -> None:
    old = make_event(happened_at=CODED - timedelta(days=1))
    new = make_event(kind="review.split", noun="rounds", record=9)

    def ids(**query: Any) -> list[int]:
        return [row["id"] for row in editor.read("events/", **query).json()["results"]]

    assert ids(kind="review.split") == ids(noun="rounds") == ids(record=9) == [new.pk]
    assert ids(since=CODED.isoformat()) == [new.pk]
    assert ids(noun="propositions", record=1) == [old.pk]
