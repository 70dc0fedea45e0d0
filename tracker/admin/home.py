"""The home page: what waits for whom, each number a link to its list, and what came in last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tracker.actions.reply_links import awaiting_reply, replied_to
from tracker.admin.at_work import actor, may, roles_of
from tracker.admin.blindness import hidden_claims, is_blinded
from tracker.admin.drawings import band, excerpt
from tracker.domain.judging import State
from tracker.domain.roles import Verb
from tracker.models import (
    Anchoring,
    Capture,
    Claim,
    Dispute,
    Duplicate,
    Proposition,
    Resolution,
    Round,
)

COUNT_UP_TO = 100
NEWEST = 8
QUEUE = 5

admin.site.index_template = "tracker/home.html"
admin.site.index_title = "Home"


@dataclass(frozen=True)
class Counter:
    """How much waits, and where it is listed."""

    title: str
    count: int
    note: str
    link: str

    @property
    def shown(self) -> str:
        return f"{COUNT_UP_TO}+" if self.count > COUNT_UP_TO else str(self.count)


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the home page shows, in a fixed number of queries."""
    if not roles_of(request):
        return context
    judges = may(request, Verb.JUDGE)
    return context | {
        "counters": list(_counters(request)),
        "queue": _queue(request) if judges else [],
        "judges": judges,
        "logs": may(request, Verb.LOG),
        "recent": _recent(request),
    }


def _listed(model: str, query: str) -> str:
    return f"{reverse(f'admin:tracker_{model}_changelist')}?{query}"


def _capped(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: COUNT_UP_TO + 1].count()


def _counters(request: HttpRequest) -> Sequence[Counter]:
    found = []
    if may(request, Verb.JUDGE):
        mine = Round.objects.awaiting(actor(request))
        link = _listed("round", "waiting=me")
        found.append(Counter("Open rounds for me", _capped(mine), "answer blind", link))
    if may(request, Verb.LOG):
        link = _listed("claim", "state__exact=draft")
        drafts = _capped(Claim.objects.drafts())
        found.append(Counter("Drafts to complete", drafts, "not yet frozen", link))
    if may(request, Verb.CODE) and not is_blinded(request):
        link = _listed("duplicate", "state__exact=proposed")
        theirs = Duplicate.objects.undecided().exclude(proposed_by=actor(request))
        found.append(Counter("Merges to confirm", _capped(theirs), "held to be one", link))
        link = _listed("anchoring", "waiting=alarm")
        alarms = _capped(Anchoring.objects.alarms())
        found.append(Counter("Changed words", alarms, "a page reads otherwise", link))
    if may(request, Verb.LOG):
        link = _listed("capture", "status__in=failed,blocked")
        lost = _capped(Capture.objects.failed())
        found.append(Counter("Failed captures", lost, "retry, or paste", link))
    due = Proposition.objects.due(timezone.localdate())
    link = _listed("proposition", "standing=due")
    found.append(Counter("Due", _capped(due), "past the deadline", link))
    if may(request, Verb.PUBLISH):
        found += _editors_counters()
    return found


def _editors_counters() -> list[Counter]:
    apart = Round.objects.filter(state__in=[State.SPLIT, State.ADJUDICATION, State.PANEL])
    agreed = Round.objects.filter(state=State.AGREED)
    waiting = Resolution.objects.awaiting_publication()
    asked, answered = awaiting_reply(timezone.now()), replied_to()
    pending = Dispute.objects.filter(ruling="pending")
    return [
        Counter("Split", _capped(apart), "judges differ", _listed("round", "waiting=adjudicator")),
        Counter("Agreed", _capped(agreed), "to be resolved", _listed("round", "waiting=editor")),
        Counter(
            "Awaiting publication",
            _capped(waiting),
            "reply first",
            _listed("resolution", "standing=awaiting"),
        ),
        Counter(
            "Awaiting reply",
            _capped(asked),
            "the speaker can reply",
            _listed("resolution", "standing=asked"),
        ),
        Counter(
            "Replies received",
            _capped(answered),
            "read, then publish",
            _listed("resolution", "standing=answered"),
        ),
        Counter(
            "Disputes", _capped(pending), "to be ruled on", _listed("dispute", "ruling=pending")
        ),
    ]


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
