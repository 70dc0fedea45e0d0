"""Propositions: what the world can settle; and the base rates they are measured against."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display

from tracker.actions.propositions import (
    PropositionDraft,
    edit_proposition,
    file_proposition,
    missing_of,
)
from tracker.actions.rounds import hidden_from
from tracker.admin.alike import page_of as duplicates_of
from tracker.admin.at_work import actor
from tracker.admin.base import TrackerForm
from tracker.admin.blindness import hidden_claims, is_blinded
from tracker.admin.drawings import dated, excerpt, percent
from tracker.admin.proposition_steps import PropositionSteps
from tracker.admin.searches import worded_like
from tracker.admin.sentences import helped, said_of
from tracker.admin.steps import why
from tracker.domain.roles import Verb
from tracker.models import Claim, Outcome, Proposition

WORDING = ("statement", "criteria", "resolution_sources", "topic")
CONDITION = ("condition", "condition_required", "condition_words")
DEADLINE = ("deadline", "deadline_basis", "deadline_words", "deadline_reason", "review_on")
RATINGS = ("specificity", "difficulty", "importance")
# What a speaker said; hidden from who judges, with all that was noted about it.
SPOKEN = frozenset({"condition_words", "deadline_words", "deadline_reason", "note"})


class DueFilter(admin.SimpleListFilter):
    """Where a proposition stands on its way to a verdict."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draft", "Draft: not frozen"),
            ("due", "Due: to be judged"),
            ("overdue", "Overdue: due for four weeks"),
            ("soon", "Due within a week"),
            ("waiting", "Waiting for its deadline"),
            ("judged", "Being judged"),
            ("resolved", "Resolved"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        if self.value() == "draft":
            return queryset.filter(frozen_at=None)
        if self.value() == "due":
            return queryset.filter(pk__in=Proposition.objects.due(today).order_by().values("pk"))
        if self.value() == "overdue":
            return queryset.filter(pk__in=Proposition.objects.overdue(today).values("pk"))
        if self.value() == "soon":
            return queryset.filter(pk__in=Proposition.objects.due_soon(today).values("pk"))
        if self.value() == "waiting":
            waiting = Proposition.objects.unsettled().filter(
                Q(deadline__gte=today) | Q(deadline=None), event_seen=False
            )
            return queryset.filter(pk__in=waiting.order_by().values("pk"))
        if self.value() == "judged":
            return queryset.filter(rounds__isnull=False, rounds__closed_at=None)
        if self.value() == "resolved":
            return queryset.filter(
                resolutions__isnull=False, resolutions__superseded_by__isnull=True
            )
        return queryset


class PropositionForm(TrackerForm):
    reason = why()


@admin.register(Proposition)
class PropositionAdmin(PropositionSteps):
    form = PropositionForm
    add_verb = Verb.LOG
    change_verb = Verb.CODE
    related = ("topic", "condition")
    list_display = ("short", "topic", "due", "basis", "conditional", "stage")
    list_filter = (DueFilter, "deadline_basis")
    search_fields = ("statement",)
    search_help_text = "Words of the statement"
    autocomplete_fields = ("topic", "condition")
    change_form_template = "tracker/proposition.html"

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """The columns; a judge at work reads the day without the speaker's words for it."""
        day = {"due": "deadline"} if is_blinded(request) else {}
        return [day.get(name, name) for name in self.list_display]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return ["-id"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "statement"), False

    # --- the form ---

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = SPOKEN if self._hides(request, obj) else frozenset()
        groups = [
            (None, WORDING),
            ("Condition", CONDITION),
            ("Deadline", DEADLINE),
            ("Ratings, blind to the outcome", (*RATINGS, "note")),
        ]
        rows = [(name, {"fields": [f for f in names if f not in hidden]}) for name, names in groups]
        if obj is not None and self.has_change_permission(request, obj):
            rows[-1][1]["fields"].append("reason")
        return rows

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The form, with the codebook's words below each field that is coded by them."""
        form = super().get_form(request, obj, change, **options)
        for name, field in form.base_fields.items():
            if said := said_of(name):
                field.help_text = helped(field.help_text, name.replace("_", " "), said)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or obj.frozen_at is None:
            return ()
        return ("statement", "criteria", *CONDITION[:2], *DEADLINE[:2])

    def _hides(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None or not is_blinded(request):
            return False
        known = vars(request)
        if "hides" not in known:
            known["hides"] = hidden_from(actor(request)).filter(pk=obj.pk).exists()
        return bool(known["hides"])

    def file(self, request: HttpRequest, data: dict[str, Any]) -> Proposition:
        condition = data.pop("condition", None)
        topic = data.pop("topic", None)
        data.pop("reason", None)
        basis = data.pop("deadline_basis")
        draft = PropositionDraft(
            **data,
            # "none" is the form's own beginning: a date without a basis counts as stated.
            deadline_basis="" if basis == "none" else basis,
            topic=topic.slug if topic else "",
            condition=PropositionDraft(id=condition.pk) if condition else None,
        )
        return file_proposition(by=actor(request), draft=draft)

    def amend(
        self, request: HttpRequest, record: Any, changes: dict[str, Any], reason: str
    ) -> None:
        edit_proposition(by=actor(request), proposition=record, reason=reason, **changes)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        proposition = options.get("obj")
        if proposition:
            context |= self._page(request, proposition)
        return super().render_change_form(request, context, *args, **options)

    def _page(self, request: HttpRequest, proposition: Proposition) -> dict[str, Any]:
        """What else is known of it: who speaks to it, what happened, how it was judged."""
        blinded = is_blinded(request)
        claims = proposition.claims.select_related("person", "organisation", "quotation")
        resolutions = proposition.resolutions.select_related("decided_by")
        benchmarks = list(proposition.benchmarks.all())
        if blinded:
            hidden = hidden_claims(actor(request)).values("pk")
            claims = claims.exclude(pk__in=hidden)
        hides = self._hides(request, proposition)
        rounds = proposition.rounds.order_by("-number")
        return {
            "claims": [_claim_line(claim) for claim in claims[:25]],
            "outcomes": list(Outcome.objects.filter(propositions=proposition)[:25]),
            "rounds": list(rounds.filter(closed_at=None) if hides else rounds),
            "resolutions": [] if hides else list(resolutions.order_by("-seq")),
            "benchmarks": []
            if hides
            else [(b, percent(b.p), b.get_kind_display()) for b in benchmarks],
            "missing": [] if proposition.frozen_at or hides else missing_of(proposition),
            "hides": hides,
            **duplicates_of(request, proposition),
        }

    # --- columns ---

    @display(description="Statement", ordering="id")
    def short(self, proposition: Proposition) -> str:
        return excerpt(proposition.statement, 100)

    @display(description="Basis")
    def basis(self, proposition: Proposition) -> str:
        return proposition.get_deadline_basis_display()

    @display(description="Deadline", ordering="deadline")
    def due(self, proposition: Proposition) -> str:
        return dated(proposition.deadline, None, proposition.deadline_words)

    @display(description="Condition")
    def conditional(self, proposition: Proposition) -> str:
        return "conditional" if proposition.condition_id else ""

    @display(description="Wording", label={"Draft": "warning", "Frozen": "info"})
    def stage(self, proposition: Proposition) -> str:
        return "Frozen" if proposition.frozen_at else "Draft"


def _claim_line(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim,
        "speaker": claim.speaker,
        "words": excerpt(claim.quotation.exact, 110),
        "p": percent(claim.p_point),
        "state": claim.get_state_display(),
    }
