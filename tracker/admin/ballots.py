"""The forms of judging: two questions with their reasons, and what an editor adds to settle."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget

from tracker.admin.sentences import said_of
from tracker.admin.steps import day, prose, tick, wide
from tracker.domain.judging import OUTCOME_LABELS, AnnulReason, ConditionAnswer, OutcomeAnswer
from tracker.models import Outcome, Round

CONDITION_LABELS = {
    ConditionAnswer.MET: "Met",
    ConditionAnswer.NOT_MET: "Not met",
    ConditionAnswer.UNDETERMINABLE: "Cannot be determined",
}
# What each answer takes, in the codebook's words.
EXPLAINED = {
    OutcomeAnswer.CAME_TRUE: "every element, by the deadline",
    OutcomeAnswer.MOSTLY: "the substance; a minor element is off",
    OutcomeAnswer.PARTLY: "its elements split",
    OutcomeAnswer.AMBIGUOUS: "what happened is unclear; say what you searched",
    OutcomeAnswer.ANNULLED: "it cannot be judged as it stands",
}


def answered(answer: OutcomeAnswer) -> str:
    """An answer with what it takes."""
    takes = EXPLAINED.get(answer)
    return f"{OUTCOME_LABELS[answer]}: {takes}" if takes else OUTCOME_LABELS[answer]


# The order of what is on record, on the page and in the ballot: a key ticks what it stands beside.
ON_RECORD = ("known_on", "id")


class VerdictForm(forms.Form):
    """Two questions and the reasons."""

    condition = forms.ChoiceField(
        label="1. Was the condition met?",
        choices=[(c.value, label) for c, label in CONDITION_LABELS.items()],
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label="What happened?",
        choices=[(a.value, answered(a)) for a in OutcomeAnswer],
        widget=forms.RadioSelect,
    )
    annul_reason = forms.ChoiceField(
        label="Why annulled",
        required=False,
        choices=[("", "–"), *((r.value, r.value.replace("_", " ")) for r in AnnulReason)],
        widget=wide(UnfoldAdminSelectWidget()),
    )
    cited = forms.ModelMultipleChoiceField(
        Outcome.objects.none(),
        required=False,
        label="What I rely on",
        widget=forms.CheckboxSelectMultiple,
    )
    nothing_found = forms.BooleanField(label="I searched, and found nothing", required=False)
    searched = prose("Where I searched, and how", required=False)
    rationale = prose("Reasons", help_text="What you saw, and why it means that.", rows=4)

    class Media:
        css = {"all": ["tracker/coding.css", "tracker/judging.css"]}
        js = ["tracker/keys.js", "tracker/ballot.js"]

    def __init__(self, *args: Any, round: Round, **options: Any) -> None:
        super().__init__(*args, **options)
        evidence = Outcome.objects.filter(propositions=round.proposition_id).order_by(*ON_RECORD)
        self.fields["cited"].queryset = evidence  # type: ignore[attr-defined]  # a field of choices
        if round.proposition.condition_id is None:
            del self.fields["condition"]
            answers = [a for a in OutcomeAnswer if a is not OutcomeAnswer.VOID_CONDITION]
        else:
            self.fields["outcome"].label = "2. What happened?"
            answers = list(OutcomeAnswer)
        for name, field in self.fields.items():
            vars(field)["codebook"] = said_of(f"answer: {name}") or said_of(name)
        choices = [(a.value, answered(a)) for a in answers]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        """Nothing found is an answer only with what was searched."""
        data = super().clean() or {}
        if data.pop("nothing_found", False) and not data.get("searched"):
            self.add_error("searched", "Say where you searched and how: no evidence is not a no.")
        return data


class ResolveForm(forms.Form):
    """What the editor adds to what the verdicts settle."""

    rationale = prose("Rationale", required=False, help_text="Else the judges' reasons as given.")
    change_reason = prose(
        "Why it replaces the earlier resolution", required=False, help_text="Only if there is one."
    )
    occurred_on = day("Occurred on")
    late = tick("It happened, but after the deadline")
