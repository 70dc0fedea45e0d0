"""A quotation in its passage, and what was made of it: for the answer about one record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework import serializers

from tracker.actions.documents import provenance_reason
from tracker.api.claim_json import ClaimRead, QuotationShape
from tracker.api.sight import Sight
from tracker.domain.quotes import Context, context
from tracker.models import Anchoring, Quotation

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


def in_full(claim: orjson.Fragment, sight: Sight) -> dict[str, Any]:
    """Returns a claim's JSON with its quotation as ClaimInFull promises it."""
    found: dict[str, Any] = orjson.loads(orjson.dumps(claim))
    found["quotation"] |= _surroundings(found["quotation"]["id"], sight)
    alarms = Anchoring.objects.alarms().of_claim(found["id"])
    found["alarms"] = alarms.count() if sight.staff else None
    return found


def _surroundings(quotation_id: int, sight: Sight) -> Mapping[str, Any]:
    way = Quotation.objects.select_related("snapshot__source__outlet")
    quotation = way.prefetch_related("hops__outlet").get(pk=quotation_id)
    found = passage(quotation, sight)
    return {
        "provenance_reason": provenance_reason(quotation),
        "context": ContextRead(found).data if found else None,
    }
