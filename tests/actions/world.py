"""A small world of claims that change: what random histories of scores are made of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.actions.steps import judged
from tests.builders import (
    CODED,
    JUDGED,
    SAID,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_topic,
    make_user,
)
from tracker.actions.claims import withdraw_claim
from tracker.actions.propositions import add_benchmark, edit_proposition
from tracker.actions.readings import read_words
from tracker.actions.records import merge
from tracker.actions.resolutions import publish, resolve
from tracker.actions.scores import rescore
from tracker.domain.errors import TrackerError
from tracker.domain.judging import OutcomeAnswer
from tracker.models import Claim, Proposition, Resolution, Source

OUTCOMES = sorted(set(OutcomeAnswer) - {OutcomeAnswer.VOID_CONDITION, OutcomeAnswer.ANNULLED})
Step = tuple[str, int, str]


def proposition_of(claim: Claim) -> Proposition:
    assert claim.proposition is not None
    return claim.proposition


class World:
    """Three propositions, each the condition of the next, with two speakers on each."""

    def __init__(self) -> None:
        self.now = JUDGED
        self.editor, self.coder = make_user(role="editor"), make_user()
        self.propositions: list[Proposition] = []
        for _ in range(3):
            above = self.propositions[-1] if self.propositions else None
            self.propositions.append(make_proposition(condition=above))
        self.people = [make_person(), make_person()]
        self.claims = [
            make_claim(proposition=what, person=who, organisation=make_organisation(), p=p)
            for what in self.propositions
            for who, p in zip(self.people, (300, 800), strict=True)
        ]

    def take(self, step: Step) -> None:
        """Do what a step says, an hour after the one before; what is refused changes nothing."""
        name, n, outcome = step
        self.now += timedelta(hours=1)
        deed: Callable[[int, str], None] = getattr(self, name)
        with suppress(TrackerError):
            deed(n, outcome)

    def resolved(self, what: Proposition, outcome: str, **fields: Any) -> Resolution:
        round = judged(what, outcome, outcome, **fields)
        change = "A source was missed."
        return resolve(by=self.editor, now=self.now, round=round, change_reason=change)

    def published(self, what: Proposition, outcome: str, **fields: Any) -> None:
        made = self.resolved(what, outcome, **fields)
        publish(by=self.editor, now=self.now, resolution=made, override_reason="Asked.")

    def publish(self, n: int, outcome: str) -> None:
        self.published(self.propositions[n % 3], outcome)

    def unmeet(self, n: int, outcome: str) -> None:
        self.published(self.propositions[1 + n % 2], outcome, condition="not_met")

    def reconsider(self, n: int, outcome: str) -> None:
        self.resolved(self.propositions[n % 3], outcome)

    def withdraw(self, n: int, outcome: str) -> None:
        claim = self.claims[n % 6]
        withdraw_claim(by=self.editor, claim=claim, state="retracted", reason="Taken back.")

    def read(self, n: int, outcome: str) -> None:
        claim = self.claims[n % 6]
        Claim.objects.filter(pk=claim.pk).update(p_tier="", p_low=None, p_point=None, p_high=None)
        rescore([claim.proposition_id or 0])
        for _ in range(3):
            by = make_user(role="judge")
            read_words(by=by, now=CODED, claim=claim, low=100, best=200, high=300)

    def measure(self, n: int, outcome: str) -> None:
        what = self.propositions[n % 3]
        add_benchmark(by=self.coder, proposition=what, p=n * 50, as_of=SAID, method="Counted.")

    def move(self, n: int, outcome: str) -> None:
        edit_proposition(by=self.coder, proposition=self.propositions[n % 3], topic=make_topic())

    def carry(self, n: int, outcome: str) -> None:
        claim = self.claims[n % 6]
        sources = Source.objects.filter(snapshots__quotations=claim.quotation)
        sources.update(outlet=make_organisation())
        rescore([claim.proposition_id or 0])

    def merge(self, n: int, outcome: str) -> None:
        loser, winner = self.people[n % 2], self.people[1 - n % 2]
        merge(by=self.editor, loser=loser, winner=winner, reason="Same.")


STEPS = [
    "publish",
    "publish",
    "unmeet",
    "reconsider",
    "withdraw",
    "read",
    "measure",
    "move",
    "carry",
    "merge",
]
STEP = st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.sampled_from(OUTCOMES))
