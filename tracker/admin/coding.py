"""The form by which a claim is coded: what its words mean, as a draft for the actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget

from tracker.actions.propositions import PropositionDraft
from tracker.admin.sentences import said_of
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
# The six tests, each as the question that a coder answers.
TESTS = {
    Test.T1: "Somebody identifiable said it",
    Test.T2: "It was not yet known when said",
    Test.T3: "It is asserted: no question, wish, demand, advice or report of another's view",
    Test.T4: "Two strangers could say what world would make it wrong",
    Test.T5: "A deadline can be stated, derived or defaulted",
    Test.T6: "It is neither certain nor true by definition",
}
HOLDS, FAILS = "holds", "fails"


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


HEDGE = Section(
    "hedge",
    "How sure",
    "The words that say how sure the speaker is. The lexicon gives them a band.",
    [("hedge", "hedge_term", "polarity")],
    [("p_low", "p_point", "p_high")],
    "The speaker gave a number",
)
SIX_TESTS = Section(
    "tests",
    "What kind of claim",
    "One that fails a test is kept as considered, not tracked.",
    [("kind",)],
)
PROPOSITION = Section(
    "proposition",
    "Proposition",
    "One neutral sentence in positive form. Those on record that say the same come up as you type.",
    [("statement",), ("criteria",), ("topic", "resolution_sources")],
    [("condition_words",), ("condition",), ("condition_required",)],
    "It holds only under a condition",
)
DEADLINE = Section(
    "deadline",
    "Deadline",
    "By when it must come true, and what that day rests on.",
    [("deadline_words",), ("deadline", "deadline_basis"), ("deadline_reason", "review_on")],
)
MEANING = (HEDGE, SIX_TESTS, PROPOSITION, DEADLINE)


class MeaningForm(SectionedForm):
    """What the words mean: proposition, hedge and deadline. All of it may wait."""

    sections: Sequence[Section] = MEANING

    known_proposition = forms.ModelChoiceField(
        Proposition.objects.filter(merged_into=None), required=False, widget=forms.HiddenInput
    )
    # What the page calls the proposition that was chosen; the actions never see it.
    known_label = forms.CharField(required=False, widget=forms.HiddenInput)
    statement = prose("Search, or write a new one", required=False)
    criteria = prose("Criteria", required=False, help_text="What world would make it wrong?")
    topic = line("Topic", required=False)
    resolution_sources = line("Where a judge looks first", required=False)
    condition_words = line("The condition, word for word", required=False)
    condition = prose(
        "As a proposition of its own", required=False, help_text="It is judged by itself."
    )
    condition_required = forms.TypedChoiceField(
        label="The condition must",
        choices=[("yes", "come true"), ("no", "fail")],
        coerce=lambda value: value != "no",
        required=False,
    )
    kind = choice("Kind", worded(Kind, "To be decided"))
    polarity = choice("The words", worded(Polarity))
    hedge = line("Hedge, as said", required=False)
    hedge_term = line("In the lexicon", required=False)
    p_low = probability("Low")
    p_point = probability("Stated")
    p_high = probability("High")
    deadline = day("Deadline")
    deadline_basis = choice("Basis", worded(Basis, "As given"))
    deadline_words = line("The words it came from", required=False)
    deadline_reason = line("How it was derived", required=False)
    review_on = day("Or look again on")

    class Media:
        css = {"all": ["tracker/coding.css"]}
        js = ["tracker/keys.js", "tracker/suggestions.js", "tracker/reading.js"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = self.fields["condition_required"].choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["condition_required"].widget = wide(UnfoldAdminSelectWidget(choices=choices))
        for test, question in TESTS.items():
            self.fields[test.value.lower()] = _test(test, question)
        for name, field in self.fields.items():
            vars(field)["codebook"] = said_of(name)

    def six_tests(self) -> list[forms.BoundField]:
        return [self[test.value.lower()] for test in TESTS]

    def clean(self) -> dict[str, Any]:
        """The first test that fails is the one that is kept; a condition is kept with its words."""
        data = super().clean() or {}
        failed = [test.value for test in TESTS if data.get(test.value.lower()) == FAILS]
        data["failed_test"] = failed[0] if failed else ""
        if data.get("condition") and not data.get("condition_words"):
            self.add_error("condition_words", "Give the words that state the condition.")
        if data.get("condition_words") and not data.get("condition"):
            self.add_error("condition", "Say the condition as a sentence that can be judged.")
        return data

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


def _test(test: Test, question: str) -> forms.ChoiceField:
    """One of the six tests: not looked at yet, holds, or fails."""
    return forms.ChoiceField(
        label=f"{test.value}: {question}",
        required=False,
        choices=[(HOLDS, "holds"), (FAILS, "fails")],
        widget=forms.RadioSelect,
    )


class CodingForm(MeaningForm):
    """Codes a draft further."""

    sections = (
        *MEANING,
        Section(
            "rest",
            "The rest",
            "What the history keeps of this change.",
            [("role",), ("coded_after_outcome",), ("note",), ("reason",)],
        ),
    )
    role = line("Role at the time", required=False)
    coded_after_outcome = tick("Coded after the outcome was known")
    note = prose("Note", required=False)
    reason = prose("Why this change", required=False, help_text="Kept in the history.")
