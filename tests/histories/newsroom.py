"""A small newsroom: people in several roles, a clock, and what any of them may try."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from django.db import IntegrityError, connection, transaction

from tests.actions.steps import claim, proposition
from tests.builders import JUDGED, make_organisation, make_user
from tests.histories.oracles import EDITORS, JUDGES, LOGGERS, Facts, may_publish
from tests.histories.rows import rows
from tracker.actions.claims import code_claim, freeze_claim, log_claim, withdraw_claim
from tracker.actions.outcomes import bear_on, record_outcome
from tracker.actions.people import SpeakerDraft
from tracker.actions.propositions import PropositionDraft, see_event
from tracker.actions.readings import read_words
from tracker.actions.records import merge
from tracker.actions.resolutions import file_dispute, publish, record_reply, resolve, rule_on
from tracker.actions.rounds import abandon, contest, escalate, open_round, submit_verdict
from tracker.domain.errors import TrackerError
from tracker.models import Organisation, Outcome, Person, Round, User, Verdict

STAFF = ("coder", "coder", "judge", "judge", "judge", "judge", "editor", "editor", "admin")
SPEAKERS = ("Ada", "Ben", "Cyd")
Thing = TypeVar("Thing")
Deed = Callable[[], Any]


def nth(things: Sequence[Thing], n: int) -> Thing:
    return things[n % len(things)]


class Newsroom:
    """Each method is one try; `facts` are the rows before it, and the oracle of what may be."""

    def __init__(self) -> None:
        self.now: datetime = JUDGED
        self.staff = [
            (make_user(role=role, username=f"{role}_{n}"), role) for n, role in enumerate(STAFF)
        ]
        self.houses = [make_organisation() for _ in range(3)]
        self.facts, self.rows = self.read(), rows()

    def read(self) -> Facts:
        return Facts.read(self.staff)

    @property
    def today(self) -> date:
        return self.now.date()

    def of(self, roles: set[str], n: int) -> User:
        return nth([user for user, role in self.staff if role in roles], n)

    def role(self, user: User) -> str:
        return self.facts.roles[user.pk]

    # --- trying ---

    def attempt(self, deed: Deed) -> Any:
        """What comes of a deed; a refusal leaves every row as it was."""
        try:
            with transaction.atomic():
                return deed()
        except TrackerError as refusal:
            assert rows() == self.rows, f"{refusal} left something behind"
            return refusal

    def expect(self, allowed: bool, deed: Deed) -> Any:
        """What comes of a deed that the codebook allows, or refuses."""
        came = self.attempt(deed)
        refused = isinstance(came, TrackerError)
        assert refused is not allowed, f"allowed: {allowed}, came: {came!r}"
        return came

    # --- logging and coding ---

    def log(self, who: User, n: int, days: int, conditional: bool, frozen: bool) -> None:
        """A forecast on a new proposition, or on one of the others if the number says so."""
        known = list(self.facts.propositions)
        shared = known and n % 3 == 0
        draft = PropositionDraft(id=nth(known, n)) if shared else self._new(n, days, conditional)
        what = claim(
            speaker=SpeakerDraft(person=nth(SPEAKERS, n)),
            proposition=draft,
            kind="forecast",
            hedge="" if n % 2 else "likely",
            p_point=700 if n % 2 else None,
            freeze=frozen,
        )
        came = self.attempt(lambda: log_claim(by=who, now=self.now, draft=what))
        assert self.role(who) in LOGGERS or isinstance(came, TrackerError)

    def _new(self, n: int, days: int, conditional: bool) -> PropositionDraft:
        known = list(self.facts.propositions)
        day = self.today + timedelta(days)
        dated = {"deadline": day} if n % 4 else {"deadline": None, "review_on": day}
        condition = None
        if conditional:
            condition = PropositionDraft(id=nth(known, n)) if known else proposition()
        return proposition(**dated, condition=condition)

    def recode(self, who: User, pick: int, onto: int, **changes: Any) -> None:
        """Codes a claim anew; `onto` may move it to another proposition."""
        if not self.facts.claims:
            return
        draft = nth(list(self.facts.claims.values()), pick)
        if onto % 2:
            target = nth(list(self.facts.propositions), onto)
            changes["proposition"] = PropositionDraft(id=target)
        came = self.attempt(lambda: code_claim(by=who, now=self.now, claim=draft, **changes))
        may = draft.state == "draft" and self.role(who) in LOGGERS
        assert may or isinstance(came, TrackerError)

    def freeze(self, who: User, pick: int) -> None:
        if self.facts.claims:
            draft = nth(list(self.facts.claims.values()), pick)
            came = self.attempt(lambda: freeze_claim(by=who, now=self.now, claim=draft))
            assert self.role(who) in LOGGERS or isinstance(came, TrackerError)

    def withdraw(self, who: User, pick: int, state: str, reason: str) -> None:
        if self.facts.claims:
            one = nth(list(self.facts.claims.values()), pick)
            allowed = self.role(who) in LOGGERS and bool(reason)
            self.expect(
                allowed, lambda: withdraw_claim(by=who, claim=one, state=state, reason=reason)
            )

    def read_words(self, who: User, pick: int) -> None:
        """Any role may read, but not the coder, a judge of it, twice, or after the outcome."""
        if not self.facts.claims:
            return
        one = nth(list(self.facts.claims.values()), pick)
        judged = [r for r in self.facts.rounds.values() if r.proposition_id == one.proposition_id]
        judges = {v.judge_id for r in judged for v in self.facts.verdicts[r.pk]}
        before = {r.reader_id for r in self.facts.readings if r.claim_id == one.pk}
        settled = {r.proposition_id for r in self.facts.resolutions.values()}
        barred = {one.coder_id} | judges | before
        allowed = who.pk not in barred and one.proposition_id not in settled
        self.expect(
            allowed,
            lambda: read_words(by=who, now=self.now, claim=one, low=100, best=300, high=400),
        )

    def merge(self, who: User, n: int, people: bool, reason: str) -> None:
        noun: Any = Person if people else Organisation
        known = list(noun.objects.order_by("id"))
        if not known:
            return
        loser, winner = nth(known, n), nth(known, n // 3)
        stand = loser.merged_into_id is None and winner.merged_into_id is None
        allowed = self.role(who) in EDITORS and stand and loser != winner and bool(reason)
        self.expect(allowed, lambda: merge(by=who, loser=loser, winner=winner, reason=reason))

    # --- what happened ---

    def see(self, who: User, pick: int) -> None:
        if self.facts.propositions:
            what = nth(list(self.facts.propositions.values()), pick)
            self.expect(True, lambda: see_event(by=who, proposition=what))

    def record(self, who: User, pick: int) -> None:
        """A new fact, or one that turns out to bear on another proposition too."""
        if not self.facts.propositions:
            return
        what = nth(list(self.facts.propositions.values()), pick)
        last = Outcome.objects.last()
        if last and pick % 2:
            self.expect(True, lambda: bear_on(by=who, outcome=last, proposition=what))
            return
        fact = {"statement": "It was seen.", "occurred_on": self.today.isoformat()}
        self.expect(True, lambda: record_outcome(by=who, propositions=(what.pk,), **fact))

    # --- rounds ---

    def open(self, who: User, pick: int, needed: int) -> None:
        if not self.facts.propositions:
            return
        what = nth(list(self.facts.propositions.values()), pick)
        idle = what.frozen_at is not None and self.facts.open_round(what.pk) is None
        allowed = self.role(who) in EDITORS and idle and 1 <= needed <= 5
        self.expect(
            allowed, lambda: open_round(by=who, now=self.now, proposition=what, needed=needed)
        )

    def judge(self, round: Round, who: User, condition: str, outcome: str, reason: str) -> None:
        """One verdict; where the codebook takes it, it brings the round to the state it says."""
        conditional = self.facts.propositions[round.proposition_id].condition_id is not None
        answered = condition if conditional else "not_applicable"
        stage = self.facts.stage(round, who.pk)
        given = {"condition": answered, "outcome": outcome, "rationale": reason}
        came = self.expect(
            bool(stage and reason),
            lambda: submit_verdict(by=who, now=self.now, round=round, searched="Wires.", **given),
        )
        if not isinstance(came, Verdict):
            return
        assert came.stage == stage
        expected = self.facts.after(round, came)
        assert Round.objects.get(pk=round.pk).state == expected

    def escalate(self, round: Round, who: User) -> None:
        allowed = round.state == "split" and self.role(who) in JUDGES
        self.expect(allowed, lambda: escalate(by=who, now=self.now, round=round))

    def contest(self, round: Round, who: User) -> None:
        before = {v.stage for v in self.facts.verdicts[round.pk]}
        fresh = round.state == "agreed" and "panel" not in before
        allowed = fresh and self.role(who) in EDITORS
        self.expect(allowed, lambda: contest(by=who, now=self.now, round=round))

    def abandon(self, round: Round, who: User, reason: str) -> None:
        at_work = round.state in ("open", "split", "adjudication", "panel")
        allowed = at_work and self.role(who) in EDITORS and bool(reason)
        self.expect(allowed, lambda: abandon(by=who, now=self.now, round=round, reason=reason))

    def resolve(self, round: Round, who: User, reason: str) -> None:
        ready = round.state == "agreed" and self.role(who) in EDITORS
        first = self.facts.current(round.proposition_id) is None
        self.expect(
            ready and (first or bool(reason)),
            lambda: resolve(by=who, now=self.now, round=round, change_reason=reason),
        )

    # --- resolutions ---

    def publish(self, who: User, pick: int, reason: str) -> None:
        if self.facts.resolutions:
            one = nth(list(self.facts.resolutions.values()), pick)
            allowed = self.role(who) in EDITORS and may_publish(one, self.now, reason)
            self.expect(
                allowed,
                lambda: publish(by=who, now=self.now, resolution=one, override_reason=reason),
            )

    def answer_back(self, who: User, pick: int, appeal: bool, text: str) -> None:
        """A reply to a resolution, or an appeal against a published one."""
        if not self.facts.resolutions:
            return
        one = nth(list(self.facts.resolutions.values()), pick)
        said: dict[str, Any] = {"by": who, "now": self.now, "resolution": one, "text": text}
        allowed = self.role(who) in EDITORS and bool(text)
        if appeal:
            allowed = allowed and one.published_at is not None
            self.expect(allowed, lambda: file_dispute(ground="Fact", filed_by="Ada", **said))
        else:
            self.expect(allowed, lambda: record_reply(author="Ada", **said))

    def rule(self, who: User, pick: int, ruling: str, reason: str) -> None:
        if not self.facts.disputes:
            return
        one = nth(list(self.facts.disputes.values()), pick)
        about = self.facts.resolutions[one.resolution_id].proposition_id
        idle = ruling == "rejected" or self.facts.open_round(about) is None
        pending = one.ruling == "pending" and idle
        allowed = self.role(who) in EDITORS and pending and bool(reason)
        self.expect(
            allowed,
            lambda: rule_on(by=who, now=self.now, dispute=one, ruling=ruling, reason=reason),
        )

    # --- what nobody may ---

    def tamper(self, table: str, deletes: bool) -> None:
        """Somebody with SQL rewrites evidence, or removes it: the database itself says no."""
        if not any(name == table for name, _ in self.rows):
            return
        sql = f"UPDATE {table} SET uuid = gen_random_uuid()"
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}" if deletes else sql)
