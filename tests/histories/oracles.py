"""The codebook once more, by brute force over all rows: what the record must look like.

Nothing here asks the code under test; every rule is a plain loop over plain rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tracker.models import (
    Assignment,
    Claim,
    Dispute,
    Duplicate,
    Override,
    Proposition,
    Reading,
    Resolution,
    Round,
    User,
    Verdict,
)

EDITORS = {"editor", "admin"}
JUDGES = {"judge"} | EDITORS
LOGGERS = {"coder"} | EDITORS
CAME, FAILED = {"came_true", "mostly"}, {"did_not", "mostly_not"}
UNMET = {"not_met", "undeterminable"}
DATED = {"stated", "derived", "convention"}


@dataclass(frozen=True)
class Facts:
    """All rows that the rules speak of, as they stand."""

    propositions: dict[int, Proposition]
    claims: dict[int, Claim]
    readings: list[Reading]
    rounds: dict[int, Round]
    verdicts: dict[int, list[Verdict]]  # by round, in the order in which they came
    resolutions: dict[int, Resolution]
    disputes: dict[int, Dispute]
    words: dict[int, set[int]]  # a claim's further quotations
    pairs: list[Duplicate]
    seats: list[Assignment]  # those that were not given back
    excepted: set[tuple[int, int]]  # (round, judge) who may judge in spite of an earlier duty
    roles: dict[int, set[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, users: Iterable[tuple[User, set[str]]]) -> Facts:
        verdicts: defaultdict[int, list[Verdict]] = defaultdict(list)
        for verdict in Verdict.objects.order_by("id"):
            verdicts[verdict.round_id].append(verdict)
        words: defaultdict[int, set[int]] = defaultdict(set)
        for further in Claim.further_quotations.through.objects.all():
            words[further.claim_id].add(further.quotation_id)
        return cls(
            propositions=_by_key(Proposition.objects),
            claims=_by_key(Claim.objects),
            readings=list(Reading.objects.order_by("id")),
            rounds=_by_key(Round.objects),
            verdicts=verdicts,
            resolutions=_by_key(Resolution.objects),
            disputes=_by_key(Dispute.objects),
            words=words,
            pairs=list(Duplicate.objects.order_by("id")),
            seats=list(Assignment.objects.filter(released_at=None)),
            excepted={(o.round_id, o.judge_id) for o in Override.objects.all()},
            roles={user.pk: roles for user, roles in users},
        )

    # --- rounds and resolutions ---

    def open_round(self, proposition: int) -> Round | None:
        found = [r for r in self.rounds.values() if r.proposition_id == proposition]
        return next((r for r in found if r.closed_at is None), None)

    def current(self, proposition: int) -> Resolution | None:
        found = [r for r in self.resolutions.values() if r.proposition_id == proposition]
        return next((r for r in found if r.superseded_by_id is None), None)

    def most_under_way(self) -> int:
        """The most rounds that any proposition has under way."""
        under_way = (r.proposition_id for r in self.rounds.values() if r.closed_at is None)
        return max(Counter(under_way).values(), default=0)

    def most_current(self) -> int:
        """The most current resolutions that any proposition has."""
        current = (r.proposition_id for r in self.resolutions.values() if not r.superseded_by_id)
        return max(Counter(current).values(), default=0)

    def due(self, today: date) -> set[int]:
        """Frozen, standing, neither resolved nor in a round, and its day has come."""
        return {
            p.pk
            for p in self.propositions.values()
            if p.frozen_at is not None
            and p.merged_into_id is None
            and self.current(p.pk) is None
            and self.open_round(p.pk) is None
            and day_has_come(p, today)
        }

    # --- who decides: 1, different people ---

    def involved(self, proposition: int) -> set[int]:
        """Who coded a claim on it, or read one's words."""
        claims = {c.pk: c for c in self.claims.values() if c.proposition_id == proposition}
        coders = {claim.coder_id for claim in claims.values()}
        return coders | {r.reader_id for r in self.readings if r.claim_id in claims}

    def mixed_duties(self) -> list[str]:
        """Every verdict, and every step of a round, that the wrong person gave."""
        found = []
        for round in self.rounds.values():
            given = self.verdicts[round.pk]
            first = {v.judge_id for v in given if v.stage in ("independent", "revised")}
            late = [v.judge_id for v in given if v.stage in ("adjudication", "panel")]
            if first & set(late):
                found.append(f"round {round.pk}: decided by one who was in it")
            if len(late) != len(set(late)):
                found.append(f"round {round.pk}: one person decided twice")
            if round.needed == 1:
                continue
            judges = {v.judge_id for v in given if (round.pk, v.judge_id) not in self.excepted}
            if judges & self.involved(round.proposition_id):
                found.append(f"round {round.pk}: judged by a coder or reader")
            if round.reason == "appeal" and judges & self.earlier_judges(round):
                found.append(f"round {round.pk}: an appeal without fresh judges")
        coders = {c.pk: c.coder_id for c in self.claims.values()}
        found += [f"reading {r.pk}" for r in self.readings if coders[r.claim_id] == r.reader_id]
        return found

    def barred(self, round: Round, user: int) -> bool:
        """Whether an earlier duty keeps this person from judging here."""
        if round.needed == 1 or (round.pk, user) in self.excepted:
            return False
        appealed = round.reason == "appeal" and user in self.earlier_judges(round)
        return appealed or user in self.involved(round.proposition_id)

    def has_seat(self, round: Round, user: int) -> bool:
        """Whether a seat is theirs, or free for them."""
        seated = [s.judge_id for s in self.seats if s.round_id == round.pk]
        return user in seated or len(seated) < round.needed

    def earlier_judges(self, round: Round) -> set[int]:
        same = [r for r in self.rounds.values() if r.proposition_id == round.proposition_id]
        return {v.judge_id for r in same if r.number < round.number for v in self.verdicts[r.pk]}

    # --- who decides: 2, blind ---

    def hidden(self, judge: int) -> set[int]:
        """What this judge answers blind, with all that hangs on it as a condition.

        With one judge nothing is blind, and what they coded or read is not theirs to judge.
        """
        if "judge" not in self.roles[judge] or self.roles[judge] & EDITORS:
            return set()
        asked = {
            r.proposition_id
            for r in self.rounds.values()
            if r.closed_at is None
            and r.needed > 1
            and judge not in {v.judge_id for v in self.verdicts[r.pk]}
        }
        return {
            pk
            for pk in self.propositions
            if asked & self.rests_on(pk) and judge not in self.involved(pk)
        }

    def standing(self, pk: int) -> int:
        """The proposition that stands today for one that may have been merged."""
        return self.propositions[pk].merged_into_id or pk

    def rests_on(self, pk: int | None) -> set[int]:
        """A proposition, the one it was merged into, their conditions, and those ones'."""
        if pk is None:
            return set()
        one = self.propositions[pk]
        return {pk} | self.rests_on(one.merged_into_id) | self.rests_on(one.condition_id)

    # --- repeats: one claim, many utterances ---

    def lost_words(self) -> list[str]:
        """Merged claims whose words the claim that stands for them does not have."""
        found = []
        for claim in self.claims.values():
            kept = self.claims.get(claim.merged_into_id or 0)
            if kept and claim.quotation_id not in self.words[kept.pk] | {kept.quotation_id}:
                found.append(f"claim {claim.pk}")
        found += [f"pair {d.pk}: one person alone" for d in self.pairs if decided_alone(d)]
        return found

    def seen(self, round: Round, user: int) -> set[int]:
        """The verdicts of a round that this person may see by the round's own rule."""
        given = self.verdicts[round.pk]
        own = {v.pk for v in given if v.judge_id == user}
        if round.closed_at is not None:
            return {v.pk for v in given}
        if round.state == "open" or not (own or self.roles[user] & EDITORS):
            return own
        return {v.pk for v in given}

    def listed(self, user: int) -> set[int]:
        """The verdicts of all rounds that lists show this person."""
        blind = self.hidden(user)
        found: set[int] = set()
        for round in self.rounds.values():
            own = {v.pk for v in self.verdicts[round.pk] if v.judge_id == user}
            found |= own if round.proposition_id in blind else self.seen(round, user)
        return found

    # --- who decides: 3, what a verdict brings about ---

    def stage(self, round: Round, user: int) -> str:
        """What this person may answer now; nothing where it is not their turn."""
        roles, given = self.roles[user], self.verdicts[round.pk]
        own = [v.stage for v in given if v.judge_id == user]
        if not roles & JUDGES or round.closed_at is not None or self.barred(round, user):
            return ""
        if round.state == "open" and not self.has_seat(round, user):
            return ""
        if round.state == "split" and own == ["independent"]:
            return "revised"
        if round.state in ("split", "adjudication") and roles & EDITORS and not own:
            return "adjudication"
        blind = {"open": "independent", "panel": "panel"}
        return blind.get(round.state, "") if not own else ""

    def after(self, round: Round, new: Verdict) -> str:
        """The state to which one more verdict brings a round."""
        given = [*self.verdicts[round.pk], new]
        stages = Counter(v.stage for v in given)
        latest = {v.judge_id: v for v in given}.values()
        if round.state == "open" and stages["independent"] == round.needed:
            return "agreed" if agree(latest) else "split"
        if new.stage == "adjudication":
            return "agreed"
        if round.state == "split" and stages["revised"] == round.needed:
            return "agreed" if agree(latest) else "adjudication"
        if round.state == "panel" and stages["panel"] == 3:
            return "agreed"
        return round.state


def _by_key(manager: Any) -> dict[int, Any]:
    return {record.pk: record for record in manager.order_by("id")}


def day_has_come(proposition: Proposition, today: date) -> bool:
    """Its last day is over, its day of review has come, or its event was seen."""
    if proposition.event_seen:
        return True
    if proposition.deadline_basis in DATED:
        assert proposition.deadline is not None
        return proposition.deadline < today
    return proposition.review_on is not None and proposition.review_on <= today


def agree(verdicts: Iterable[Verdict]) -> bool:
    """Equal answers, or answers of one score: 4 and 5, or 1 and 2."""
    given = [(v.condition, result(v)) for v in verdicts]
    outcomes = {outcome for _, outcome in given}
    same_condition = len({condition for condition, _ in given}) == 1
    return same_condition and (len(outcomes) == 1 or outcomes <= CAME or outcomes <= FAILED)


def decided_alone(pair: Duplicate) -> bool:
    return pair.decided_by_id == pair.proposed_by_id


def result(verdict: Verdict) -> str:
    void = verdict.condition in UNMET and verdict.outcome != "annulled"
    return "void_condition" if void else verdict.outcome


def may_publish(resolution: Resolution, now: datetime, reason: str) -> bool:
    waits = now < resolution.reply_until and not reason
    return not (resolution.published_at or resolution.superseded_by_id or waits)
