"""What may be done with the seats of a round: assign, take, give back, and allow an exception."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain.errors import (
    AlreadyJudged,
    CommentRequired,
    Conflict,
    NotPermitted,
    RoundClosed,
    SeatsTaken,
    SeparationOfDuties,
)
from tracker.domain.judging import State
from tracker.domain.roles import Verb, permitted
from tracker.models import Assignment, Claim, Override, Proposition, Reading, Round, Topic, Verdict
from tracker.models.accounts import User
from tracker.models.rounds import RoundReason


def judges_for(proposition: Proposition) -> int:
    """How many verdicts a round on it needs: its topic's, or one's above it, else the setting's."""
    topic = proposition.topic
    said = Topic.objects.judges_of(topic) if topic else None
    return said or settings.TRACKER_JUDGES


def earlier_duty(round: Round, judge: User) -> str:
    """Why this person may not judge here: what they did for the proposition, or ""."""
    if round.needed == 1 or round.overrides.filter(judge=judge).exists():
        return ""
    proposition = round.proposition_id
    coded = Claim.objects.filter(proposition=proposition, coder=judge).exists()
    if coded or Reading.objects.filter(claim__proposition=proposition, reader=judge).exists():
        return "coded or read a claim on this proposition, so others judge it"
    if round.reason == RoundReason.APPEAL:
        before = Verdict.objects.filter(round__proposition=proposition, judge=judge)
        if before.exclude(round=round).exists():
            return "judged this before, and an appeal gets fresh judges"
    return ""


def seat(*, by: User, now: datetime, round: Round, judge: User) -> None:
    """Gives a judge without a seat a free one; raises SeatsTaken where others have them all."""
    if round.assignments.standing().filter(judge=judge).exists():
        return
    if round.assignments.standing().count() >= round.needed:
        raise SeatsTaken(field="round", state=round.state)
    Assignment.objects.create(round=round, judge=judge, assigned_by=by, assigned_at=now)


@action(Verb.OPEN_ROUND)
def assign(*, by: User, now: datetime, round: Round, judge: User) -> Assignment:
    """Gives a judge a seat in an open round; nobody else can take it until it is given back."""
    return _seat(by, now, round, judge)


@action(Verb.JUDGE)
def take_seat(*, by: User, now: datetime, round: Round) -> Assignment:
    """Takes a free seat for oneself."""
    return _seat(by, now, round, by)


def _seat(by: User, now: datetime, round: Round, judge: User) -> Assignment:
    record = locked(round)
    if record.state != State.OPEN:
        raise RoundClosed(
            "Seats are given while the round is open.", field="round", state=record.state
        )
    if not judge.is_active or not permitted(Verb.JUDGE, judge.roles()):
        raise NotPermitted(f"{judge} does not judge: give them the role first.", field="judge")
    if duty := earlier_duty(record, judge):
        raise SeparationOfDuties(f"{judge} {duty}.", field="judge", state=record.state)
    if record.verdicts.filter(judge=judge).exists():
        raise AlreadyJudged(f"{judge} has answered in this round.", field="judge")
    if record.assignments.standing().filter(judge=judge).exists():
        raise Conflict(f"{judge} has a seat in this round.", field="judge", state=record.state)
    seat(by=by, now=now, round=record, judge=judge)
    return record.assignments.standing().get(judge=judge)


@action(Verb.JUDGE)
def release(*, by: User, now: datetime, assignment: Assignment) -> Assignment:
    """Gives a seat back before its verdict is in: the judge's own, or an editor any."""
    round = locked(assignment.round)
    record = locked(assignment)
    if record.judge_id != by.pk and not by.may(Verb.OPEN_ROUND):
        raise NotPermitted("Only an editor gives back the seat of another.", field="assignment")
    if record.released_at:
        raise Conflict("This seat has been given back.", field="assignment")
    if round.verdicts.filter(judge=record.judge_id).exists():
        raise AlreadyJudged("The verdict of this seat is in.", field="assignment")
    record.released_at = now
    record.save(update_fields=["released_at"])
    return record


@action(Verb.OPEN_ROUND)
def grant_override(*, by: User, now: datetime, round: Round, judge: User, reason: str) -> Override:
    """Lets a person judge in spite of an earlier duty; listed for ever, with the reason."""
    if not reason.strip():
        raise CommentRequired("Say why no other judge can be found.", field="reason")
    if by.pk == judge.pk:
        raise SeparationOfDuties("Nobody makes an exception for themselves.", field="judge")
    record = locked(round)
    if record.closed_at:
        raise RoundClosed(field="round", state=record.state)
    if not earlier_duty(record, judge):
        raise Conflict(
            f"{judge} needs no exception: no duty or an exception stands already.",
            field="judge",
            state=record.state,
        )
    words = tidy({"reason": reason.strip()})
    return Override.objects.create(
        round=record, judge=judge, granted_by=by, granted_at=now, **words
    )
