"""Alarms: words that read otherwise in another capture of their page, or are gone from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action, display

from tracker.actions.anchorings import accept, acknowledge
from tracker.admin.at_work import actor
from tracker.admin.base import EvidenceAdmin
from tracker.admin.blindness import hidden_claims, is_blinded
from tracker.admin.custody import link_of, sighted
from tracker.admin.drawings import excerpt
from tracker.admin.searches import worded_like
from tracker.admin.steps import Step, enact, prose
from tracker.admin.story import passage_of
from tracker.domain.quotes import AnchorState, Context, context
from tracker.models import Anchoring, Claim
from tracker.models.accounts import User
from tracker.models.anchorings import ALARMING

WIDTH = 300  # code points shown either side of what stands there now
STATES = {
    "Exact": "success",
    "Moved": "success",
    "Changed": "danger",
    "Confirmed": "info",
    "Orphan": "danger",
}


class NoteForm(forms.Form):
    note = prose("What the page has changed", help_text="Printed with the quotation.")


class SameWordsForm(forms.Form):
    note = prose("Why these are the same words", required=False)


class WaitingFilter(admin.SimpleListFilter):
    """Whether someone has looked at it."""

    title = "waiting"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("alarm", "Changed or gone, nobody has looked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "alarm":
            return queryset
        return queryset.filter(pk__in=Anchoring.objects.alarms().order_by().values("pk"))


@admin.register(Anchoring)
class AnchoringAdmin(EvidenceAdmin):
    """What was quoted, and how it reads in another capture of the page."""

    related = ("quotation", "snapshot__source", "seen_by")
    list_display = ("words", "standing", "reads_now", "captured_at", "source_title", "seen_by")
    list_filter = (WaitingFilter, "state")
    search_fields = ("quotation__exact",)
    search_help_text = "Words of the quotation"
    ordering = ("-id",)
    actions_detail = ("accept", "acknowledge")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("snapshot__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "quotation__exact"), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return sighted(rows, judge)

    @display(description="Quoted")
    def words(self, anchoring: Anchoring) -> str:
        return f"“{excerpt(anchoring.quotation.exact, 70)}”"

    @display(description="In this capture", ordering="state", label=STATES)
    def standing(self, anchoring: Anchoring) -> str:
        return anchoring.get_state_display()

    @display(description="Reads there")
    def reads_now(self, anchoring: Anchoring) -> str:
        return f"“{excerpt(anchoring.exact, 70)}”" if anchoring.exact else "–"

    @display(description="Captured", ordering="snapshot__captured_at")
    def captured_at(self, anchoring: Anchoring) -> Any:
        return anchoring.snapshot.captured_at

    @display(description="Source")
    def source_title(self, anchoring: Anchoring) -> str:
        return excerpt(anchoring.snapshot.source.title, 50)

    # --- the page ---

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The words as they were quoted, as they read in this capture, and who claims what."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.record(request, object_id)
        return self.page(
            request,
            "tracker/anchoring.html",
            f"“{excerpt(record.quotation.exact, 60)}”",
            record,
            line=link_of(record),
            before=passage_of(record.quotation),
            after=_there(record),
            claims=_claims(record, request),
            with_buttons=True,
        )

    # --- buttons ---

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        if record.state not in ALARMING or record.seen_at:
            return frozenset()
        gone = record.state == AnchorState.ORPHAN
        return frozenset({"acknowledge"} if gone else {"accept", "acknowledge"})

    @action(description="Same words for us", icon="done_all", permissions=["code"])
    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Takes the passage for the quoted words, in this and every capture that reads so."""
        record = self.record(request, object_id)
        step = Step(
            title="Same words for us",
            button="Accept them",
            explains=(
                f"Quoted: “{record.quotation.exact}”",
                f"Reads there: “{record.exact}”",
                "The quotation keeps its words; later captures that read so raise no alarm.",
            ),
            done="Accepted as the same words.",
        )
        return enact(self, request, record, step, accept, SameWordsForm, anchoring=record)

    @action(description="The page changed its words", icon="edit_note", permissions=["code"])
    def acknowledge(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keeps, with a note, that the page says something else now, or nothing."""
        record = self.record(request, object_id)
        step = Step(
            title="The page changed its words",
            button="Keep the note",
            explains=(
                f"Quoted: “{record.quotation.exact}”",
                f"Reads there: “{record.exact}”" if record.exact else "The words are gone.",
            ),
            done="Noted with the quotation.",
        )
        return enact(self, request, record, step, acknowledge, NoteForm, anchoring=record)


def _there(anchoring: Anchoring) -> Context | None:
    """The passage of the other capture, unless the words are gone from it."""
    if anchoring.start is None or anchoring.end is None:
        return None
    return context(anchoring.snapshot.text, anchoring.start, anchoring.end, WIDTH)


def _claims(anchoring: Anchoring, request: HttpRequest) -> list[Claim]:
    """The claims that rest on these words, as far as this person may see them."""
    first, further = anchoring.quotation.claims.all(), anchoring.quotation.also_claims.all()
    said = first.union(further).values("pk")
    claims = Claim.objects.filter(pk__in=said).select_related("person", "organisation")
    if is_blinded(request):
        claims = claims.exclude(pk__in=hidden_claims(actor(request)).values("pk"))
    return list(claims.order_by("pk"))
