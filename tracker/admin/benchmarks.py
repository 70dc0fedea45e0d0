"""Base rates, markets and crowds: the probabilities that claims are measured against."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.decorators import display

from tracker.actions.rounds import hidden_from
from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt, percent
from tracker.models import Benchmark
from tracker.models.accounts import User


@admin.register(Benchmark)
class BenchmarkAdmin(EvidenceAdmin):
    """A base rate, market or crowd probability; added from its proposition's page."""

    related = ("proposition", "coder")
    list_display = ("short", "kind", "probability", "as_of", "method", "coder")
    list_filter = ("kind",)
    search_fields = ("proposition__statement",)
    ordering = ("-id",)
    fields = ("proposition", "kind", "probability", "as_of", "method", "source", "coder")
    readonly_fields = ("probability",)

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(proposition__in=hidden_from(judge).values("pk"))

    @display(description="Proposition")
    def short(self, benchmark: Benchmark) -> str:
        return excerpt(benchmark.proposition.statement, 90)

    @display(description="Probability", ordering="p")
    def probability(self, benchmark: Benchmark) -> str:
        return percent(benchmark.p)
