"""What follows from the record: score items and published tables."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html
from unfold.decorators import display

from tracker.actions.rounds import hidden_from
from tracker.admin.base import EvidenceAdmin
from tracker.admin.blindness import hidden_claims, is_blinded
from tracker.admin.drawings import excerpt, percent, signed
from tracker.admin.scoreboards import board_file, board_page
from tracker.models import ScoreItem, ScoreRun
from tracker.models.accounts import User


def improvement_over(base: int, p: int, y: int) -> float:
    """(b - y)^2 - (p - y)^2 of one claim, from permille; positive beats the base rate."""
    return ((base / 1000 - y) ** 2) - ((p / 1000 - y) ** 2)


class HappenedFilter(admin.SimpleListFilter):
    """Whether the event happened."""

    title = "happened"
    parameter_name = "happened"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "It happened"), ("0", "It did not")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.value()
        return queryset.filter(y=asked) if asked in ("0", "1") else queryset


@admin.register(ScoreItem)
class ScoreItemAdmin(EvidenceAdmin):
    """One claim's probability against one outcome; derived, never edited."""

    related = ("person", "organisation", "topic", "proposition", "claim__quotation")
    list_display = ("event", "speaker", "said", "happened", "brier", "tier", "marks")
    list_filter = ("tier", HappenedFilter, "flagged", "hindsight")
    search_fields = ("person__name", "organisation__name")
    ordering = ("-claim",)
    fields = ("event", "speaker", "said", "happened", "brier", "basis", "tier", "phrase", "marks")
    readonly_fields = ("event", "speaker", "said", "happened", "brier", "basis", "marks")

    def get_urls(self) -> list[Any]:
        board = self.admin_site.admin_view(self.board)
        export = self.admin_site.admin_view(self.board_export)
        return [
            path("scoreboard/", board, name="tracker_scoreboard"),
            path("scoreboard/export/", export, name="tracker_scoreboard_export"),
            *super().get_urls(),
        ]

    def board(self, request: HttpRequest) -> HttpResponse:
        """Everybody by what may be said of them; a judge at work sees none of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        board = None if is_blinded(request) else board_page(request)
        media = self.media + board.form.media if board else self.media
        return self.page(request, "tracker/scoreboard.html", "Scoreboard", board=board, media=media)

    def board_export(self, request: HttpRequest) -> HttpResponse:
        """The board as it is seen, as CSV; not for a judge at work."""
        if not self.has_view_permission(request) or is_blinded(request):
            raise PermissionDenied
        return HttpResponse(
            board_file(request),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="scoreboard.csv"'},
        )

    def sighted(self, rows: QuerySet[ScoreItem], judge: User) -> QuerySet[ScoreItem]:
        hidden = hidden_from(judge).values("pk")
        return rows.exclude(proposition__in=hidden).exclude(
            claim__in=hidden_claims(judge).values("pk")
        )

    @display(description="Event")
    def event(self, item: ScoreItem) -> str:
        return excerpt(item.proposition.statement, 80)

    @display(description="Speaker")
    def speaker(self, item: ScoreItem) -> str:
        return str(item.person or item.organisation)

    @display(description="Said", ordering="p")
    def said(self, item: ScoreItem) -> str:
        return percent(item.p)

    @display(description="Happened", boolean=True)
    def happened(self, item: ScoreItem) -> bool:
        return bool(item.y)

    @display(description="Brier score")
    def brier(self, item: ScoreItem) -> str:
        return f"{(item.p / 1000 - item.y) ** 2:.3f}"

    @display(description="Improvement over the base rate")
    def basis(self, item: ScoreItem) -> str:
        if item.base_rate is None:
            return "No base rate was coded; tables use that of the other events."
        gained = improvement_over(item.base_rate, item.p, item.y)
        return f"{signed(gained)} over {percent(item.base_rate)}"

    @display(description="Marks", label=True)
    def marks(self, item: ScoreItem) -> list[str]:
        marks = ["possibility word"] if item.flagged else []
        return [*marks, "coded after the outcome"] if item.hindsight else marks


@admin.register(ScoreRun)
class ScoreRunAdmin(EvidenceAdmin):
    """A published table with all that is needed to compute it again."""

    related = ("lexicon", "published_by")
    list_display = ("title", "as_of", "method_version", "lexicon", "published_at", "published_by")
    search_fields = ("title",)
    ordering = ("-published_at", "-id")
    fields = (
        "title",
        "as_of",
        "method_version",
        "lexicon",
        "seed",
        "input_sha256",
        "published_by",
        "published_at",
        "lines",
    )
    readonly_fields = ("lines",)

    @display(description="Table")
    def lines(self, run: ScoreRun) -> str:
        return format_html('<pre class="t-json">{}</pre>', json.dumps(run.table, indent=1))
