"""Invented people who say much and are often wrong, for measuring; the same for the same seed."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models

from tracker.domain.deadlines import Basis
from tracker.domain.judging import ConditionAnswer, Method, OutcomeAnswer
from tracker.domain.provenance import Grade
from tracker.models import (
    Benchmark,
    Claim,
    HedgeTerm,
    Organisation,
    Person,
    Proposition,
    Quotation,
    Resolution,
    Snapshot,
    Source,
    Topic,
)
from tracker.models.claims import ClaimState, Kind, Polarity, Tier

BATCH = 20_000
CLAIMS_PER_EVENT = 5
CLAIMS_PER_SOURCE = 20
TOPICS, OUTLETS = 40, 400
ZIPF = 1.0
FIRST_DAY = date(2015, 1, 1)
DAYS = 3650
# Shares of events; the rest came true or did not.
UNSETTLED = (
    (0.10, None),
    (0.05, OutcomeAnswer.VOID_CONDITION),
    (0.03, OutcomeAnswer.PARTLY),
    (0.02, OutcomeAnswer.AMBIGUOUS),
)
STATED, READERS, WITH_BASE_RATE, DENIED, HINDSIGHT = 0.20, 0.05, 0.30, 0.10, 0.05


class Stack:
    """Rows of one table on their way to COPY; what a row does not say is the model's default."""

    def __init__(self, model: type[models.Model], numbers: Random) -> None:
        self.table = model._meta.db_table
        fields = [f for f in model._meta.concrete_fields if not f.generated]
        self.columns = [str(f.column) for f in fields]
        self.defaults = [_plain(f.get_default()) for f in fields]
        self.numbers = numbers
        self.last = 0
        self.rows: list[list[Any]] = []

    def add(self, **given: Any) -> int:
        """Add a row; returns its id."""
        self.last += 1
        given["id"] = self.last
        if "uuid" in self.columns:
            given["uuid"] = UUID(int=self.numbers.getrandbits(128), version=4)
        named = zip(self.columns, self.defaults, strict=True)
        self.rows.append([given.get(column, default) for column, default in named])
        return self.last

    def flush(self) -> None:
        """Send the rows."""
        with connection.cursor() as cursor:
            names = ", ".join(f'"{column}"' for column in self.columns)
            with cursor.copy(f"COPY {self.table} ({names}) FROM STDIN") as copy:
                for row in self.rows:
                    copy.write_row(row)
        self.rows.clear()

    def settle(self) -> None:
        """Let the next row of the application follow ours."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{self.table}', 'id'), %s)", [self.last]
            )


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


@dataclass
class World:
    """Everything that is invented, a batch at a time, from one seed."""

    numbers: Random
    coder: int
    terms: list[HedgeTerm]
    people: int
    claims: int
    stacks: dict[type[models.Model], Stack] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.weights = list(accumulate((k + 1) ** -ZIPF for k in range(self.people)))
        self.skills = [self.numbers.uniform(0.05, 0.45) for _ in range(self.people)]
        self.pending: list[tuple[str, dict[str, Any]]] = []

    def stack(self, model: type[models.Model]) -> Stack:
        if model not in self.stacks:
            self.stacks[model] = Stack(model, self.numbers)
        return self.stacks[model]

    def add(self, model: type[models.Model], **given: Any) -> int:
        return self.stack(model).add(**{name: _plain(value) for name, value in given.items()})

    def flush(self) -> None:
        """Send all rows, in the order in which they first appeared."""
        for stack in self.stacks.values():
            stack.flush()

    def furnish(self) -> None:
        """Invent people, organisations and topics."""
        for k in range(TOPICS):
            self.add(Topic, slug=f"invented-topic-{k + 1}", name=f"Topic {k + 1}")
        for k in range(OUTLETS):
            self.add(
                Organisation, slug=f"invented-organisation-{k + 1}", name=f"Organisation {k + 1}"
            )
        for k in range(self.people):
            self.add(Person, slug=f"invented-person-{k + 1}", name=f"Person {k + 1}")
        self.flush()

    def batches(self) -> Iterator[int]:
        """Invent events with their claims until there are enough; yields claims made so far."""
        made = 0
        while made < self.claims:
            made += self.invent(min(BATCH, self.claims - made))
            self.flush()
            yield made
        for stack in self.stacks.values():
            stack.settle()

    def invent(self, claims: int) -> int:
        """Invent so many claims, with their events and sources; returns their number."""
        made = 0
        while made < claims:
            made += self._event(claims - made)
        self._publish()
        return made

    def _event(self, most: int) -> int:
        """Invent one event and who spoke of it; returns the number of claims."""
        rate = self.numbers.betavariate(0.8, 1.2)
        said = FIRST_DAY + timedelta(days=self.numbers.randrange(DAYS))
        frozen = datetime(said.year, said.month, said.day, 12, tzinfo=UTC)
        proposition = self.add(
            Proposition,
            statement="What was foretold comes about.",
            criteria="It does not come about by the deadline.",
            topic_id=self.numbers.randint(1, TOPICS),
            deadline=said + timedelta(days=180),
            deadline_basis=Basis.STATED,
            frozen_at=frozen,
        )
        self._settle(proposition, rate, frozen)
        wanted = min(most, 1 + int(self.numbers.expovariate(1 / (CLAIMS_PER_EVENT - 1))))
        speakers = dict.fromkeys(
            self.numbers.choices(range(self.people), cum_weights=self.weights, k=wanted)
        )
        for speaker in speakers:
            self._claim(proposition, speaker, rate, said, frozen)
        return len(speakers)

    def _settle(self, proposition: int, rate: float, frozen: datetime) -> None:
        """Invent what became of the event: it happens as often as its rate says."""
        happened = self.numbers.random() < rate
        outcome: OutcomeAnswer | None = OutcomeAnswer.DID_NOT
        if happened:
            outcome = OutcomeAnswer.CAME_TRUE
        at = self.numbers.random()
        for share, unsettled in UNSETTLED:
            if 0 <= at < share:
                outcome = unsettled
            at -= share
        if self.numbers.random() < WITH_BASE_RATE:
            self.add(
                Benchmark,
                proposition_id=proposition,
                p=round(1000 * min(0.95, max(0.05, rate + self.numbers.gauss(0, 0.2)))),
                as_of=frozen.date(),
                method="Invented.",
                coder_id=self.coder,
            )
        if outcome is None:
            return
        void = outcome is OutcomeAnswer.VOID_CONDITION
        decided = frozen + timedelta(days=200)
        self.add(
            Resolution,
            proposition_id=proposition,
            condition=ConditionAnswer.NOT_MET if void else ConditionAnswer.NOT_APPLICABLE,
            outcome=outcome,
            method=Method.AGREED,
            rationale="Invented.",
            decided_by_id=self.coder,
            decided_at=decided,
            reply_until=decided,
            published_at=decided,
            published_by_id=self.coder,
        )

    def _claim(
        self, proposition: int, speaker: int, rate: float, said: date, frozen: datetime
    ) -> None:
        """Invent what one speaker said: near the rate, as far off as the speaker's skill."""
        belief = min(1.0, max(0.0, self.numbers.gauss(rate, self.skills[speaker])))
        denies = self.numbers.random() < DENIED
        kind = self.numbers.random()
        p = 10 * round(100 * belief)
        coded: dict[str, Any] = {"p_low": p, "p_point": p, "p_high": p, "p_tier": Tier.STATED}
        words = f"It will come about with {p // 10} percent."
        if kind < READERS:
            coded["p_tier"] = Tier.READERS
        elif kind > STATED + READERS:
            term = self._term(1 - belief if denies else belief)
            points = [term.low, term.point, term.high]
            if denies:
                points = [1000 - value for value in reversed(points)]
            coded = dict(zip(("p_low", "p_point", "p_high"), points, strict=True))
            coded |= {"p_tier": Tier.LEXICON, "hedge_term_id": term.pk, "hedge": term.phrase}
            words = f"As to whether it comes about: {term.phrase}."
        claim = {
            "person_id": speaker + 1,
            "organisation_id": speaker % OUTLETS + 1,
            "proposition_id": proposition,
            "said_on": said,
            "kind": Kind.FORECAST,
            "polarity": Polarity.DENIES if denies else Polarity.AFFIRMS,
            "state": ClaimState.FROZEN,
            "coded_after_outcome": self.numbers.random() < HINDSIGHT,
            "coder_id": self.coder,
            "coded_at": frozen,
            "frozen_at": frozen,
            **coded,
        }
        self.pending.append((words, claim))
        if len(self.pending) == CLAIMS_PER_SOURCE:
            self._publish()

    def _term(self, belief: float) -> HedgeTerm:
        """The phrase that comes near the belief; people are not exact."""
        place = belief + self.numbers.gauss(0, 0.05)
        return self.terms[min(len(self.terms) - 1, max(0, math.floor(place * len(self.terms))))]

    def _publish(self) -> None:
        """Print the pending words in one article, each where its quotation says."""
        if not self.pending:
            return
        text = "\n".join(words for words, _ in self.pending)
        day, at = self.pending[0][1]["said_on"], self.pending[0][1]["coded_at"]
        number = self.stack(Source).last + 1
        address = f"https://example.org/{number}"
        source = self.add(
            Source,
            url=address,
            canonical_url=address,
            title=f"Article {number}",
            outlet_id=self.numbers.randint(1, OUTLETS),
            published_on=day,
        )
        snapshot = self.add(
            Snapshot,
            source_id=source,
            captured_at=at,
            captured_by_id=self.coder,
            text=text,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
        start = 0
        for words, claim in self.pending:
            quotation = self.add(
                Quotation,
                snapshot_id=snapshot,
                start=start,
                end=start + len(words),
                exact=words,
                said_last=claim["said_on"],
                provenance=Grade.B,
            )
            self.add(Claim, quotation_id=quotation, **claim)
            start += len(words) + 1
        self.pending.clear()
