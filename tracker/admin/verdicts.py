"""Verdicts as pages show them: by letter, never by name, until the round is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.judging import GRADES, OUTCOME_LABELS, OutcomeAnswer
from tracker.models import Outcome, Verdict
from tracker.models.accounts import User


@dataclass(frozen=True)
class Shown:
    """One verdict with its author hidden behind a letter."""

    author: str
    own: bool
    stage: str
    outcome: str
    grade: int | None
    condition: str
    annulled: str
    rationale: str
    searched: str
    cited: Sequence[Outcome]


def shown(verdicts: Sequence[Verdict], reader: User) -> list[Shown]:
    """The verdicts in the order in which they came; a judge keeps one letter through a round."""
    judges = list(dict.fromkeys(verdict.judge_id for verdict in verdicts))
    letters = {pk: f"Judge {chr(65 + n)}" for n, pk in enumerate(judges)}
    return [_shown(verdict, letters, reader) for verdict in verdicts]


def _shown(verdict: Verdict, letters: dict[int, str], reader: User) -> Shown:
    answer = OutcomeAnswer(verdict.outcome)
    own = verdict.judge_id == reader.pk
    return Shown(
        author="You" if own else letters[verdict.judge_id],
        own=own,
        stage=verdict.get_stage_display(),
        outcome=OUTCOME_LABELS[answer],
        grade=GRADES.get(answer),
        condition=""
        if verdict.condition == "not_applicable"
        else f"Condition: {verdict.condition.replace('_', ' ')}",
        annulled=verdict.annul_reason.replace("_", " "),
        rationale=verdict.rationale,
        searched=verdict.searched,
        cited=list(verdict.cited.all()),
    )
