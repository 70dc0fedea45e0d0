"""Whose move it is in a round, in words: what this person may answer now, or why not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tracker.domain.judging import Stage, State
from tracker.models import Round


@dataclass(frozen=True)
class Bench:
    """`question` heads the form, or is empty where there is nothing to answer; `says` tells why."""

    question: str
    says: str


def bench_of(
    round: Round, answered: Collection[str], may_judge: bool, may_adjudicate: bool
) -> Bench:
    """The place of a person who has given verdicts of these stages in this round."""
    state = State(round.state)
    if state is State.SETTLED:
        return Bench("", "This round is settled.")
    if state is State.ABANDONED:
        return Bench("", f"This round was abandoned: {round.note}")
    if state is State.AGREED:
        return Bench("", "The verdicts agree: an editor resolves it.")
    if not may_judge:
        return Bench("", "Judges are at work.")
    if state is State.OPEN:
        return _open(answered)
    if state is State.SPLIT and Stage.INDEPENDENT in answered:
        return _split(answered)
    if state is State.PANEL:
        return _panel(answered)
    if answered:
        return Bench("", "Somebody who was not in this round decides now.")
    if may_adjudicate:
        return Bench("Adjudicate", "The judges are apart. Read both reasons, then decide.")
    return Bench("", "The judges are apart: an adjudicator decides.")


def _open(answered: Collection[str]) -> Bench:
    if answered:
        return Bench("", "Your verdict is in. You see the others' when all are in.")
    return Bench("Your verdict", "You do not see who said it, nor what others answered.")


def _split(answered: Collection[str]) -> Bench:
    if Stage.REVISED in answered:
        return Bench("", "Your revision is in; the other judge has yet to answer.")
    return Bench("Revise or confirm", "You differ. Look at the other's evidence; answer once more.")


def _panel(answered: Collection[str]) -> Bench:
    if Stage.PANEL in answered:
        return Bench("", "Your vote is in.")
    if answered:
        return Bench("", "Somebody who was not in this round votes now.")
    return Bench("Your vote on the panel", "Two of three votes carry.")
