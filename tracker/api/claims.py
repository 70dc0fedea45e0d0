"""Claims: log, code, freeze, withdraw; and the list that everybody reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.actions import claims
from tracker.actions.claims import ClaimDraft
from tracker.api.base import Body, Change, Changes, Creates, NoBody
from tracker.api.claim_json import ClaimRead, projected
from tracker.api.claim_reviews import Reviewed, asks_for_json_ld, in_json_ld, retrieved
from tracker.api.drafts import ClaimBody, PropositionBody, StatedProbability, flattened
from tracker.api.duplicates import LikeClaims, StandingClaims
from tracker.api.examples import CLAIM, DRAFT, sent
from tracker.api.fields import Known, Text, Truth, chosen, optional_text
from tracker.api.filters import Flag, Id, OfSource, keys
from tracker.api.moments import Recalled
from tracker.api.pages import Order
from tracker.api.passages import ClaimInFull, in_full
from tracker.api.topics import subtree
from tracker.models import Claim, Organisation, Person, Quotation, Source
from tracker.models.claims import ClaimState, Kind, Tier


class ClaimChange(Change):
    """What a draft is coded as; a frozen claim takes notes only."""

    proposition = PropositionBody(allow_null=True)
    kind = chosen(Claim, "kind", allow_blank=True)
    polarity = chosen(Claim, "polarity")
    role = optional_text()
    hedge = optional_text()
    hedge_term = optional_text()
    probability = StatedProbability(allow_null=True)
    coded_after_outcome = Truth()
    failed_test = chosen(Claim, "failed_test")
    state_reason = optional_text()
    external_id = optional_text()
    note = optional_text()


class Withdrawal(Body):
    state = serializers.ChoiceField(
        choices=[(s.value, s.value) for s in (ClaimState.RETRACTED, ClaimState.MISQUOTE)]
    )
    reason = Text()


class FurtherQuotation(Body):
    quotation = Known(Quotation, help_text="Id.")


class ClaimFilter(StandingClaims):
    speaker = django_filters.CharFilter(method="by_person", label="Id or slug of a person.")
    organisation = django_filters.CharFilter(method="by_organisation", label="Id or slug.")
    outlet = django_filters.CharFilter(method="by_outlet", label="Id or slug.")
    topic = django_filters.CharFilter(method="about", label="Id or slug; with all below it.")
    proposition = Id(field_name="proposition_id")
    source = OfSource(field_name="quotation__snapshot__source")
    state = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in ClaimState])
    kind = django_filters.ChoiceFilter(choices=[(k.value, k.value) for k in Kind])
    tier = django_filters.ChoiceFilter(
        field_name="p_tier", choices=[(t.value, t.value) for t in Tier]
    )
    said_from = django_filters.DateFilter(field_name="said_on", lookup_expr="gte")
    said_to = django_filters.DateFilter(field_name="said_on", lookup_expr="lte")
    due_from = django_filters.DateFilter(field_name="proposition__deadline", lookup_expr="gte")
    due_to = django_filters.DateFilter(field_name="proposition__deadline", lookup_expr="lte")
    conditional = Flag(method="is_conditional", label="Has a condition.")
    coded_after_outcome = Flag()
    external_id = django_filters.CharFilter()

    def by_person(self, queryset: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        return queryset.filter(person__in=keys(Person, value))

    def by_organisation(self, queryset: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        return queryset.filter(organisation__in=keys(Organisation, value))

    def by_outlet(self, queryset: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        sources = Source.objects.order_by().published_by(keys(Organisation, value))
        return queryset.filter(quotation__snapshot__source__in=sources)

    def about(self, queryset: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        return queryset.filter(proposition__topic__in=subtree(value))

    def is_conditional(self, queryset: QuerySet[Claim], name: str, value: bool) -> QuerySet[Claim]:
        return queryset.filter(proposition__isnull=False, proposition__condition__isnull=not value)


@extend_schema_view(
    create=extend_schema(
        summary="Log a claim",
        examples=sent(A_claim_in_full=CLAIM, Log_now_code_later=DRAFT),
        responses=ClaimInFull,
    ),
    retrieve=retrieved(ClaimInFull),
    partial_update=extend_schema(summary="Code a draft further", responses=ClaimInFull),
)
class Claims(Reviewed, LikeClaims, Creates, Changes, Recalled):
    """Who said what, how surely, in exact words; newest first."""

    noun = "claims"
    queryset = Claim.objects.only("id", "said_on", "state")
    serializer_class = ClaimRead
    full_serializer_class = ClaimInFull
    filterset_class = ClaimFilter
    order = Order(("said_on", "pk"))
    bodies = {
        "create": ClaimBody,
        "partial_update": ClaimChange,
        "freeze": NoBody,
        "withdraw": Withdrawal,
        "quotations": FurtherQuotation,
    }

    def listed(self, records: QuerySet[Claim]) -> QuerySet[Any, Any]:
        return records.values_list("pk", "said_on", "state", named=True)

    @classmethod
    def present(
        cls, records: Sequence[Any], context: Mapping[str, Any], *, full: bool
    ) -> list[Any]:
        if asks_for_json_ld(context["request"]):
            return in_json_ld(records, context)
        drafts = [claim.pk for claim in records if claim.state == ClaimState.DRAFT]
        found = Claim.objects.filter(pk__in=drafts).select_related("proposition") if drafts else ()
        rows = projected(
            [claim.pk for claim in records],
            address=reverse("claims-list", request=context["request"]),
            missing={claim.pk: claims.missing(claim) for claim in found},
        )
        return [in_full(row, context["sight"]) for row in rows] if full else rows

    def make(self, draft: ClaimDraft) -> Claim:
        return claims.log_claim(**self.act, draft=draft)

    def change(self, claim: Claim, reason: str, changes: dict[str, Any]) -> Claim:
        return claims.code_claim(**self.act, claim=claim, reason=reason, **flattened(**changes))

    @extend_schema(summary="Fix what the claim means", responses={200: ClaimInFull})
    @action(methods=["post"], detail=True)
    def freeze(self, request: Request, key: str) -> Response:
        claim = self.get_object()
        self.sent()
        return self.shown(claims.freeze_claim(**self.act, claim=claim))

    @extend_schema(summary="Mark as retracted or misquoted", responses={200: ClaimInFull})
    @action(methods=["post"], detail=True)
    def withdraw(self, request: Request, key: str) -> Response:
        claim = self.get_object()
        return self.shown(claims.withdraw_claim(by=self.by, claim=claim, **self.sent()))

    @extend_schema(summary="Add another utterance of the claim", responses={201: ClaimInFull})
    @action(methods=["post"], detail=True)
    def quotations(self, request: Request, key: str) -> Response:
        claim = self.get_object()
        changed = claims.add_quotation(by=self.by, claim=claim, **self.sent())
        return self.shown(changed, status=201)
