"""Seats in rounds, and the list of every exception from the separation of duties."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.decorators import display

from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.admin.searches import worded_like
from tracker.domain.judging import Role
from tracker.models import Assignment, Override
from tracker.models.accounts import User


class DutyAdmin(EvidenceAdmin):
    """What assignments and exceptions have in common: a round and a person."""

    search_fields = ("round__proposition__statement",)
    ordering = ("-id",)

    def get_search_results(
        self, request: Any, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "round__proposition__statement"), False

    @display(description="Proposition")
    def question(self, record: Assignment | Override) -> str:
        return excerpt(record.round.proposition.statement, 100)


@admin.register(Assignment)
class AssignmentAdmin(DutyAdmin):
    """Who holds which seat; a judge sees their own."""

    related = ("round__proposition", "judge", "assigned_by")
    list_display = ("question", "judge", "assigned_by", "assigned_at", "released_at")
    list_filter = (("released_at", admin.EmptyFieldListFilter),)
    fields = ("round", "judge", "assigned_by", "assigned_at", "released_at")

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.filter(judge=judge)


@admin.register(Override)
class OverrideAdmin(DutyAdmin):
    """Exceptions, with who made them and why; judges would learn from it who coded what."""

    view_roles = frozenset({Role.CODER, Role.EDITOR, Role.ADMIN})
    related = ("round__proposition", "judge", "granted_by")
    list_display = ("question", "judge", "reason", "granted_by", "granted_at")
    fields = ("round", "judge", "reason", "granted_by", "granted_at")

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.filter(round__closed_at__isnull=False)
