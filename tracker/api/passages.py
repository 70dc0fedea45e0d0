"""A quotation in its passage, and what was made of it: for the answer about one record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from tracker.api.claim_json import CLAIM, QUOTATION, ClaimRead, QuotationShape
from tracker.api.projections import Built
from tracker.api.sight import Sight
from tracker.domain.provenance import Grade, Hop, Mode, explain
from tracker.domain.quotes import WIDTH, Context, context
from tracker.models import Quotation
from tracker.models.anchorings import ALARMING

REASON = "Why it has this grade and not the next better one."


class ContextRead(serializers.Serializer[Context]):
    """The words quoted and 300 characters of the text either side of them."""

    before = serializers.CharField(allow_blank=True)
    quoted = serializers.CharField()
    after = serializers.CharField(allow_blank=True)


class QuotationInFull(QuotationShape):
    provenance_reason = serializers.CharField(help_text=REASON)
    context: Any = ContextRead(
        allow_null=True, help_text="With 300 characters either side; null for the public."
    )

    class Meta(QuotationShape.Meta):
        fields = (*QuotationShape.Meta.fields, "provenance_reason", "context")


class ClaimInFull(ClaimRead):
    """A claim with its quotation in the passage where it stands."""

    quotation = QuotationInFull()
    alarms = serializers.IntegerField(
        allow_null=True,
        help_text="Captures in which its words read otherwise, unseen; null for the public.",
    )

    class Meta(ClaimRead.Meta):
        fields = (*ClaimRead.Meta.fields, "alarms")


def passage(quotation: Quotation, sight: Sight) -> Context | None:
    """The words in their neighbourhood; the public reads only what was quoted of a text."""
    if not sight.staff:
        return None
    return context(quotation.snapshot.text, quotation.start, quotation.end)


_ALARMS = f"""CASE WHEN %(staff)s::boolean THEN (
    SELECT count(*) FROM tracker_anchoring a
    WHERE a.state IN ({", ".join(f"'{state}'" for state in ALARMING)}) AND a.seen_at IS NULL
    AND a.quotation_id IN (
        SELECT c.quotation_id UNION ALL
        SELECT f.quotation_id FROM tracker_claim_further_quotations f WHERE f.claim_id = c.id
    )) END"""
# The same passage as `context` cuts out of the text.
_CONTEXT = Built(
    {
        "before": f"""substr(n.text, greatest(q.start - {WIDTH}, 0) + 1,
            least(q.start, {WIDTH}))""",
        "quoted": "q.exact",
        "after": f"""substr(n.text, q."end" + 1, {WIDTH})""",
    },
    "FROM tracker_snapshot n WHERE n.id = q.snapshot_id AND %(staff)s::boolean",
)
IN_FULL = Built(
    {
        **CLAIM.members,
        "quotation": Built({**QUOTATION.members, "context": _CONTEXT}, QUOTATION.rows),
        "alarms": _ALARMS,
    }
)


def in_full(found: dict[str, Any]) -> dict[str, Any]:
    """Returns a claim built IN_FULL as ClaimInFull promises it."""
    quotation, outlet = found["quotation"], found["source"]["outlet"]
    hops = [_hop(hop["mode"], hop["outlet"], hop["channel"]) for hop in quotation["hops"]]
    way = [*hops, _hop(quotation["mode"], outlet, "")]
    around = quotation.pop("context")
    quotation["provenance_reason"] = explain(Grade(quotation["provenance"]), way)
    quotation["context"] = around
    return found


def _hop(mode: str, outlet: Mapping[str, Any] | None, channel: str) -> Hop:
    return Hop(Mode(mode), outlet["name"] if outlet else channel)
