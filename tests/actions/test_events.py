"""Events: said once, with what happened, or not at all."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.builders import CODED
from tracker.actions.events import announce
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
