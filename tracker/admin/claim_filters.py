"""Claims of one person, organisation, outlet or topic, and what became of them in the scores."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from tracker.actions.scores import Subject
from tracker.admin.blindness import is_blinded
from tracker.models import Claim, ClaimAccount, Organisation, Person, Source, Topic
from tracker.models.scores import Account

NOUNS: dict[Subject, Any] = {
    Subject.PEOPLE: Person,
    Subject.ORGANISATIONS: Organisation,
    Subject.OUTLETS: Organisation,
    Subject.TOPICS: Topic,
}


def of_subject(subject: Subject, pk: int) -> Q:
    """What holds of a subject's claims; those of merged records are the standing one's."""
    if subject is Subject.OUTLETS:
        return Q(quotation__snapshot__source__in=Source.objects.published_by([pk]))
    return {
        Subject.PEOPLE: Q(person=pk) | Q(person__merged_into=pk),
        Subject.ORGANISATIONS: Q(organisation=pk) | Q(organisation__merged_into=pk),
        Subject.TOPICS: Q(proposition__topic=pk),
    }[subject]


def listed(subject: Subject, pk: int, **filters: str) -> str:
    """The address of a subject's claims in their list."""
    query = urlencode({"of": f"{subject.value}-{pk}", **filters})
    return f"{reverse('admin:tracker_claim_changelist')}?{query}"


class OfFilter(admin.SimpleListFilter):
    """Whose claims: chosen by a link on the page of whom they are of."""

    title = "whose"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        given = self.used_parameters.get("of", "")
        if found := _asked(given):
            subject, pk = found
            name = NOUNS[subject].objects.filter(pk=pk).values_list("name", flat=True).first()
            return [(given, f"{subject.value}: {name}")] if name is not None else []
        return []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        found = _asked(self.value() or "")
        return queryset.filter(of_subject(*found)) if found else queryset


class AccountFilter(admin.SimpleListFilter):
    """What became of claims in the scores; asked of one subject's alone, for it is counted then."""

    title = "account"
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        if is_blinded(request) or not _asked(request.GET.get("of", "")):
            return []
        return [(account.value, account.value.replace("_", " ")) for account in Account]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        if not (value := self.value()):
            return queryset
        if value == Account.SCORED:
            return queryset.filter(score_item__isnull=False)
        account = ClaimAccount.objects.filter(claim=OuterRef("pk")).values("account")
        return queryset.alias(ended=Subquery(account)).filter(ended=value)


def _asked(given: str) -> tuple[Subject, int] | None:
    """The subject that an address names, such as people-4."""
    name, _, key = given.partition("-")
    known = name in set(Subject) and key.isascii() and key.isdecimal() and len(key) < 10
    return (Subject(name), int(key)) if known else None
