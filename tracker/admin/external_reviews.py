"""Reviews of others: their labels verbatim; judges do not see them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.decorators import display

from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.models import ExternalReview
from tracker.models.accounts import User


@admin.register(ExternalReview)
class ExternalReviewAdmin(EvidenceAdmin):
    related = ("claim__person", "claim__organisation", "claim__quotation", "proposition")
    list_display = ("reviewed", "label", "publisher", "claimant", "reviewed_on")
    search_fields = ("claim_reviewed",)
    ordering = ("-id",)
    fields = (
        "claim_reviewed",
        ("publisher", "site"),
        ("label", "value"),
        ("reviewed_on", "language"),
        "url",
        ("claimant", "claimed_on"),
        ("claim", "proposition"),
    )

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.none()

    @display(description="Claim reviewed")
    def reviewed(self, review: ExternalReview) -> str:
        return excerpt(review.claim_reviewed, 90)
