"""The buttons of a proposition's page: freeze, open a round, base rate, evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action
from unfold.enums import ActionVariant

from tracker.actions.outcomes import bear_on
from tracker.actions.propositions import (
    add_benchmark,
    freeze_proposition,
    missing_of,
    see_event,
)
from tracker.actions.rounds import open_round
from tracker.admin.at_work import actor
from tracker.admin.base import TrackerAdmin
from tracker.admin.steps import Step, choice, day, enact, line, permille, probability, prose, take
from tracker.models import Evidence, Outcome
from tracker.models.propositions import BenchmarkKind


class BenchmarkForm(forms.Form):
    """A probability with its method, fixed without the outcome."""

    kind = choice("Kind", [(k.value, k.value.replace("_", " ")) for k in BenchmarkKind])
    p = probability("Probability", required=True)
    as_of = day("As of", required=True, help_text="Before the outcome could be known.")
    method = prose("Method", help_text="How often, among what.")
    source = line("Source", required=False)


class PropositionSteps(TrackerAdmin):
    """What may be done with a proposition that is on record."""

    actions_detail = ("freeze", "open_round", "see_event", "benchmark", "evidence")

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
        return enact(self, request, record, step, freeze_proposition, proposition=record)

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
        return enact(self, request, record, step, open_round, proposition=record)

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
        return take(self, request, record, step, lambda _: see_event(by=by, proposition=record))

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
            context={
                "other": (
                    f"{reverse('admin:tracker_outcome_add')}?proposition={record.pk}",
                    "Record a new outcome",
                )
            },
        )

        def act(data: dict[str, Any]) -> None:
            bear_on(by=actor(request), outcome=data["outcome"], proposition=record)

        return take(self, request, record, step, act, form)


def evidence_form(site: Any) -> type[forms.Form]:
    """One outcome, found by its words."""
    widget = AutocompleteSelect(Evidence._meta.get_field("outcome"), site)
    field = forms.ModelChoiceField(Outcome.objects.all(), label="Outcome", widget=widget)
    return type("EvidenceForm", (forms.Form,), {"outcome": field})
