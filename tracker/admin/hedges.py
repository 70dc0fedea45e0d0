"""Lexicons and their terms: what hedge words mean to readers, each with its source."""

from __future__ import annotations

from django.contrib import admin
from unfold.decorators import display

from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import band, excerpt, percent
from tracker.models import HedgeTerm, Lexicon


@admin.register(Lexicon)
class LexiconAdmin(EvidenceAdmin):
    list_display = ("version", "title", "frozen_at")
    search_fields = ("version", "title")
    fields = ("version", "title", "source", "frozen_at")
    ordering = ("-frozen_at", "-id")


@admin.register(HedgeTerm)
class HedgeTermAdmin(EvidenceAdmin):
    related = ("lexicon",)
    list_display = ("phrase", "drawn", "range", "evidence", "used", "source_words", "lexicon")
    list_filter = ("kind_code", "mode", "lexicon")
    search_fields = ("phrase",)
    fields = (
        "phrase",
        "lexicon",
        "drawn",
        "range",
        "scored_at",
        "evidence",
        "kind",
        "respondents",
        "source",
        "licence",
        "base_phrase",
        "used",
        "note",
    )
    readonly_fields = ("drawn", "range", "scored_at", "evidence", "used")
    ordering = ("-lexicon", "-point", "phrase")

    @display(description="Band")
    def drawn(self, term: HedgeTerm) -> str:
        return band(term.low, term.point, term.high)

    @display(description="Low, median, high")
    def range(self, term: HedgeTerm) -> str:
        return f"{percent(term.low)} · {percent(term.point)} · {percent(term.high)}"

    @display(description="Scored at")
    def scored_at(self, term: HedgeTerm) -> str:
        return f"{percent(term.score_p)}, the mean; readers spread by {term.score_sd:.2f}"

    @display(
        description="Evidence",
        label={"Interpolation": "warning", "Rule": "warning", "Published raw": "success"},
    )
    def evidence(self, term: HedgeTerm) -> str:
        return term.get_kind_code_display()

    @display(description="Used for")
    def used(self, term: HedgeTerm) -> str:
        return term.get_mode_display()

    @display(description="Source")
    def source_words(self, term: HedgeTerm) -> str:
        return excerpt(term.source, 60)
