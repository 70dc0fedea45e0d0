"""Readings: what readers take hedge words to mean, blind to the outcome and to each other."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from tracker.admin.at_work import actor, may
from tracker.admin.base import EvidenceAdmin
from tracker.admin.blindness import hidden_claims
from tracker.admin.drawings import band, excerpt, percent
from tracker.domain.roles import Verb
from tracker.models import Reading
from tracker.models.accounts import User


@admin.register(Reading)
class ReadingAdmin(EvidenceAdmin):
    """Readers see their own; editors see all, never what a reader believes."""

    related = ("claim__quotation", "reader")
    list_display = ("words", "drawn", "range", "reader", "read_at")
    search_fields = ("claim__quotation__exact",)
    fields = ("words", "drawn", "range", "reader", "read_at")
    readonly_fields = ("words", "drawn", "range")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows if may(request, Verb.CURATE) else rows.filter(reader=actor(request))

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(claim__in=hidden_claims(judge).values("pk"))

    @display(description="Words")
    def words(self, reading: Reading) -> str:
        return f"“{excerpt(reading.claim.quotation.exact, 80)}”"

    @display(description="Band")
    def drawn(self, reading: Reading) -> str:
        return band(reading.low, reading.best, reading.high)

    @display(description="Low, best, high")
    def range(self, reading: Reading) -> str:
        return f"{percent(reading.low)} · {percent(reading.best)} · {percent(reading.high)}"
