"""The buttons of a claim's page: code, freeze, open a round, read its words, withdraw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.enums import ActionVariant

from tracker.actions.claims import code_claim, freeze_claim, missing, withdraw_claim
from tracker.actions.readings import read_words
from tracker.actions.rounds import open_round
from tracker.admin.at_work import actor, now
from tracker.admin.base import TrackerAdmin
from tracker.admin.coding import KNOWN_AS, CodingForm
from tracker.admin.drawings import excerpt
from tracker.admin.steps import ReasonForm, Step, choice, enact, permille, probability, take
from tracker.admin.story import passage_of
from tracker.models import Claim, Proposition
from tracker.models.claims import ClaimState


class WithdrawForm(ReasonForm):
    """Which of the two it is, and why."""

    state = choice(
        "What happened",
        [("retracted", "The speaker took it back"), ("misquote", "They never said it so")],
        required=True,
    )
    field_order = ("state", "reason")


class ReadingForm(forms.Form):
    """What the words mean to one reader."""

    low = probability("At least", required=True)
    best = probability("Best", required=True)
    high = probability("At most", required=True)
    own_belief = probability(
        "What do you believe yourself?", help_text="Kept apart, never shown to others."
    )


class ClaimSteps(TrackerAdmin):
    """What may be done with a claim that is on record."""

    actions_detail = ("code", "freeze", "open_round", "read", "withdraw")

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        if record.state == ClaimState.DRAFT:
            return frozenset({"code", "freeze", "read", "withdraw"})
        if record.state == ClaimState.FROZEN:
            known = record.proposition.resolutions.exists()
            # Readings close once the outcome is known.
            return frozenset({"open_round", "withdraw"} | (set() if known else {"read"}))
        return frozenset()

    @action(description="Code", icon="edit", permissions=["code"], variant=ActionVariant.PRIMARY)
    def code(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the words mean."""
        claim = self.record(request, object_id)
        step = Step(
            title=f"Code: {excerpt(claim.quotation.exact, 60)}",
            button="Save",
            done="Coded.",
            template="tracker/code.html",
            context={"claim": claim, "passage": passage_of(claim.quotation)},
        )

        def act(data: dict[str, Any]) -> Claim:
            return code_claim(by=actor(request), now=now(), claim=claim, **coded(claim, data))

        return take(
            self, request, claim, step, act, CodingForm, initial=as_coded(claim), known_as=KNOWN_AS
        )

    @action(description="Freeze", icon="lock", permissions=["code"])
    def freeze(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Fixes what the claim means."""
        claim = self.record(request, object_id)
        lacks = missing(claim)
        step = Step(
            title="Freeze the claim",
            button="Freeze",
            explains=(
                f"“{claim.quotation.exact}”",
                "Proposition, criteria, condition and deadline can never change afterwards. "
                "Freeze before anyone looks up the outcome.",
                *(f"Missing: {lack}" for lack in lacks),
            ),
            done="The claim is frozen.",
        )
        return enact(self, request, claim, step, freeze_claim, claim=claim)

    @action(description="Open a round", icon="gavel", permissions=["edit"], url_path="open-round")
    def open_round(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lets judges answer the claim's proposition, blind."""
        claim = self.record(request, object_id)
        step = Step(
            title="Open a round",
            button="Open the round",
            explains=(
                f"“{claim.proposition}”",
                "Judges answer without seeing who said it, or each other's verdicts.",
            ),
            done="The round is open.",
        )
        return enact(self, request, claim, step, open_round, proposition=claim.proposition)

    @action(description="Read the words", icon="visibility", permissions=["read_words"])
    def read(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One reader's low, best and high."""
        claim = self.record(request, object_id)
        step = Step(
            title="What do the words mean to you?",
            button="Keep my reading",
            explains=(
                f"“{claim.quotation.exact}”",
                f"How likely does the speaker say it is that: {claim.proposition or 'it happens'}",
                "Answer from the words alone. Three readings make an inferred probability.",
            ),
            done="Your reading is kept.",
        )

        def act(data: dict[str, Any]) -> None:
            numbers: Any = {name: permille(value) for name, value in data.items()}
            read_words(by=actor(request), now=now(), claim=claim, **numbers)

        return take(self, request, claim, step, act, ReadingForm)

    @action(
        description="Retract or misquote",
        icon="undo",
        permissions=["code"],
        variant=ActionVariant.DANGER,
    )
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Marks the claim; it stays visible, with the reason."""
        claim = self.record(request, object_id)
        step = Step(
            title="Retract, or mark as a misquote",
            button="Mark it",
            explains=(
                f"“{claim.quotation.exact}”",
                "The claim stays visible, marked, with your reason. A misquote leaves the scores.",
            ),
            done="The claim is marked.",
            danger=True,
        )

        def act(data: dict[str, Any]) -> Claim:
            return withdraw_claim(by=actor(request), claim=claim, **data)

        return take(self, request, claim, step, act, WithdrawForm)


def as_coded(claim: Claim) -> dict[str, Any]:
    """What the coding form begins with."""
    stated = claim.p_tier == "stated"
    numbers = {
        name: getattr(claim, name) / 1000
        for name in ("p_low", "p_point", "p_high")
        if stated and getattr(claim, name) is not None
    }
    names = ("kind", "polarity", "hedge", "role", "note", "coded_after_outcome")
    return {
        **{name: getattr(claim, name) for name in names},
        **numbers,
        "known_proposition": claim.proposition_id,
        "known_label": str(claim.proposition or ""),
        "hedge_term": claim.hedge_term.phrase if claim.hedge_term else "",
    }


def coded(claim: Claim, data: dict[str, Any]) -> dict[str, Any]:
    """The changes that a filled-in coding form asks for."""
    form = CodingForm()
    form.cleaned_data = data
    changes = {**form.hedging(), **{n: data[n] for n in ("role", "note", "reason", "failed_test")}}
    changes["coded_after_outcome"] = data["coded_after_outcome"]
    draft = form.proposition_draft()
    known: Proposition | None = data["known_proposition"]
    if draft and (known is None or known.pk != claim.proposition_id):
        changes["proposition"] = draft
    return changes
