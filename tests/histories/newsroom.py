"""A small newsroom: people in several roles, a clock, and what any of them may try."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from tests.actions.steps import claim, proposition
from tests.builders import JUDGED, make_organisation, make_user
from tests.histories.oracles import EDITORS, LOGGERS, Facts
from tests.histories.rows import rows
from tracker.actions.claims import code_claim, freeze_claim, log_claim, withdraw_claim
from tracker.actions.duplicates import confirm, propose, reject
from tracker.actions.outcomes import bear_on, record_outcome
from tracker.actions.people import SpeakerDraft
from tracker.actions.propositions import PropositionDraft, see_event
from tracker.actions.readings import read_words
from tracker.actions.records import merge
from tracker.domain.errors import TrackerError
from tracker.models import Organisation, Outcome, Person, User

STAFF = (
    {"coder"},
    {"coder"},
    {"judge"},
    {"judge"},
    {"judge"},
    {"judge", "coder"},
    {"editor"},
    {"editor"},
    {"admin"},
)
SPEAKERS = ("Ada", "Ben", "Cyd")
Thing = TypeVar("Thing")
Deed = Callable[[], Any]


def nth(things: Sequence[Thing], n: int) -> Thing:
    return things[n % len(things)]


class Newsroom:
    """Each method is one try; `facts` are the rows before it, and the oracle of what may be."""

    def __init__(self) -> None:
        self.now: datetime = JUDGED
        self.staff = [(make_user(role="", username=f"user_{n}"), STAFF[n]) for n in range(9)]
        for user, roles in self.staff:
            user.groups.set(Group.objects.filter(name__in=roles))
        self.houses = [make_organisation() for _ in range(3)]
        self.facts, self.rows = self.read(), rows()

    def read(self) -> Facts:
        return Facts.read(self.staff)

    @property
    def today(self) -> date:
        return self.now.date()

    def of(self, roles: set[str], n: int) -> User:
        return nth([user for user, own in self.staff if own & roles], n)

    def may(self, user: User, roles: set[str]) -> bool:
        return bool(self.facts.roles[user.pk] & roles)

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
        assert self.may(who, LOGGERS) or isinstance(came, TrackerError)

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
        may = draft.state == "draft" and self.may(who, LOGGERS)
        assert may or isinstance(came, TrackerError)

    def freeze(self, who: User, pick: int) -> None:
        if self.facts.claims:
            draft = nth(list(self.facts.claims.values()), pick)
            came = self.attempt(lambda: freeze_claim(by=who, now=self.now, claim=draft))
            assert self.may(who, LOGGERS) or isinstance(came, TrackerError)

    def withdraw(self, who: User, pick: int, state: str, reason: str) -> None:
        if self.facts.claims:
            one = nth(list(self.facts.claims.values()), pick)
            allowed = self.may(who, LOGGERS) and bool(reason) and one.state != "merged"
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
        allowed = self.may(who, EDITORS) and stand and loser != winner and bool(reason)
        self.expect(allowed, lambda: merge(by=who, loser=loser, winner=winner, reason=reason))

    def propose(self, who: User, n: int, m: int, claims: bool) -> None:
        """Two records that may be the same, named by anybody who codes."""
        known: list[Any] = list((self.facts.claims if claims else self.facts.propositions).values())
        if not known:
            return
        pair = {"kept": nth(known, n), "dropped": nth(known, m), "reason": "They say the same."}
        came = self.attempt(lambda: propose(by=who, now=self.now, **pair))
        assert self.may(who, LOGGERS) or isinstance(came, TrackerError)

    def decide(self, who: User, pick: int, same: bool) -> None:
        """A second person merges the two, or keeps them apart."""
        if not self.facts.pairs:
            return
        pair = nth(self.facts.pairs, pick)
        deed = confirm if same else reject
        came = self.attempt(
            lambda: deed(by=who, now=self.now, duplicate=pair, reason="They do say the same.")
        )
        fit = self.may(who, LOGGERS) and who.pk != pair.proposed_by_id
        assert (fit and pair.state == "proposed") or isinstance(came, TrackerError)

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
