"""Duplicates: what may be the same, who proposed to make it one, and what a merge would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import duplicates, likenesses
from tracker.actions.likenesses import Alike
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body
from tracker.api.fields import Known, Text, optional_text
from tracker.api.filters import Filter, Flag, Id
from tracker.api.refs import PropositionRef, Read, SourceRef, UserRef, link
from tracker.api.sight import Sight
from tracker.domain.errors import UnknownValue
from tracker.models import Claim, Duplicate, Proposition, Quotation
from tracker.models.claims import ClaimState
from tracker.models.duplicates import DuplicateState

PAIRS = (
    {"kept_proposition", "dropped_proposition"},
    {"kept_claim", "dropped_claim"},
)


class ClaimRef(Read):
    words = serializers.CharField(source="quotation.exact")
    proposition = PropositionRef()

    class Meta:
        model = Claim
        fields = ("id", "state", "said_on", "words", "proposition")


# --- what may be the same ------------------------------------------------------------


class LikenessRead(serializers.Serializer[Any]):
    """How much a record looks like the one that was asked about."""

    likeness = serializers.FloatField(help_text="Trigram similarity of the statements, 0 to 1.")
    same_condition = serializers.BooleanField()
    same_window = serializers.BooleanField(help_text="They speak of some of the same days.")


class LikePropositionRead(LikenessRead):
    proposition = PropositionRef(source="record")


class LikeClaimRead(LikenessRead):
    claim = ClaimRef(source="record")


def seen(sight: Sight, found: Sequence[Alike[Any]]) -> list[Alike[Any]]:
    """Returns those that this person may see."""
    if not found:
        return []
    noun = type(found[0].record)
    shown = sight.see(noun._default_manager.filter(pk__in=[one.record.pk for one in found]))
    known = set(shown.order_by().values_list("pk", flat=True))
    return [one for one in found if one.record.pk in known]


class LikePropositions(Noun):
    """Adds to propositions what says the same in like words."""

    @extend_schema(
        summary="Find propositions that may be the same",
        responses={200: LikePropositionRead(many=True)},
    )
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def similar(self, request: Request, key: str) -> Response:
        found = seen(self.sight, likenesses.like_proposition(self.get_object()))
        context = self.get_serializer_context()
        return Response(LikePropositionRead(found, many=True, context=context).data)


class UtteranceRead(Read):
    source: Any = SourceRef(source="snapshot.source")
    url = link("quotations")

    class Meta:
        model = Quotation
        fields = (
            "id",
            "exact",
            "said_last",
            "said_words",
            "mode",
            "provenance",
            "source",
            "url",
        )


class LikeClaims(Noun):
    """Adds to claims what their speaker has said besides: the same again, or nearly."""

    @extend_schema(
        summary="Find claims that may be the same forecast",
        responses={200: LikeClaimRead(many=True)},
    )
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def similar(self, request: Request, key: str) -> Response:
        found = seen(self.sight, likenesses.like_claim(self.get_object()))
        context = self.get_serializer_context()
        return Response(LikeClaimRead(found, many=True, context=context).data)

    @extend_schema(
        summary="List every utterance of the claim: the one that is scored, then by date",
        responses={200: UtteranceRead(many=True)},
    )
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def utterances(self, request: Request, key: str) -> Response:
        found = likenesses.utterances(self.get_object())
        return Response(UtteranceRead(found, many=True, context=self.get_serializer_context()).data)


class StandingPropositions(Filter):
    """Lists leave out what was merged into another proposition, unless that is asked for."""

    merged = Flag(field_name="merged_into", lookup_expr="isnull", exclude=True)

    def filter_queryset(self, queryset: QuerySet[Proposition]) -> QuerySet[Proposition]:
        found: QuerySet[Proposition] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("merged")
        return found if asked is not None else found.filter(merged_into=None)


class StandingClaims(Filter):
    """Lists leave out what was merged into another claim, unless that is what is asked for."""

    def filter_queryset(self, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        found: QuerySet[Claim] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("state")
        return found if asked else found.exclude(state=ClaimState.MERGED)


# --- proposals -----------------------------------------------------------------------


class CoincidenceRead(serializers.Serializer[Any]):
    """Two claims of one speaker that become one."""

    dropped = serializers.IntegerField(source="later.pk")
    kept = serializers.IntegerField(source="earlier.pk")


class PlanRead(serializers.Serializer[Any]):
    """What confirming would do now."""

    obstacles = serializers.SerializerMethodField(help_text="What stands against it, if anything.")
    moved = serializers.SerializerMethodField(help_text="Claims that change their proposition.")
    merged = CoincidenceRead(many=True)
    outcomes = serializers.SerializerMethodField(help_text="Outcomes that come to bear on it.")
    conditional = serializers.SerializerMethodField(
        help_text="Propositions that hang on the dropped one."
    )
    notes = serializers.ListField(child=serializers.CharField(), help_text="What changes besides.")

    def get_obstacles(self, plan: Any) -> list[str]:
        return [one.message for one in plan.obstacles]

    def get_moved(self, plan: Any) -> list[int]:
        return [one.pk for one in plan.moved]

    def get_outcomes(self, plan: Any) -> list[int]:
        return [one.pk for one in plan.outcomes]

    def get_conditional(self, plan: Any) -> list[int]:
        return [one.pk for one in plan.conditional]


class DuplicateRead(Read):
    kept_proposition = PropositionRef(allow_null=True)
    dropped_proposition = PropositionRef(allow_null=True)
    kept_claim = ClaimRef(allow_null=True)
    dropped_claim = ClaimRef(allow_null=True)
    proposed_by = UserRef()
    decided_by = UserRef(allow_null=True)
    url = link("duplicates")

    class Meta:
        model = Duplicate
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "kept_proposition",
            "dropped_proposition",
            "kept_claim",
            "dropped_claim",
            "state",
            "likeness",
            "reason",
            "proposed_by",
            "proposed_at",
            "decided_by",
            "decided_at",
            "decision_reason",
            "url",
        )


class DuplicateFull(DuplicateRead):
    preview = serializers.SerializerMethodField(help_text="Null once it is decided.")

    class Meta(DuplicateRead.Meta):
        fields = (*DuplicateRead.Meta.fields, "preview")

    @extend_schema_field(PlanRead(allow_null=True))
    def get_preview(self, duplicate: Duplicate) -> Any:
        if duplicate.state != DuplicateState.PROPOSED:
            return None
        return PlanRead(duplicates.preview(duplicate)).data


class DuplicateBody(Body):
    """Two propositions, or two claims: of claims, the first utterance is kept in any case."""

    kept_proposition = Known(Proposition, required=False, help_text="Id.")
    dropped_proposition = Known(Proposition, required=False, help_text="Id.")
    kept_claim = Known(Claim, required=False, help_text="Id.")
    dropped_claim = Known(Claim, required=False, help_text="Id.")
    reason = Text(help_text="Why they are the same.")


class Confirmation(Body):
    reason = optional_text()


class Rejection(Body):
    reason = Text(help_text="Why they are not the same.")


class DuplicateFilter(Filter):
    state = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in DuplicateState])
    proposition = Id(method="of_proposition", label="Kept or dropped.")
    claim = Id(method="of_claim", label="Kept or dropped.")

    def of_proposition(
        self, queryset: QuerySet[Duplicate], name: str, value: int
    ) -> QuerySet[Duplicate]:
        return queryset.filter(Q(kept_proposition=value) | Q(dropped_proposition=value))

    def of_claim(self, queryset: QuerySet[Duplicate], name: str, value: int) -> QuerySet[Duplicate]:
        return queryset.filter(Q(kept_claim=value) | Q(dropped_claim=value))


@extend_schema_view(
    create=extend_schema(summary="Propose that two records are one", responses=DuplicateFull),
    retrieve=extend_schema(responses=DuplicateFull),
)
class Duplicates(Creates, Noun):
    """Pairs that are held to be one: proposed by one person, decided by another."""

    noun = "duplicates"
    queryset = Duplicate.objects.select_related(
        "kept_proposition",
        "dropped_proposition",
        "kept_claim__proposition",
        "kept_claim__quotation",
        "dropped_claim__proposition",
        "dropped_claim__quotation",
        "proposed_by",
        "decided_by",
    )
    serializer_class = DuplicateRead
    full_serializer_class = DuplicateFull
    filterset_class = DuplicateFilter
    bodies = {"create": DuplicateBody, "confirm": Confirmation, "reject": Rejection}

    def make(self, sent: dict[str, Any]) -> Duplicate:
        reason = sent.pop("reason")
        if set(sent) not in PAIRS:
            raise UnknownValue(
                "Name kept_claim and dropped_claim, or kept_proposition and dropped_proposition.",
                field="kept_claim",
            )
        kept = sent.get("kept_claim") or sent["kept_proposition"]
        dropped = sent.get("dropped_claim") or sent["dropped_proposition"]
        return duplicates.propose(**self.act, kept=kept, dropped=dropped, reason=reason)

    @extend_schema(summary="Merge what somebody else proposed", responses={200: DuplicateFull})
    @action(methods=["post"], detail=True)
    def confirm(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(duplicates.confirm(**self.act, duplicate=found, **self.sent()))

    @extend_schema(summary="Keep the two apart", responses={200: DuplicateFull})
    @action(methods=["post"], detail=True)
    def reject(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(duplicates.reject(**self.act, duplicate=found, **self.sent()))
