"""What waits, for whom: each number a link to the list that shows exactly those rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tracker.actions.reply_links import awaiting_reply, replied_to
from tracker.admin.at_work import actor, may
from tracker.admin.blindness import is_blinded
from tracker.domain.judging import APART, State
from tracker.domain.quotes import AnchorState
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


@dataclass(frozen=True)
class Desk:
    """What waits on one desk; a desk on which nothing waits is shown all the same."""

    title: str
    counters: tuple[Counter, ...]

    @property
    def waiting(self) -> bool:
        return any(counter.count for counter in self.counters)


def counter(title: str, note: str, model: str, query: str, rows: QuerySet[Any]) -> Counter:
    """Counts no further than the page shows: a backlog of a million costs what a hundred cost."""
    listed = reverse(f"admin:tracker_{model}_changelist")
    found: int = rows.order_by()[: COUNT_UP_TO + 1].count()
    return Counter(title, found, note, f"{listed}?{query}")


def desks(request: HttpRequest) -> list[Desk]:
    """The desks of whoever is at work, in the order of the work."""
    found = [
        Desk("Mine", tuple(_mine(request))),
        Desk("To judge", tuple(_to_judge(request))),
        Desk("To publish", tuple(_to_publish(request))),
        Desk("Evidence", tuple(_evidence(request))),
    ]
    return [desk for desk in found if desk.counters]


def _mine(request: HttpRequest) -> Iterator[Counter]:
    me = actor(request)
    if may(request, Verb.JUDGE):
        mine = Round.objects.awaiting(me)
        yield counter("Open rounds for me", "answer blind", "round", "waiting=me", mine)
    if may(request, Verb.LOG):
        drafts = Claim.objects.drafts()
        query = f"coder__exact={me.pk}&state__exact=draft"
        yield counter("My drafts", "not yet frozen", "claim", query, drafts.filter(coder=me))
        yield counter("All drafts", "anybody's", "claim", "state__exact=draft", drafts)
    if may(request, Verb.CODE) and not is_blinded(request):
        theirs = Duplicate.objects.undecided().exclude(proposed_by=me)
        yield counter("Merges to confirm", "held to be one", "duplicate", "waiting=me", theirs)


def _to_judge(request: HttpRequest) -> Iterator[Counter]:
    today, ask = timezone.localdate(), Proposition.objects
    yield counter("Due", "past the deadline", "proposition", "standing=due", ask.due(today))
    late = ask.overdue(today)
    yield counter("Overdue", "for four weeks", "proposition", "standing=overdue", late)
    soon = ask.due_soon(today)
    yield counter("Due this week", "the deadline is near", "proposition", "standing=soon", soon)
    if may(request, Verb.PUBLISH):
        apart = Round.objects.under_way().filter(state__in=sorted(APART))
        yield counter("Split", "judges differ", "round", "waiting=adjudicator", apart)
        agreed = Round.objects.under_way().filter(state=State.AGREED)
        yield counter("Agreed", "to be resolved", "round", "waiting=editor", agreed)


def _to_publish(request: HttpRequest) -> Iterator[Counter]:
    if not may(request, Verb.PUBLISH):
        return
    now = timezone.now()
    kept = Resolution.objects.awaiting_publication()
    ready = kept.filter(reply_until__lte=now)
    for title, note, standing, rows in (
        ("Ready to publish", "the reply window is over", "ready", ready),
        ("Awaiting publication", "all of them", "awaiting", kept),
        ("Awaiting reply", "the speaker can reply", "asked", awaiting_reply(now)),
        ("Replies received", "read, then publish", "answered", replied_to()),
    ):
        yield counter(title, note, "resolution", f"standing={standing}", rows)
    pending = Dispute.objects.filter(ruling="pending")
    yield counter("Disputes", "to be ruled on", "dispute", "ruling=pending", pending)


def _evidence(request: HttpRequest) -> Iterator[Counter]:
    if may(request, Verb.LOG):
        lost = Capture.objects.failed()
        query = "status__in=failed,blocked"
        yield counter("Failed captures", "retry, or paste", "capture", query, lost)
    if may(request, Verb.CODE) and not is_blinded(request):
        for title, note, state in (
            ("Changed words", "a page reads otherwise", AnchorState.CHANGED),
            ("Orphaned quotations", "gone from the page", AnchorState.ORPHAN),
        ):
            rows = Anchoring.objects.alarms().filter(state=state)
            query = f"waiting=alarm&state__exact={state}"
            yield counter(title, note, "anchoring", query, rows)
