"""How verdicts become a resolution: the codebook's rules and the round's table of moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import CommentRequired, ForbiddenMove, VerdictInconsistent


class ConditionAnswer(StrEnum):
    """Was the speaker's condition met? Asked first, and apart from the outcome."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINABLE = "undeterminable"
    NOT_APPLICABLE = "not_applicable"

    @property
    def holds(self) -> bool:
        return self in (ConditionAnswer.MET, ConditionAnswer.NOT_APPLICABLE)


class OutcomeAnswer(StrEnum):
    """What became of the event; labels speak of the event, never of honesty or motive."""

    CAME_TRUE = "came_true"
    MOSTLY = "mostly"
    PARTLY = "partly"
    MOSTLY_NOT = "mostly_not"
    DID_NOT = "did_not"
    OPEN = "open"
    VOID_CONDITION = "void_condition"
    AMBIGUOUS = "ambiguous"
    ANNULLED = "annulled"

    @property
    def grade(self) -> int | None:
        """5 (every element by the deadline) to 1 (did not), or None where nothing is scored."""
        return GRADES.get(self)

    @property
    def y(self) -> int | None:
        """The scored outcome: 4-5 count as 1, 1-2 as 0; 3 and everything ungraded as None."""
        grade = self.grade
        if grade is None or grade == 3:
            return None
        return 1 if grade > 3 else 0


GRADES = {
    OutcomeAnswer.CAME_TRUE: 5,
    OutcomeAnswer.MOSTLY: 4,
    OutcomeAnswer.PARTLY: 3,
    OutcomeAnswer.MOSTLY_NOT: 2,
    OutcomeAnswer.DID_NOT: 1,
}
OUTCOME_LABELS = {
    OutcomeAnswer.CAME_TRUE: "Came true",
    OutcomeAnswer.MOSTLY: "Mostly came true",
    OutcomeAnswer.PARTLY: "Partly came true",
    OutcomeAnswer.MOSTLY_NOT: "Mostly did not",
    OutcomeAnswer.DID_NOT: "Did not come true",
    OutcomeAnswer.OPEN: "Open: too early",
    OutcomeAnswer.VOID_CONDITION: "Void: condition not met",
    OutcomeAnswer.AMBIGUOUS: "Ambiguous",
    OutcomeAnswer.ANNULLED: "Annulled",
}


class AnnulReason(StrEnum):
    UNDERSPECIFIED = "underspecified"
    PREMISE_FAILED = "premise_failed"
    DUPLICATE = "duplicate"
    ENTRY_ERROR = "entry_error"
    NOT_A_CLAIM = "not_a_claim"


class Stage(StrEnum):
    """At which step of the round a verdict was given; only the first is blind."""

    INDEPENDENT = "independent"
    REVISED = "revised"
    ADJUDICATION = "adjudication"
    PANEL = "panel"


class State(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    SPLIT = "split"
    ADJUDICATION = "adjudication"
    PANEL = "panel"
    AGREED = "agreed"
    SETTLED = "settled"
    ABANDONED = "abandoned"


class Standing(StrEnum):
    """Where a resolution stands on its way to the public."""

    AWAITING = "awaiting"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Move(StrEnum):
    """What may happen to a round."""

    AGREE = "agree"
    SPLIT = "split"
    REVISE = "revise"
    ESCALATE = "escalate"
    ADJUDICATE = "adjudicate"
    CONTEST = "contest"
    VOTE = "vote"
    RESOLVE = "resolve"
    ABANDON = "abandon"


class Role(StrEnum):
    CODER = "coder"
    JUDGE = "judge"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True)
class Step:
    """One allowed move: where it leads and which roles may make it."""

    to: State
    by: frozenset[Role]


_EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
_JUDGES = frozenset({Role.JUDGE}) | _EDITORS

MOVES: dict[tuple[State, Move], Step] = {
    (State.OPEN, Move.AGREE): Step(State.AGREED, _JUDGES),
    (State.OPEN, Move.SPLIT): Step(State.SPLIT, _JUDGES),
    (State.OPEN, Move.ABANDON): Step(State.ABANDONED, _EDITORS),
    (State.SPLIT, Move.REVISE): Step(State.SPLIT, _JUDGES),
    (State.SPLIT, Move.AGREE): Step(State.AGREED, _JUDGES),
    (State.SPLIT, Move.ESCALATE): Step(State.ADJUDICATION, _JUDGES),
    (State.SPLIT, Move.ADJUDICATE): Step(State.AGREED, _EDITORS),
    (State.SPLIT, Move.ABANDON): Step(State.ABANDONED, _EDITORS),
    (State.ADJUDICATION, Move.ADJUDICATE): Step(State.AGREED, _EDITORS),
    (State.ADJUDICATION, Move.ABANDON): Step(State.ABANDONED, _EDITORS),
    (State.AGREED, Move.CONTEST): Step(State.PANEL, _EDITORS),
    (State.AGREED, Move.RESOLVE): Step(State.SETTLED, _EDITORS),
    (State.PANEL, Move.VOTE): Step(State.PANEL, _JUDGES),
    (State.PANEL, Move.AGREE): Step(State.AGREED, _JUDGES),
    (State.PANEL, Move.ABANDON): Step(State.ABANDONED, _EDITORS),
}
STAGES: dict[State, frozenset[Stage]] = {
    State.OPEN: frozenset({Stage.INDEPENDENT}),
    State.SPLIT: frozenset({Stage.REVISED, Stage.ADJUDICATION}),
    State.ADJUDICATION: frozenset({Stage.ADJUDICATION}),
    State.PANEL: frozenset({Stage.PANEL}),
}
"""Which verdicts a round takes where it stands; in any other state it takes none."""
UNFINISHED = frozenset({State.OPEN, State.SPLIT, State.ADJUDICATION, State.PANEL, State.AGREED})


APART = frozenset({State.SPLIT, State.ADJUDICATION, State.PANEL})
"""Judges differ, and somebody else has to decide."""

BY_HAND = frozenset({Move.ESCALATE, Move.CONTEST, Move.RESOLVE, Move.ABANDON})
"""The moves that somebody decides upon; all others follow from verdicts."""


def moves_from(state: State, roles: frozenset[Role]) -> frozenset[Move]:
    """The moves that somebody with these roles may decide upon from here."""
    return frozenset(
        move
        for (at, move), step in MOVES.items()
        if at is state and move in BY_HAND and step.by & roles
    )


def after(state: State, move: Move) -> State:
    """The state that a move leads to; raises ForbiddenMove where the table has none."""
    step = MOVES.get((state, move))
    if step is None:
        raise ForbiddenMove(
            f"A round that is {state} does not allow: {move}.", field="round", state=state
        )
    return step.to


@dataclass(frozen=True)
class Ballot:
    """One judge's two answers."""

    condition: ConditionAnswer
    outcome: OutcomeAnswer
    annul_reason: AnnulReason | None = None

    @property
    def result(self) -> OutcomeAnswer:
        """The outcome once the condition is taken into account: unmet or unknowable is void."""
        if self.outcome is OutcomeAnswer.ANNULLED:
            return self.outcome
        return self.outcome if self.condition.holds else OutcomeAnswer.VOID_CONDITION


class Method(StrEnum):
    """How a resolution came about."""

    AGREED = "agreed"
    NEAR_AGREED = "near_agreed"
    ADJUDICATED = "adjudicated"
    PANEL = "panel"
    SINGLE = "single"
    EDITOR = "editor"


ONE_JUDGE = "single judge, not blind"
JUDGED_BY: dict[Method, str] = {
    Method.AGREED: "blind judges, who agreed",
    Method.NEAR_AGREED: "blind judges, who nearly agreed: the cautious value",
    Method.ADJUDICATED: "blind judges, then an adjudicator",
    Method.PANEL: "a panel of three",
    Method.SINGLE: ONE_JUDGE,
    Method.EDITOR: "an editor",
}
"""What a method says to readers, who are told wherever only one person judged."""


@dataclass(frozen=True)
class Consensus:
    """What a set of ballots settles, or that it does not (`ballot` is None: split)."""

    ballot: Ballot | None
    method: Method | None = None


SPLIT = Consensus(None)


def check(ballot: Ballot, *, conditional: bool, rationale: str) -> None:
    """Raises VerdictInconsistent or CommentRequired where a ballot breaks the codebook."""
    if conditional is (ballot.condition is ConditionAnswer.NOT_APPLICABLE):
        need = "met, not_met or undeterminable" if conditional else "not_applicable"
        raise VerdictInconsistent(f"The condition's answer must be {need} here.", field="condition")
    if ballot.outcome is OutcomeAnswer.VOID_CONDITION and ballot.condition.holds:
        raise VerdictInconsistent(field="outcome")
    if (ballot.outcome is OutcomeAnswer.ANNULLED) is (ballot.annul_reason is None):
        raise VerdictInconsistent(
            "Say why it is annulled; no other answer has such a reason.", field="annul_reason"
        )
    if not rationale.strip():
        raise CommentRequired("A verdict needs its reasons in words.", field="rationale")


def consensus(ballots: Sequence[Ballot]) -> Consensus:
    """What independent ballots settle: equal answers, or answers of one score at the cautious one.

    Codebook, "Who decides", 3: 4 against 5 settles at 4, 1 against 2 at 2; all else is split.
    """
    conditions = {ballot.condition for ballot in ballots}
    if len(conditions) != 1:
        return SPLIT
    condition = next(iter(conditions))
    results = {ballot.result for ballot in ballots}
    if len(results) == 1:
        method = Method.SINGLE if len(ballots) == 1 else Method.AGREED
        outcome = next(iter(results))
        return Consensus(Ballot(condition, outcome, _common_reason(ballots)), method)
    scores = {outcome.y for outcome in results}
    if len(scores) == 1 and None not in scores:
        cautious = min(results, key=lambda outcome: abs((outcome.grade or 0) - 3))
        return Consensus(Ballot(condition, cautious), Method.NEAR_AGREED)
    return SPLIT


def _common_reason(ballots: Sequence[Ballot]) -> AnnulReason | None:
    """The reason given most often, of equals the one that the codebook lists first."""
    given = [ballot.annul_reason for ballot in ballots]
    return max(AnnulReason, key=given.count) if any(given) else None


def majority(ballots: Sequence[Ballot]) -> Consensus:
    """What a panel of three settles: two equal votes carry; without them it stays ambiguous."""
    votes = Counter((ballot.condition, ballot.result) for ballot in ballots)
    (condition, outcome), count = votes.most_common(1)[0]
    if count * 2 > len(ballots):
        carried = [b for b in ballots if (b.condition, b.result) == (condition, outcome)]
        return Consensus(Ballot(condition, outcome, _common_reason(carried)), Method.PANEL)
    conditions = [ballot.condition for ballot in ballots]
    likeliest = max(ConditionAnswer, key=conditions.count)
    return Consensus(Ballot(likeliest, OutcomeAnswer.AMBIGUOUS), Method.PANEL)


def condition_from(
    judged: ConditionAnswer, outcome: OutcomeAnswer | None, *, required: bool
) -> ConditionAnswer:
    """The condition's answer, once its own proposition has this published outcome.

    Until there is one, or while it is open, what the claim's judges answered stands: "too early"
    is open, never undeterminable, which would void the claim.
    """
    if outcome is None or outcome is OutcomeAnswer.OPEN:
        return judged
    if outcome.y is None:
        return ConditionAnswer.UNDETERMINABLE
    return ConditionAnswer.MET if bool(outcome.y) is required else ConditionAnswer.NOT_MET
