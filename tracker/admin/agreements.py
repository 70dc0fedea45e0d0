"""How far judges and readers agree: alpha with its interval, per field, codebook and queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from tracker.actions.agreements import ALL, Line, agreements
from tracker.admin.base import EvidenceAdmin
from tracker.domain.agreement import Level, Reading, reading
from tracker.models import CodePattern

PERMITS = {
    Reading.RELY: "Rely on it",
    Reading.TENTATIVE: "Tentative only",
    Reading.NO_RANKING: "Too low for any ranking",
    Reading.UNDEFINED: "Not defined: no two codes differ",
}
FIELDS = {
    "condition": "Condition, met or not",
    "outcome": "Outcome",
    "probability": "Probability, as read from the words",
}
LEVELS = {
    Level.NOMINAL: "all answers, equal or not",
    Level.ORDINAL: "the grades 1 to 5, by rank",
    Level.INTERVAL: "by distance",
    Level.RATIO: "in proportion",
}
QUEUES = {ALL: "All", "readings": "Readings"}


@dataclass(frozen=True)
class Row:
    """One line of the page, in words."""

    field: str
    codebook: str
    queue: str
    alpha: str
    interval: str
    rests_on: str
    permits: str

    @property
    def short(self) -> str:
        """Which codes, of which queue."""
        return f"{self.field.partition(',')[0].partition(':')[0]}: {self.queue.lower()}"


def row(line: Line) -> Row:
    found = line.agreement
    limits = found.interval
    return Row(
        field=f"{FIELDS[line.field]}: {LEVELS[found.level]}",
        codebook=line.codebook,
        queue=QUEUES.get(line.queue, line.queue.replace("_", " ").capitalize()),
        alpha="–" if found.alpha is None else f"{found.alpha:.3f}",
        interval=f"{limits.low:.2f} to {limits.high:.2f}" if limits else "–",
        rests_on=f"{found.ratings} codes of {found.units} units",
        permits=PERMITS[reading(found.alpha)],
    )


@admin.register(CodePattern)
class AgreementAdmin(EvidenceAdmin):
    """Krippendorff's alpha of what was coded before anybody talked."""

    exported = False  # its rows are counts of codes, and its page is no list of them

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = [row(line) for line in agreements()]
        return self.page(request, "tracker/agreement.html", "Agreement", rows=rows)
