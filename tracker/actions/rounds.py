"""What may be done in a round: open it, judge blind, revise, adjudicate, abandon."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from tracker.actions.duties import earlier_duty, judges_for, seat
from tracker.actions.events import announce
from tracker.actions.records import in_choices, locked, tidy
from tracker.actions.transactions import action
from tracker.domain import judging
from tracker.domain.errors import (
    AlreadyJudged,
    CommentRequired,
    ForbiddenMove,
    NotFound,
    NotReady,
    RoundClosed,
    RoundOpen,
    SearchUnrecorded,
    SeparationOfDuties,
    UnknownValue,
)
from tracker.domain.judging import (
    AnnulReason,
    Ballot,
    ConditionAnswer,
    Consensus,
    Move,
    OutcomeAnswer,
    Stage,
    State,
)
from tracker.domain.roles import Verb, permitted
from tracker.models import Outcome, Proposition, Round, Verdict
from tracker.models.accounts import User
from tracker.models.events import EventKind
from tracker.models.rounds import RoundReason

PANEL_SIZE = 3


@action(Verb.OPEN_ROUND)
def open_round(
    *,
    by: User | None,
    now: datetime,
    proposition: Proposition,
    reason: str = "editor",
    needed: int | None = None,
) -> Round:
    """Opens the one round in which a frozen proposition is judged."""
    record = locked(proposition.merged_into or proposition)
    if record.frozen_at is None:
        raise NotReady("Freeze the proposition before it is judged.", field="proposition")
    under_way = record.rounds.under_way().first()
    if under_way:
        raise RoundOpen(field="proposition", round=under_way.pk, state=under_way.state)
    last = record.rounds.aggregate(last=Max("number"))["last"] or 0
    judges = needed if needed is not None else judges_for(record)
    if not 1 <= judges <= 5:
        raise UnknownValue("A round needs 1 to 5 verdicts.", field="needed")
    opened = Round(
        proposition=record,
        number=last + 1,
        reason=reason,
        needed=judges,
        opened_by=by,
        opened_at=now,
        proposition_version=record.version,
    )
    in_choices(opened, {"reason": reason})
    opened.save(force_insert=True)
    if by is None:
        due, facts = record.pk, {"round": opened.pk}
        announce(EventKind.CLAIM_DUE, noun="propositions", record=due, now=now, **facts)
    return opened


def open_due_rounds(*, now: datetime) -> list[Round]:
    """Opens a round for every proposition that is due; run daily by the worker."""
    opened = []
    for due in Proposition.objects.due(now.date()).order_by("deadline", "id"):
        # An editor may have opened one since the question was asked.
        with suppress(RoundOpen):
            opened.append(open_round(by=None, now=now, proposition=due, reason=RoundReason.DUE))
    return opened


@action(Verb.JUDGE)
def submit_verdict(
    *,
    by: User,
    now: datetime,
    round: Round,
    outcome: str,
    condition: str = "not_applicable",
    annul_reason: str = "",
    rationale: str,
    searched: str = "",
    cited: Sequence[int] = (),
    stage: str = "",
) -> Verdict:
    """Takes one judge's two answers; the last one needed agrees or splits the round."""
    record = locked(round)
    if record.closed_at:
        raise RoundClosed(field="round", state=record.state)
    proper = _stage_for(record, by)
    if stage and stage != proper:
        raise ForbiddenMove(
            f"This round takes a verdict of stage {proper} from you.",
            field="stage",
            state=record.state,
        )
    _check_duties(record, by, proper)
    ballot = _ballot(condition, outcome, annul_reason)
    judging.check(
        ballot,
        conditional=record.proposition.condition_id is not None,
        rationale=rationale,
    )
    evidence = _evidence(cited)
    _check_search(ballot, evidence, searched)
    if proper is Stage.INDEPENDENT:
        seat(by=by, now=now, round=record, judge=by)
    verdict = Verdict.objects.create(
        round=record,
        judge=by,
        stage=proper,
        condition=ballot.condition,
        outcome=ballot.outcome,
        annul_reason=ballot.annul_reason or "",
        submitted_at=now,
        codebook=record.codebook,
        **tidy({"rationale": rationale.strip(), "searched": searched.strip()}),
    )
    verdict.cited.add(*evidence)
    _advance(record)
    if record.state == State.SPLIT and proper is Stage.INDEPENDENT:
        announce(EventKind.REVIEW_SPLIT, noun="rounds", record=record.pk, now=now)
    return verdict


def _stage_for(round: Round, judge: User) -> Stage:
    """What this person may submit now; raises where it is nothing."""
    answered = set(round.verdicts.filter(judge=judge).values_list("stage", flat=True))
    if round.state == State.OPEN:
        if answered:
            raise AlreadyJudged(field="round", state=round.state)
        return Stage.INDEPENDENT
    if round.state == State.SPLIT and Stage.INDEPENDENT in answered:
        if Stage.REVISED in answered:
            raise AlreadyJudged("You have revised once already.", field="round", state=round.state)
        return Stage.REVISED
    if round.state in (State.SPLIT, State.ADJUDICATION):
        if not judge.may(Verb.ADJUDICATE):
            raise RoundClosed(
                "The judges of this round are apart: an editor adjudicates.",
                field="round",
                state=round.state,
            )
        return Stage.ADJUDICATION
    if round.state == State.PANEL:
        if Stage.PANEL in answered:
            raise AlreadyJudged(field="round", state=round.state)
        return Stage.PANEL
    raise RoundClosed(field="round", state=round.state)


def _check_duties(round: Round, judge: User, stage: Stage) -> None:
    if duty := earlier_duty(round, judge):
        raise SeparationOfDuties(f"You {duty}.", field="judge", state=round.state)
    late = stage in (Stage.ADJUDICATION, Stage.PANEL)
    if late and round.verdicts.filter(judge=judge).exclude(stage=stage).exists():
        raise SeparationOfDuties(
            "You were in this round already.", field="judge", state=round.state
        )


def _ballot(condition: str, outcome: str, annul_reason: str) -> Ballot:
    try:
        field, values = "condition", list(ConditionAnswer)
        answered = ConditionAnswer(condition)
        field, values = "outcome", list(OutcomeAnswer)
        happened = OutcomeAnswer(outcome)
        field, values = "annul_reason", list(AnnulReason)
        return Ballot(answered, happened, AnnulReason(annul_reason) if annul_reason else None)
    except ValueError as error:
        raise UnknownValue(f"{field} takes one of: {', '.join(values)}.", field=field) from error


def _evidence(cited: Sequence[int]) -> list[Outcome]:
    found = list(Outcome.objects.filter(pk__in=cited))
    unknown = set(cited) - {outcome.pk for outcome in found}
    if unknown:
        raise NotFound(f"There is no outcome {min(unknown)}.", field="cited")
    return found


def _check_search(ballot: Ballot, evidence: Sequence[Outcome], searched: str) -> None:
    """No evidence is not "did not": such an answer cites something or lists what was searched."""
    doubtful = (OutcomeAnswer.DID_NOT, OutcomeAnswer.MOSTLY_NOT, OutcomeAnswer.AMBIGUOUS)
    if ballot.outcome in doubtful and not evidence and not searched.strip():
        raise SearchUnrecorded(field="searched")


def ballot_of(verdict: Verdict) -> Ballot:
    return Ballot(
        ConditionAnswer(verdict.condition),
        OutcomeAnswer(verdict.outcome),
        AnnulReason(verdict.annul_reason) if verdict.annul_reason else None,
    )


def settled(round: Round) -> Consensus:
    """What the verdicts of a round settle so far; the last step that was taken decides."""
    verdicts = list(round.verdicts.order_by("submitted_at", "id"))
    panel = [ballot_of(v) for v in verdicts if v.stage == Stage.PANEL]
    if len(panel) == PANEL_SIZE:
        return judging.majority(panel)
    adjudicated = [ballot_of(v) for v in verdicts if v.stage == Stage.ADJUDICATION]
    if adjudicated:
        last = adjudicated[-1]
        ballot = Ballot(last.condition, last.result, last.annul_reason)
        return Consensus(ballot, judging.Method.ADJUDICATED)
    latest = {v.judge_id: ballot_of(v) for v in verdicts}
    if len(latest) < round.needed:
        return judging.SPLIT
    return judging.consensus(list(latest.values()))


def _advance(round: Round) -> None:
    """Makes the move that the newest verdict brings about, if it brings one."""
    counts = dict.fromkeys(Stage, 0)
    for stage in round.verdicts.values_list("stage", flat=True):
        counts[Stage(stage)] += 1
    agreed = settled(round).ballot is not None
    if round.state == State.OPEN and counts[Stage.INDEPENDENT] == round.needed:
        _move(round, Move.AGREE if agreed else Move.SPLIT)
    elif counts[Stage.ADJUDICATION] and round.state in (State.SPLIT, State.ADJUDICATION):
        _move(round, Move.ADJUDICATE)
    elif round.state == State.SPLIT and counts[Stage.REVISED] == round.needed:
        _move(round, Move.AGREE if agreed else Move.ESCALATE)
    elif round.state == State.PANEL and counts[Stage.PANEL] == PANEL_SIZE:
        _move(round, Move.AGREE)


def _move(round: Round, move: Move) -> None:
    round.state = judging.after(State(round.state), move)
    round.save(update_fields=["state"])


@action(Verb.JUDGE)
def escalate(*, by: User, now: datetime, round: Round) -> Round:
    """Sends a split round to an adjudicator without waiting for revisions."""
    record = locked(round)
    _move(record, Move.ESCALATE)
    return record


@action(Verb.OPEN_ROUND)
def contest(*, by: User, now: datetime, round: Round) -> Round:
    """Sends an agreed round to a panel of three that was not in it before; it has the last word."""
    record = locked(round)
    if record.verdicts.filter(stage=Stage.PANEL).exists():
        raise ForbiddenMove(
            "A panel has decided this round already.", field="round", state=record.state
        )
    _move(record, Move.CONTEST)
    return record


@action(Verb.OPEN_ROUND)
def abandon(*, by: User, now: datetime, round: Round, reason: str) -> Round:
    """Closes a round without a resolution; its verdicts stay on record."""
    if not reason.strip():
        raise CommentRequired("Say why the round is abandoned.", field="reason")
    record = locked(round)
    record.state = judging.after(State(record.state), Move.ABANDON)
    record.closed_at, record.note = now, tidy({"reason": reason})["reason"]
    record.save(update_fields=["state", "closed_at", "note"])
    return record


def hidden_from(judge: User) -> QuerySet[Proposition]:
    """What this judge must answer blind: propositions under judgement without their answer.

    Those that hang on one as their condition belong to it: their claims would name its speaker.
    What they coded or read themselves is not theirs to judge, and not hidden.
    """
    # With a single judge nothing is blind, and every resolution says so.
    rounds = Round.objects.under_way().filter(needed__gt=1)
    unanswered = rounds.exclude(verdicts__judge=judge).order_by()
    own = Proposition.objects.order_by().filter(
        Q(claims__coder=judge) | Q(claims__readings__reader=judge)
    )
    judged = unanswered.values("proposition")
    return Proposition.objects.resting_on(judged).exclude(pk__in=own.values("pk")).order_by()


def visible_verdicts(round: Round, user: User) -> QuerySet[Verdict]:
    """The verdicts of a round that this person may see.

    Closed rounds are open to all. Until then judges see their own, and the others' only once
    the blind step is over; editors who are not in the round see it from then on, too.
    """
    verdicts = round.verdicts.order_by("submitted_at", "id")
    if round.closed_at:
        return verdicts
    own = verdicts.filter(judge=user)
    if round.state == State.OPEN:
        return own
    involved = own.exists() or permitted(Verb.ADJUDICATE, user.roles())
    return verdicts if involved else own
