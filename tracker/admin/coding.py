"""The form by which a claim is coded: what its words mean, as a draft for the actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget

from tracker.actions.propositions import PropositionDraft
from tracker.admin.steps import (
    choice,
    day,
    line,
    permille,
    probability,
    prose,
    tick,
    wide,
)
from tracker.domain.deadlines import Basis
from tracker.models import Proposition
from tracker.models.claims import Kind, Polarity, Test

# What an error calls a field, and which field of the form that is.
KNOWN_AS = {
    "speaker": "person",
    "probability": "p_point",
    "quotation": "exact",
    "end": "start",
    "proposition": "statement",
    "claim": "kind",
    "organisation": "organisation",
    "condition": "condition",
}
TESTS = {
    Test.T1: "T1: nobody identifiable said it",
    Test.T2: "T2: it was known when said",
    Test.T3: "T3: a question, wish, demand or report, not an assertion",
    Test.T4: "T4: no world would make it wrong",
    Test.T5: "T5: no deadline can be stated, derived or defaulted",
    Test.T6: "T6: certain, or true by definition",
}


def worded(values: Any, empty: str = "") -> list[tuple[str, str]]:
    """Choices as people read them."""
    choices = [(str(v), str(v).replace("_", " ").replace("-", ", ").capitalize()) for v in values]
    return [("", empty), *choices] if empty else choices


@dataclass(frozen=True)
class Section:
    """One step of the form: a number's worth of fields, in rows."""

    key: str
    title: str
    explains: str
    rows: Sequence[tuple[str, ...]]
    more: Sequence[tuple[str, ...]] = ()
    more_title: str = ""


class SectionedForm(forms.Form):
    """A form that a page shows in sections."""

    sections: Sequence[Section] = ()

    def laid_out(self) -> Iterator[dict[str, Any]]:
        for number, section in enumerate(self.sections, start=1):
            more = [[self[name] for name in row] for row in section.more]
            yield {
                "number": number,
                "key": section.key,
                "title": section.title,
                "explains": section.explains,
                "rows": [[self[name] for name in row] for row in section.rows],
                "more": more,
                "more_title": section.more_title,
                "more_open": any(_is_filled(field) for row in more for field in row),
            }


def _is_filled(field: forms.BoundField) -> bool:
    """Whether somebody has to see the field: at fault, or other than it was to begin with."""
    choices = list(getattr(field.field, "choices", ()))
    begins = choices[0][0] if choices else None
    return bool(field.errors) or field.value() not in (None, "", False, field.initial, begins)


MEANING = (
    Section(
        "proposition",
        "Proposition",
        "One neutral sentence in positive form, and what world would make it wrong.",
        [("known_proposition",), ("statement",), ("criteria",), ("topic", "resolution_sources")],
        [("condition",), ("condition_words", "condition_required")],
        "It holds only under a condition",
    ),
    Section(
        "hedge",
        "Hedge",
        "The words that say how sure the speaker is. The lexicon gives them a band.",
        [("kind", "polarity"), ("hedge", "hedge_term")],
        [("p_low", "p_point", "p_high")],
        "The speaker gave a number",
    ),
    Section(
        "deadline",
        "Deadline",
        "By when it must come true, and what that day rests on.",
        [("deadline", "deadline_basis"), ("deadline_words", "deadline_reason"), ("review_on",)],
    ),
)


class MeaningForm(SectionedForm):
    """What the words mean: proposition, hedge and deadline. All of it may wait."""

    sections: Sequence[Section] = MEANING

    known_proposition = forms.ModelChoiceField(
        Proposition.objects.filter(merged_into=None),
        required=False,
        label="On record already",
        help_text="Search first: all who speak to one proposition share it.",
    )
    statement = prose("Or a new one", required=False, help_text="“Aleppo is besieged.”")
    criteria = prose("Criteria", required=False, help_text="What world would make it wrong?")
    topic = line("Topic", required=False)
    resolution_sources = line("Where a judge looks first", required=False)
    condition = prose("Condition", required=False, help_text="A proposition of its own.")
    condition_words = line("The condition in the speaker's words", required=False)
    condition_required = forms.TypedChoiceField(
        label="The condition must",
        choices=[("yes", "come true"), ("no", "fail")],
        coerce=lambda value: value != "no",
        required=False,
    )
    kind = choice("Kind", worded(Kind, "To be decided"), help_text="Only forecasts are scored.")
    polarity = choice("The words", worded(Polarity), help_text="A denial is a low probability.")
    hedge = line("Hedge words", required=False, help_text="Exactly as said.")
    hedge_term = line(
        "Phrase of the lexicon", required=False, help_text="Found in the words unless you choose."
    )
    p_low = probability("Low")
    p_point = probability("Stated")
    p_high = probability("High")
    deadline = day("Deadline")
    deadline_basis = choice("Basis", worded(Basis, "As given"))
    deadline_words = line("The words it came from", required=False)
    deadline_reason = line("How it was derived", required=False)
    review_on = day("Or look again on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = self.fields["condition_required"].choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["condition_required"].widget = wide(UnfoldAdminSelectWidget(choices=choices))

    def proposition_draft(self) -> PropositionDraft | None:
        data = self.cleaned_data
        if data["known_proposition"]:
            return PropositionDraft(id=data["known_proposition"].pk)
        if not data["statement"]:
            return None
        names = ["statement", "criteria", "resolution_sources", "topic", "condition_words"]
        names += ["deadline", "deadline_basis", "deadline_words", "deadline_reason", "review_on"]
        return PropositionDraft(
            condition=self._condition(),
            # Left empty, the condition must come true.
            condition_required=data["condition_required"] is not False,
            **{name: data[name] for name in names},
        )

    def _condition(self) -> PropositionDraft | None:
        """The condition is judged by the same day as what hangs on it."""
        data = self.cleaned_data
        if not data["condition"]:
            return None
        names = ("deadline", "deadline_basis", "deadline_reason", "review_on", "topic")
        criteria = f"It is wrong if this did not happen: {data['condition']}"
        return PropositionDraft(
            statement=data["condition"], criteria=criteria, **{n: data[n] for n in names}
        )

    def hedging(self) -> dict[str, Any]:
        """Kind, polarity, hedge and the speaker's own numbers in permille."""
        data = self.cleaned_data
        numbers = {name: permille(data[name]) for name in ("p_low", "p_point", "p_high")}
        return {
            "kind": data["kind"],
            "polarity": data["polarity"] or Polarity.AFFIRMS.value,
            "hedge": data["hedge"],
            "hedge_term": data["hedge_term"],
            **numbers,
        }


class CodingForm(MeaningForm):
    """Codes a draft further."""

    sections = (
        *MEANING,
        Section(
            "rest",
            "The rest",
            "A claim that fails a test is kept as considered, not tracked.",
            [("role", "failed_test"), ("coded_after_outcome",), ("note",), ("reason",)],
        ),
    )
    role = line("Role at the time", required=False)
    failed_test = choice("Fails a test", [("", "Passes all six"), *TESTS.items()])
    coded_after_outcome = tick("Coded after the outcome was known")
    note = prose("Note", required=False)
    reason = prose("Why this change", required=False, help_text="Kept in the history.")
