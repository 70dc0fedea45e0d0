"""Events: announced once, of a known kind, and never taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.anchoring import make_event
from tests.refusals import refused
from tracker.models import Event
from tracker.models.events import EventKind

pytestmark = pytest.mark.django_db


def say_it_twice() -> None:
    first = make_event()
    make_event(uuid=first.uuid)


REFUSED: dict[str, Callable[[], Any]] = {
    "event_kind_known": lambda: make_event(kind="claim.liked"),
    "event_immutable": lambda: Event.objects.filter(pk=make_event().pk).update(record=2),
    "event_never_deleted": lambda: make_event().delete(),
    "tracker_event_uuid_key": say_it_twice,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_events_are_listed_newest_first() -> None:
    first, second = make_event(), make_event(kind=EventKind.REVIEW_SPLIT, facts={"round": 2})

    assert list(Event.objects.all()) == [second, first]
    assert str(second) == "review.split: propositions 1"
