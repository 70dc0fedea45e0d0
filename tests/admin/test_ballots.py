"""The forms of judging."""

from __future__ import annotations

import pytest

from tests import builders
from tracker.admin.ballots import VerdictForm, answered
from tracker.domain.judging import OutcomeAnswer

pytestmark = pytest.mark.django_db


def test_an_answer_says_what_it_takes() -> None:
    assert answered(OutcomeAnswer.CAME_TRUE) == "Came true: every element, by the deadline"
    assert answered(OutcomeAnswer.DID_NOT) == "Did not come true"


@pytest.mark.parametrize("conditional", [True, False])
def test_only_a_condition_can_void_a_claim(conditional: bool) -> None:
    condition = builders.make_proposition() if conditional else None
    round = builders.make_round(proposition=builders.make_proposition(condition=condition))

    form = VerdictForm(round=round)

    offered = {value for value, _ in form.fields["outcome"].choices}  # type: ignore[attr-defined]  # a choice field
    assert ("void_condition" in offered) is conditional
    assert ("condition" in form.fields) is conditional


def test_only_what_bears_on_the_proposition_can_be_cited() -> None:
    round = builders.make_round()
    elsewhere = builders.make_outcome()

    form = VerdictForm(
        {"outcome": "came_true", "rationale": "x", "cited": [elsewhere.pk]}, round=round
    )

    assert "cited" in form.errors


def test_nothing_found_is_an_answer_only_with_what_was_searched() -> None:
    sent = {"outcome": "ambiguous", "rationale": "No source says.", "nothing_found": "on"}
    round = builders.make_round()

    assert list(VerdictForm(sent, round=round).errors) == ["searched"]
    assert VerdictForm({**sent, "searched": "SANA, April"}, round=round).is_valid()
