"""Propositions: what the world can settle; and the base rates they are measured against."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from tracker.actions.outcomes import bear_on
from tracker.actions.propositions import (
    PropositionDraft,
    add_benchmark,
    edit_proposition,
    file_proposition,
    freeze_proposition,
    missing_of,
    see_event,
)
from tracker.actions.rounds import open_round
from tracker.admin.at_work import actor, now
from tracker.admin.base import TrackerAdmin, TrackerForm
from tracker.admin.blindness import hidden_claims, hidden_propositions, is_blinded
from tracker.admin.drawings import excerpt, percent
from tracker.admin.searches import worded_like
from tracker.admin.steps import Step, choice, day, line, permille, probability, prose, take
from tracker.domain.roles import Verb
from tracker.models import Claim, Evidence, Outcome, Proposition
from tracker.models.propositions import BenchmarkKind

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
    reason = forms.CharField(required=False, help_text="Why it changes; kept in the history.")


class BenchmarkForm(forms.Form):
    """A probability with its method, fixed without the outcome."""

    kind = choice("Kind", [(k.value, k.value.replace("_", " ")) for k in BenchmarkKind])
    p = probability("Probability", required=True)
    as_of = day("As of", required=True, help_text="Before the outcome could be known.")
    method = prose("Method", help_text="How often, among what.")
    source = line("Source", required=False)


@admin.register(Proposition)
class PropositionAdmin(TrackerAdmin):
    form = PropositionForm
    add_verb = Verb.LOG
    change_verb = Verb.CODE
    related = ("topic", "condition")
    list_display = ("short", "topic", "deadline", "basis", "conditional", "stage")
    list_filter = (DueFilter, "deadline_basis", "specificity")
    search_fields = ("statement",)
    search_help_text = "Words of the statement"
    autocomplete_fields = ("topic", "condition")
    change_form_template = "tracker/proposition.html"
    actions_detail = ("freeze", "open_round", "see_event", "benchmark", "evidence")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [F("id").desc()]

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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or obj.frozen_at is None:
            return ()
        return ("statement", "criteria", *CONDITION[:2], *DEADLINE[:2])

    def _hides(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None or not is_blinded(request):
            return False
        known = vars(request)
        if "hides" not in known:
            known["hides"] = hidden_propositions(actor(request)).filter(pk=obj.pk).exists()
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
        """What else is known of a proposition: who speaks to it, what happened, how it was judged."""
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
        }

    # --- columns ---

    @display(description="Statement", ordering="id")
    def short(self, proposition: Proposition) -> str:
        return excerpt(proposition.statement, 100)

    @display(description="Basis")
    def basis(self, proposition: Proposition) -> str:
        return proposition.get_deadline_basis_display()

    @display(description="Condition", boolean=True)
    def conditional(self, proposition: Proposition) -> bool:
        return proposition.condition_id is not None

    @display(description="Wording", label={"Draft": "warning", "Frozen": "info"})
    def stage(self, proposition: Proposition) -> str:
        return "Frozen" if proposition.frozen_at else "Draft"

    # --- buttons ---

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        if record.frozen_at is None:
            return frozenset({"freeze", "benchmark", "evidence"})
        offered = {"open_round", "benchmark", "evidence"}
        return frozenset(offered if record.event_seen else offered | {"see_event"})

    @action(
        description="Freeze",
        icon="lock",
        permissions=["code"],
        variant=ActionVariant.PRIMARY,
    )
    def freeze(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Fixes the wording."""
        record = self.record(request, object_id)
        step = Step(
            title="Freeze the proposition",
            button="Freeze",
            explains=(
                f"“{record.statement}”",
                "Statement, criteria, condition and deadline can never change afterwards; "
                "a different wording is a new proposition.",
                *(f"Missing: {lack}" for lack in missing_of(record)),
            ),
            done="The wording is frozen.",
        )
        by = actor(request)
        return take(
            self,
            request,
            record,
            step,
            lambda _: freeze_proposition(by=by, now=now(), proposition=record),
        )

    @action(description="Open a round", icon="gavel", permissions=["edit"], url_path="open-round")
    def open_round(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lets judges answer, blind."""
        record = self.record(request, object_id)
        step = Step(
            title="Open a round",
            button="Open the round",
            explains=(
                f"“{record.statement}”",
                "Judges answer without seeing who said it, or each other's verdicts. "
                "Whoever coded or read a claim on it cannot judge it.",
            ),
            done="The round is open.",
        )
        by = actor(request)
        return take(
            self,
            request,
            record,
            step,
            lambda _: open_round(by=by, now=now(), proposition=record),
        )

    @action(
        description="The event was seen",
        icon="visibility",
        permissions=["record"],
        url_path="see-event",
    )
    def see_event(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes the proposition due at once."""
        record = self.record(request, object_id)
        step = Step(
            title="The event was seen",
            button="Make it due",
            explains=(f"“{record.statement}”", "It can be judged at once, before its deadline."),
            done="It is due now.",
        )
        by = actor(request)
        return take(
            self, request, record, step, lambda _: see_event(by=by, proposition=record)
        )

    @action(description="Add a base rate", icon="percent", permissions=["code"])
    def benchmark(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Fixes what the claims are measured against."""
        record = self.record(request, object_id)
        step = Step(
            title="Add a base rate",
            button="Fix it",
            explains=(f"“{record.statement}”", "Code it without looking at the outcome."),
            done="The base rate is on record.",
        )

        def act(data: dict[str, Any]) -> None:
            p = permille(data.pop("p"))
            assert p is not None, "the form requires it"
            add_benchmark(by=actor(request), proposition=record, p=p, **data)

        return take(self, request, record, step, act, BenchmarkForm)

    @action(description="Add an outcome", icon="add_notes", permissions=["record"])
    def evidence(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ties a known outcome to the proposition, or leads to recording a new one."""
        record = self.record(request, object_id)
        form = evidence_form(self.admin_site)
        step = Step(
            title="Which outcome bears on it?",
            button="Tie it to this proposition",
            explains=(f"“{record.statement}”",),
            done="The outcome bears on it.",
            context={"other": (f"outcome?proposition={record.pk}", "Record a new outcome")},
        )

        def act(data: dict[str, Any]) -> None:
            bear_on(by=actor(request), outcome=data["outcome"], proposition=record)

        return take(self, request, record, step, act, form)


def evidence_form(site: Any) -> type[forms.Form]:
    """One outcome, found by its words."""
    widget = AutocompleteSelect(Evidence._meta.get_field("outcome"), site)
    field = forms.ModelChoiceField(Outcome.objects.all(), label="Outcome", widget=widget)
    return type("EvidenceForm", (forms.Form,), {"outcome": field})


def _claim_line(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim,
        "speaker": claim.speaker,
        "words": excerpt(claim.quotation.exact, 110),
        "p": percent(claim.p_point),
        "state": claim.get_state_display(),
    }
