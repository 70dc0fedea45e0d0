"""What lists of claims can be narrowed to."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tracker.api.duplicates import StandingClaims
from tracker.api.filters import Chosen, Flag, Id, OfSource, Several, keys, within
from tracker.api.search import Words
from tracker.api.topics import subtree
from tracker.domain.judging import OutcomeAnswer
from tracker.domain.provenance import Grade
from tracker.models import (
    Claim,
    ClaimAccount,
    CurrentResolution,
    HedgeTerm,
    Organisation,
    Person,
    Resolution,
    Source,
)
from tracker.models.claims import ClaimState, Kind, Polarity, Tier
from tracker.models.scores import Account

Claims = QuerySet[Claim]


class ClaimFilter(StandingClaims):
    q = Words(label="In quotations, proposition or title: words, “phrases”, OR, -not.")
    speaker = Several(method="by_person", label="Ids or slugs of people, with commas.")
    organisation = Several(
        method="by_organisation", label="Ids or slugs, with commas; with all below them."
    )
    outlet = Several(method="by_outlet", label="Ids or slugs, with commas.")
    topic = django_filters.CharFilter(method="about", label="Id or slug; with all below it.")
    proposition = Id(field_name="proposition_id")
    source = OfSource(field_name="quotation__snapshot__source")
    state = Chosen(ClaimState)
    account = Chosen(Account, method="accounted", label="What became of it in the scores.")
    resolved = Flag(method="is_resolved", label="Has a published resolution.")
    outcome = Chosen(OutcomeAnswer, method="came_out", label="Published and current.")
    kind = Chosen(Kind)
    polarity = Chosen(Polarity)
    hedge = django_filters.CharFilter(
        method="hedged", label="The hedge words, or the lexicon's phrase that governs."
    )
    tier = Chosen(Tier, field_name="p_tier")
    provenance = Chosen(Grade, field_name="quotation__provenance")
    said_from = django_filters.DateFilter(field_name="said_on", lookup_expr="gte")
    said_to = django_filters.DateFilter(field_name="said_on", lookup_expr="lte")
    due_from = django_filters.DateFilter(field_name="proposition__deadline", lookup_expr="gte")
    due_to = django_filters.DateFilter(field_name="proposition__deadline", lookup_expr="lte")
    resolved_from = django_filters.DateFilter(method="published", label="First day, in UTC.")
    resolved_to = django_filters.DateFilter(method="published", label="Last day, in UTC.")
    conditional = Flag(method="is_conditional", label="Has a condition.")
    coded_after_outcome = Flag()
    revision = Flag(field_name="revises", lookup_expr="isnull", exclude=True)
    external_id = django_filters.CharFilter()

    def by_person(self, queryset: Claims, name: str, value: str) -> Claims:
        return queryset.filter(person__in=keys(Person, value))

    def by_organisation(self, queryset: Claims, name: str, value: str) -> Claims:
        return queryset.filter(organisation__in=within(keys(Organisation, value)))

    def by_outlet(self, queryset: Claims, name: str, value: str) -> Claims:
        sources = Source.objects.order_by().published_by(keys(Organisation, value))
        return queryset.filter(quotation__snapshot__source__in=sources)

    def about(self, queryset: Claims, name: str, value: str) -> Claims:
        return queryset.filter(proposition__topic__in=subtree(value))

    def accounted(self, queryset: Claims, name: str, value: list[str]) -> Claims:
        if not value:
            return queryset
        if value == [Account.SCORED]:
            return queryset.filter(score_item__isnull=False)
        # One by one, as far as the page reaches: to join the view would keep account of all.
        account = ClaimAccount.objects.filter(claim=OuterRef("pk")).values("account")
        return queryset.alias(became=Subquery(account)).filter(became__in=value)

    def is_resolved(self, queryset: Claims, name: str, value: bool) -> Claims:
        return queryset.filter(Exists(_resolutions()) if value else ~Exists(_resolutions()))

    def came_out(self, queryset: Claims, name: str, value: list[str]) -> Claims:
        if not value:
            return queryset
        settled = CurrentResolution.objects.filter(proposition=OuterRef("proposition"))
        found = Subquery(settled.values("outcome")[:1])
        return queryset.alias(outcome=found).filter(outcome__in=value)

    def published(self, queryset: Claims, name: str, value: date) -> Claims:
        end = "gte" if name == "resolved_from" else "lte"
        found = _resolutions().filter(**{f"published_at__date__{end}": value})
        return queryset.filter(Exists(found))

    def hedged(self, queryset: Claims, name: str, value: str) -> Claims:
        terms = HedgeTerm.objects.filter(phrase=value.lower()).values_list("pk", flat=True)
        return queryset.filter(Q(hedge=value) | Q(hedge_term__in=list(terms)))

    def is_conditional(self, queryset: Claims, name: str, value: bool) -> Claims:
        return queryset.filter(proposition__isnull=False, proposition__condition__isnull=not value)


def _resolutions() -> QuerySet[Resolution]:
    """The published and current one of a claim's proposition."""
    return Resolution.objects.filter(
        proposition=OuterRef("proposition"), superseded_by=None, published_at__isnull=False
    ).order_by()
