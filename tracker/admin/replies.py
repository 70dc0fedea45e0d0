"""Replies: what named speakers answered, word for word, by an editor's hand or by a link."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.decorators import display

from tracker.actions.rounds import hidden_from
from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.models import Reply
from tracker.models.accounts import User


@admin.register(Reply)
class ReplyAdmin(EvidenceAdmin):
    related = ("resolution__proposition", "person", "recorded_by", "link")
    list_display = ("author", "words", "received_at", "way", "question")
    search_fields = ("author", "text")
    ordering = ("-id",)
    fields = ("resolution", "author", "person", "text", "received_at", "recorded_by", "way")
    readonly_fields = ("way",)

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        hidden = hidden_from(judge).values("pk")
        return rows.exclude(resolution__proposition__in=hidden)

    @display(description="Words")
    def words(self, reply: Reply) -> str:
        return excerpt(reply.text, 90)

    @display(description="Came")
    def way(self, reply: Reply) -> str:
        return "By their link" if hasattr(reply, "link") else "By an editor's hand"

    @display(description="On")
    def question(self, reply: Reply) -> str:
        return excerpt(reply.resolution.proposition.statement, 70)
