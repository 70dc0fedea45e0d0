"""Claims: log, code, freeze, withdraw; and the list that everybody reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.actions import claims
from tracker.actions.claims import ClaimDraft
from tracker.api import examples
from tracker.api.base import Changes, Creates, Records
from tracker.api.bodies import Body, Change, NoBody
from tracker.api.claim_filters import ClaimFilter
from tracker.api.claim_json import CLAIM, ClaimRead, projected
from tracker.api.claim_reviews import Reviewed, asks_for_json_ld, in_json_ld, retrieved
from tracker.api.documents import Sources
from tracker.api.drafts import ClaimBody, PropositionBody, StatedProbability, flattened
from tracker.api.duplicates import LikeClaims
from tracker.api.expansions import Within
from tracker.api.fields import Known, Text, Truth, chosen, optional_text
from tracker.api.fieldsets import kept
from tracker.api.moments import Recalled
from tracker.api.pages import Order
from tracker.api.passages import IN_FULL, ClaimInFull, in_full
from tracker.api.people import Organisations, People
from tracker.api.projections import ALL, Built, of_one
from tracker.api.propositions import Propositions
from tracker.api.resolutions import Resolutions
from tracker.api.search import HIGHLIGHT, HIGHLIGHTING, HIGHLIGHTS, ClaimFound, highlighted, ranked
from tracker.models import Claim, Quotation
from tracker.models.claims import ClaimState


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


@extend_schema_view(
    create=extend_schema(
        summary="Log a claim",
        examples=examples.sent(A_claim_in_full=examples.CLAIM, Log_now_code_later=examples.DRAFT),
        responses=ClaimInFull,
    ),
    retrieve=retrieved(ClaimInFull),
    partial_update=extend_schema(summary="Code a draft further", responses=ClaimInFull),
    list=extend_schema(parameters=[HIGHLIGHTING], responses=ClaimFound(many=True)),
)
class Claims(Reviewed, LikeClaims, Creates, Changes, Recalled):
    """Who said what, how surely, in exact words; newest first."""

    noun = "claims"
    queryset = Claim.objects.only("id", "said_on", "state")
    serializer_class = ClaimRead
    full_serializer_class = ClaimInFull
    filterset_class = ClaimFilter
    order = Order(("said_on", "pk"))
    orders = {
        # Both columns of one table, so that one index has them in order.
        "due": Order(("index__due_on", "index__claim_id"), descending=False),
        "-due": Order(("index__due_on", "index__claim_id")),
        "coded_at": Order(("coded_at", "pk"), descending=False),
        "-coded_at": Order(("coded_at", "pk")),
        "-relevance": Order(("bearing", "pk")),
    }
    expansions = {
        "speaker": (
            Within(("speaker", "person"), People),
            Within(("speaker", "organisation"), Organisations),
        ),
        "source": (Within(("source",), Sources),),
        "proposition": (Within(("proposition",), Propositions),),
        "resolution": (Within(("resolution",), Resolutions),),
    }
    bodies = {
        "create": ClaimBody,
        "partial_update": ClaimChange,
        "freeze": NoBody,
        "withdraw": Withdrawal,
        "quotations": FurtherQuotation,
    }

    def _parameters(self) -> set[str]:
        return super()._parameters() | ({HIGHLIGHT} if self.action == "list" else set())

    def listed(self, records: QuerySet[Claim], order: Order) -> QuerySet[Any, Any]:
        if "bearing" in order.columns:
            records = ranked(records, self.request.query_params.get("q", ""))
        if "index__due_on" in order.columns:
            # Every claim has a line there; said so, the join need not begin with the claims.
            records = records.filter(index__isnull=False)
        return records.values_list(*dict.fromkeys(("pk", "state", *order.columns)), named=True)

    def get_serializer_context(self) -> dict[str, Any]:
        words = highlighted(self.request) if self.action == "list" else ""
        return {**super().get_serializer_context(), "words": words}

    @classmethod
    def present(cls, records: Records, context: Mapping[str, Any], *, full: bool) -> list[Any]:
        if asks_for_json_ld(context["request"]):
            return in_json_ld(records, context)
        wanted, words = context.get("wanted", ALL), context.get("words", "")
        parameters = {
            "address": reverse("claims-list", request=context["request"]),
            "staff": context["sight"].staff,
            "words": words,
        }
        if isinstance(records, QuerySet):
            found = [in_full(row) for row in of_one(IN_FULL, records, parameters)]
            lacks = _lacks(row["id"] for row in found if row["state"] == ClaimState.DRAFT)
            return [kept({**row, "missing": lacks.get(row["id"], [])}, wanted) for row in found]
        noun = Built({**CLAIM.members, "highlights": HIGHLIGHTS}) if words else CLAIM
        wanted = {**wanted, "highlights": ALL} if wanted and words else wanted
        lacks = _lacks(claim.pk for claim in records if claim.state == ClaimState.DRAFT)
        page = {claim.pk: lacks.get(claim.pk, []) for claim in records}
        return projected(page, noun=noun, wanted=wanted, **parameters)

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


def _lacks(drafts: Iterable[int]) -> dict[int, list[str]]:
    """What each of these drafts lacks before it can be frozen, a sentence each."""
    keys = list(drafts)
    if not keys:
        return {}
    found = Claim.objects.filter(pk__in=keys).select_related("proposition__condition")
    return {claim.pk: [*claims.missing(claim)] for claim in found}
