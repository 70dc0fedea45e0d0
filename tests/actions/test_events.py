"""Events: said once, with what happened, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from tests.actions.steps import (
    LATER,
    answer,
    claim,
    forecast,
    judged,
    log,
    open_for,
    published,
    refused,
    resolved,
)
from tests.builders import CODED, JUDGED, make_proposition, make_user
from tracker.actions.events import announce
from tracker.actions.resolutions import publish
from tracker.actions.rounds import open_due_rounds
from tracker.domain import errors
from tracker.models import Event
from tracker.models.events import EventKind

pytestmark = pytest.mark.django_db


def test_an_event_is_taken_back_with_what_did_not_happen() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(EventKind.CLAIM_DUE, noun="propositions", record=1, now=CODED)
        raise ZeroDivisionError

    assert not Event.objects.exists()


def test_an_event_names_its_record_and_says_little_else() -> None:
    made = announce(EventKind.CLAIM_DUE, noun="propositions", record=7, now=CODED, round=3)

    event = Event.objects.get()
    assert event == made
    assert (event.kind, event.noun, event.record) == ("claim.due", "propositions", 7)
    assert (event.facts, event.happened_at) == ({"round": 3}, CODED)


# --- where something happens ---------------------------------------------------------


@pytest.fixture
def heard() -> Callable[[], list[tuple[str, str, int]]]:
    """What has been announced since the last time that was asked, in its order."""
    known: list[int] = [0]

    def news() -> list[tuple[str, str, int]]:
        events = list(Event.objects.filter(pk__gt=known[-1]).order_by("id"))
        known.extend(event.pk for event in events)
        return [(event.kind, event.noun, event.record) for event in events]

    return news


Heard = Callable[[], list[tuple[str, str, int]]]


def test_a_claim_is_announced_once_it_is_logged(heard: Heard) -> None:
    coder = make_user()
    with refused(errors.UnknownValue):
        log(claim(kind="rumour"), by=coder)

    made = log(forecast(), by=coder)

    assert heard() == [("claim.created", "claims", made.pk)]


def test_what_comes_due_is_announced_once_and_what_an_editor_opens_is_not(heard: Heard) -> None:
    due, early = make_proposition(), make_proposition(deadline=date(2027, 1, 1))
    open_for(early)

    (opened,) = open_due_rounds(now=JUDGED)
    open_due_rounds(now=JUDGED)

    assert heard() == [("claim.due", "propositions", due.pk)]
    assert Event.objects.get().facts == {"round": opened.pk}


def test_a_round_is_announced_where_its_judges_differ(heard: Heard) -> None:
    judged(make_proposition(), "came_true", "came_true")
    assert heard() == []

    round = judged(make_proposition(), "came_true", "did_not")
    assert heard() == [("review.split", "rounds", round.pk)]

    answer(round, "did_not", by=round.verdicts.order_by("id")[0].judge)
    assert heard() == []


def test_a_resolution_is_announced_when_it_is_published_and_when_the_next_one_is(
    heard: Heard,
) -> None:
    what = make_proposition()
    waiting, editor = resolved(what), make_user(role="editor")
    with refused(errors.ReplyWindowOpen):
        publish(by=editor, now=JUDGED, resolution=waiting)
    assert heard() == []

    publish(by=editor, now=LATER, resolution=waiting)
    assert heard() == [("resolution.published", "resolutions", waiting.pk)]

    revised = published(what, "did_not", change_reason="A paper corrected itself.")
    assert heard() == [("resolution.revised", "resolutions", revised.pk)]
    assert Event.objects.latest("id").facts == {"proposition": what.pk, "seq": 2}
