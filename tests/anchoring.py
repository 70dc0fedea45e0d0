"""Rows that say where quotations stand in newer texts, and events, for tests."""

from __future__ import annotations

from typing import Any

from tests.builders import CODED, TEXT, make_quotation, make_snapshot
from tracker.models import Anchoring, Event
from tracker.models.events import EventKind

NEWER = "Updated. " + TEXT


def make_anchoring(**fields: Any) -> Anchoring:
    """The first letters of a newer text, in place of the quotation; `orphan` has no place."""
    if "quotation" not in fields:
        fields["quotation"] = make_quotation()
    if "snapshot" not in fields:
        fields["snapshot"] = make_snapshot(text=NEWER, source=fields["quotation"].snapshot.source)
    if fields.get("state") != "orphan":
        fields = {"state": "changed", "start": 0, "end": 8, "exact": "Updated.", **fields}
    return Anchoring.objects.create(**{"anchored_at": CODED, **fields})


def make_event(**fields: Any) -> Event:
    """A proposition that has come due, unless other fields say otherwise."""
    fields = {"kind": EventKind.CLAIM_DUE, "noun": "propositions", "record": 1, **fields}
    return Event.objects.create(**{"happened_at": CODED, **fields})
