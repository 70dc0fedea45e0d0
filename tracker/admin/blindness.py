"""What a judge must not see: who said it, where, in which words and how sure, until they answer.

Codebook, "Who decides", 2. Who judges is blinded, also who codes besides: what they coded or read
themselves stays open to them, for others judge it. Editors see everything, and answer for it.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from tracker.actions.rounds import hidden_from
from tracker.admin.at_work import roles_of
from tracker.domain.judging import Role
from tracker.models import Claim, Quotation, Source
from tracker.models.accounts import User


def is_blinded(request: HttpRequest) -> bool:
    roles = roles_of(request)
    return Role.JUDGE in roles and not roles & {Role.EDITOR, Role.ADMIN}


def hidden_claims(judge: User) -> QuerySet[Claim]:
    return Claim.objects.filter(proposition__in=hidden_from(judge).values("pk")).order_by()


def hidden_quotations(judge: User) -> QuerySet[Quotation]:
    claims = hidden_claims(judge).values("pk")
    return Quotation.objects.filter(Q(claims__in=claims) | Q(also_claims__in=claims)).order_by()


def hidden_sources(judge: User) -> QuerySet[Source]:
    quotations = hidden_quotations(judge).values("pk")
    return Source.objects.filter(snapshots__quotations__in=quotations).kin()
