"""The home page: what waits for whom, how the weeks went, how far people agree, what came last."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from tracker.actions.agreements import agreements
from tracker.actions.weeks import weekly
from tracker.admin.agreements import Row, row
from tracker.admin.at_work import actor, may, roles_of
from tracker.admin.blindness import hidden_claims, is_blinded
from tracker.admin.counters import desks
from tracker.admin.drawings import band, excerpt, weeks
from tracker.domain.agreement import Level
from tracker.domain.roles import Verb
from tracker.models import Claim, Round
from tracker.models.agreements import CodedField

NEWEST = 8
QUEUE = 5
AGREED_FOR = 300
"""Seconds for which the table of agreement is kept: its intervals are drawn at length."""

admin.site.index_template = "tracker/home.html"
admin.site.index_title = "Home"


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the home page shows, in a fixed number of queries."""
    if not roles_of(request):
        return context
    judges = may(request, Verb.JUDGE)
    shown = weekly(timezone.localdate())
    found = desks(request)
    return context | {
        "desks": found,
        "counters": [counter for desk in found for counter in desk.counters],
        "weeks": shown,
        "chart": weeks(shown),
        "agreement": _agreement(),
        "queue": _queue(request) if judges else [],
        "judges": judges,
        "logs": may(request, Verb.LOG),
        "recent": _recent(request),
    }


def _agreement() -> list[Row]:
    """How far judges agree about outcomes and readers about words, by queue."""
    kept: list[Row] | None = cache.get("agreement")
    if kept is None:
        told = [line for line in agreements() if _telling(line.field, line.agreement.level)]
        kept = [row(line) for line in told]
        cache.set("agreement", kept, AGREED_FOR)
    return kept


def _telling(field: CodedField, level: Level) -> bool:
    return level is (Level.INTERVAL if field is CodedField.PROBABILITY else Level.NOMINAL)


def _queue(request: HttpRequest) -> list[Round]:
    judge = actor(request)
    mine = Round.objects.awaiting(judge).select_related("proposition")
    return list(mine.shuffled_for(judge)[:QUEUE])


def _recent(request: HttpRequest) -> list[dict[str, Any]]:
    """The claims that were logged last; a judge sees none that they have yet to judge."""
    claims = Claim.objects.with_story().defer("quotation__snapshot__text").order_by("-id")
    if is_blinded(request):
        claims = claims.exclude(pk__in=hidden_claims(actor(request)).values("pk"))
    return [
        {
            "claim": claim,
            "words": excerpt(claim.quotation.exact, 100),
            "drawn": band(claim.p_low, claim.p_point, claim.p_high),
        }
        for claim in claims[:NEWEST]
    ]
