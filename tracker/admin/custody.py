"""The custody of a quotation: where it was taken from, and what became of it in other captures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.admin.at_work import actor
from tracker.admin.blindness import hidden_quotations, hidden_sources, is_blinded
from tracker.domain.passages import DiffPiece, diff
from tracker.domain.quotes import AnchorState
from tracker.models import Anchoring, Quotation, Snapshot
from tracker.models.accounts import User
from tracker.models.anchorings import ALARMING

BECAME = {
    AnchorState.EXACT: "stands at the same place",
    AnchorState.MOVED: "stands elsewhere in the text",
    AnchorState.CHANGED: "reads otherwise",
    AnchorState.CONFIRMED: "reads otherwise, accepted as the same words",
    AnchorState.ORPHAN: "is gone",
}


@dataclass(frozen=True)
class Link:
    """One other capture of the page: what became of the words there, and who looked at it."""

    anchoring: Anchoring
    became: str
    alarm: bool
    pieces: Sequence[DiffPiece]

    @property
    def snapshot(self) -> Snapshot:
        return self.anchoring.snapshot


def link_of(anchoring: Anchoring) -> Link:
    """An anchoring as pages show it; the difference only where the words differ."""
    differs = anchoring.exact not in ("", anchoring.quotation.exact)
    return Link(
        anchoring=anchoring,
        became=BECAME[AnchorState(anchoring.state)],
        alarm=anchoring.state in ALARMING and anchoring.seen_at is None,
        pieces=diff(anchoring.quotation.exact, anchoring.exact) if differs else (),
    )


def custody_of(quotation: Quotation, request: HttpRequest) -> list[Link]:
    """The quotation in every other capture, oldest first, in one query."""
    return _links(Anchoring.objects.filter(quotation=quotation), request)


def alarms_of(quotations: Sequence[Quotation], request: HttpRequest) -> list[Link]:
    """Captures in which these words read otherwise or are gone, unless someone has looked."""
    return _links(Anchoring.objects.alarms().filter(quotation__in=quotations), request)


def _links(found: QuerySet[Anchoring], request: HttpRequest) -> list[Link]:
    if is_blinded(request):
        found = sighted(found, actor(request))
    related = found.select_related("quotation", "snapshot", "seen_by").defer("snapshot__text")
    return [link_of(one) for one in related.order_by("snapshot__captured_at", "pk")]


def sighted(rows: QuerySet[Anchoring], judge: User) -> QuerySet[Anchoring]:
    """Those that give a judge nothing away: neither what was quoted nor from which page."""
    hidden = hidden_quotations(judge).values("pk")
    sources = hidden_sources(judge).values("pk")
    return rows.exclude(quotation__in=hidden).exclude(snapshot__source__in=sources)
