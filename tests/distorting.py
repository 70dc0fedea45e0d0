"""A headline that sharpens what was said below it, and rows that say so, for tests."""

from __future__ import annotations

from typing import Any

from tests.builders import CODED, make_quotation, make_snapshot, make_source, make_user
from tracker.models import Distortion, Quotation, Snapshot

HEADLINE = "It could be the worst the war has seen"
SHARPENED = "the worst the war has seen"
SAID = "some of the worst this war has seen"
TEXT = f"{HEADLINE}\n\nThey might yet see {SAID}, he said."


def make_sharpened_quotation() -> Quotation:
    """What was said, in an article whose headline says more."""
    source = make_source(title=HEADLINE)
    return make_quotation(exact=SAID, snapshot=make_snapshot(text=TEXT, source=source))


def make_distortion(*, quotation: Quotation | None = None, **fields: Any) -> Distortion:
    """The headline's words for the quotation's; other words where they first stand in a text."""
    quotation = quotation or make_sharpened_quotation()
    snapshot: Snapshot = fields.setdefault("snapshot", quotation.snapshot)
    exact = fields.setdefault("exact", SHARPENED)
    start = fields.setdefault("start", snapshot.text.find(exact))
    fields = {"end": start + len(exact), "place": "headline", "recorded_at": CODED, **fields}
    if "recorded_by" not in fields:
        fields["recorded_by"] = make_user()
    return Distortion.objects.create(quotation=quotation, **fields)
