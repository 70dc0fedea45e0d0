"""Disputes: appeals against published resolutions, and how they are ruled on."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from tracker.actions.resolutions import rule_on
from tracker.actions.rounds import hidden_from
from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.admin.steps import ReasonForm, Step, choice, enact
from tracker.models import Dispute
from tracker.models.accounts import User


class RulingForm(ReasonForm):
    """Upheld or rejected, and why."""

    ruling = choice(
        "Ruling",
        [("upheld", "Upheld: judged anew by fresh judges"), ("rejected", "Rejected")],
        required=True,
    )
    field_order = ("ruling", "reason")


@admin.register(Dispute)
class DisputeAdmin(EvidenceAdmin):
    related = ("resolution__proposition", "ruled_by", "new_round__proposition")
    list_display = ("ground", "question", "ruled", "filed_by", "filed_at")
    list_filter = ("ruling",)
    search_fields = ("ground", "filed_by")
    ordering = ("-id",)
    actions_detail = ("rule",)
    fields = (
        "resolution",
        "ground",
        "text",
        ("filed_by", "filed_at"),
        ("ruling", "ruled_by", "ruled_at"),
        "ruling_reason",
        "new_round",
    )

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        hidden = hidden_from(judge).values("pk")
        return rows.exclude(resolution__proposition__in=hidden)

    @display(description="On")
    def question(self, dispute: Dispute) -> str:
        return excerpt(dispute.resolution.proposition.statement, 80)

    @display(
        description="Ruling",
        label={"Pending": "warning", "Upheld": "success", "Rejected": "danger"},
    )
    def ruled(self, dispute: Dispute) -> str:
        return dispute.get_ruling_display()

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        return frozenset({"rule"} if record.ruling == "pending" else set())

    @action(
        description="Rule on it",
        icon="balance",
        permissions=["edit"],
        variant=ActionVariant.PRIMARY,
    )
    def rule(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Upholds or rejects an appeal."""
        record = self.record(request, object_id)
        step = Step(
            title="Rule on the dispute",
            button="Rule",
            explains=(f"{record.ground}: “{record.text}”", "A ruling stands."),
            done="Ruled.",
        )
        return enact(self, request, record, step, rule_on, RulingForm, dispute=record)
