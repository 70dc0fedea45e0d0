"""How much a score owes to how its claims were read."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions.sensitivity import Line, Variant, sensitivity
from tracker.api.moments import AS_OF
from tracker.api.score_json import ImprovementShape, number
from tracker.api.scores import KEY, KIND, ScoreView
from tracker.api.selections import FILTERS, SelectionRead
from tracker.domain.distributions import clean
from tracker.domain.ranking import TIER_WORDS, Tier
from tracker.domain.score_wire import improvement_json
from tracker.domain.thresholds import INTERVAL_LEVEL, METHOD_VERSION
from tracker.models.moments import reading


class VariantRead(serializers.Serializer[Any]):
    """The score under one variant; the first line is the score as it is."""

    variant = serializers.ChoiceField(choices=[(v.value, v.value) for v in Variant])
    lexicon = serializers.CharField(allow_null=True, help_text="Version of the other lexicon.")
    n = serializers.IntegerField()
    events = serializers.IntegerField()
    changed = serializers.IntegerField(help_text="Claims that are read otherwise or left out.")
    brier = number("0 to 1, lower is better; of graded outcomes too.")
    improvement = ImprovementShape()
    tier = serializers.ChoiceField(
        choices=[(t.value, t.value) for t in Tier], allow_null=True, help_text="Null of a table."
    )
    tier_words = serializers.CharField(allow_null=True)
    tiers_changed = serializers.IntegerField(
        help_text="Of one subject 1 if its tier is another, else 0; of a table, how many are."
    )


class SensitivityRead(serializers.Serializer[Any]):
    """The score as it is and under every variant, over the same claims."""

    variants = VariantRead(many=True)
    method = serializers.CharField()
    interval_level = serializers.FloatField()
    as_of = serializers.DateTimeField(allow_null=True, help_text="Null: now.")
    selection = SelectionRead()


class TableSensitivity(ScoreView):
    """All subjects of one kind together, read otherwise."""

    @extend_schema(
        operation_id="scores_sensitivity_of_table",
        summary="Try a table under other readings",
        parameters=[KIND, *FILTERS, AS_OF],
        responses={200: SensitivityRead},
    )
    def get(self, request: Request, kind: str) -> Response:
        return self.tried(kind, None)

    def tried(self, kind: str, key: str | None) -> Response:
        subject, seen = self.subjects(kind)
        pk = None
        if key is not None:
            # Who it is depends on the moment; every variant is read from a standpoint of its own.
            with reading(self.moment):
                pk = self.named(seen, key).pk
        lines = sensitivity(subject, pk, then=self.moment, only=self.asked.only)
        return Response(
            {
                "variants": [_shown(line) for line in lines],
                "method": METHOD_VERSION,
                "interval_level": INTERVAL_LEVEL,
                "as_of": self.moment.isoformat() if self.moment else None,
                "selection": self.asked.shown,
            }
        )


class SensitivityOf(TableSensitivity):
    """One subject, read otherwise."""

    @extend_schema(
        operation_id="scores_sensitivity",
        summary="Try one score under other readings",
        parameters=[KIND, KEY, *FILTERS, AS_OF],
        responses={200: SensitivityRead},
    )
    def get(self, request: Request, kind: str, key: str) -> Response:  # type: ignore[override]  # of one
        return self.tried(kind, key)


def _shown(line: Line) -> dict[str, Any]:
    return {
        "variant": line.variant.value,
        "lexicon": line.lexicon or None,
        "n": line.n,
        "events": line.events,
        "changed": line.changed,
        "brier": clean(line.brier),
        "improvement": improvement_json(line.improvement),
        "tier": line.tier.value if line.tier else None,
        "tier_words": TIER_WORDS[line.tier] if line.tier else None,
        "tiers_changed": line.moved,
    }
