"""Invented people who say much and are often wrong, for measuring; the same for the same seed.

Names and phrases are made here; all that is large is drawn and written by the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, models

from tracker.actions.bare_tables import bare
from tracker.actions.scores import COLUMNS, WANTED
from tracker.management import invented_drafts, invented_rows, vocabularies
from tracker.management.dice import Dice
from tracker.models import Claim, ClaimAccount, ClaimIndex, ScoreItem
from tracker.models.account_tallies import ITEM_COLUMNS, ITEMS
from tracker.models.claim_indexes import ENTRIES

VIEW = ClaimAccount._meta.db_table
MEMORY = "256MB"
"""What one sort or hash of the load may take: nobody else is there."""


@dataclass(frozen=True, kw_only=True)
class World:
    """So many claims of so many people, all from one seed; without `words` no search finds them."""

    seed: int
    coder: int
    lexicon: int
    people: int
    claims: int
    words: bool = True

    def invent(self) -> Iterator[str]:
        """Do one step after the other, inside a transaction; yields what the next one makes."""
        dice = Dice(self.seed)
        drafts = {
            "term": invented_drafts.terms(self.lexicon),
            "stance": invented_drafts.stances(dice, people=self.people, claims=self.claims),
            "event": invented_drafts.events(dice),
            "saying": invented_drafts.sayings(dice),
        }
        loads = (
            invented_rows.people(dice)
            | invented_rows.events(dice, self.coder)
            | invented_rows.articles(dice, self.coder)
            | invented_rows.claims(dice, self.coder)
        )
        # History, locks and foreign keys would cost more than the rows: these are ours.
        _do("SET LOCAL session_replication_role = replica")
        _do(f"SET LOCAL work_mem = '{MEMORY}'")
        yield "words and names"
        self._vocabulary()
        for draft, rows in drafts.items():
            yield f"draft: {draft}"
            _do(f"CREATE TEMPORARY TABLE {draft} AS {rows}")
            _do(f"ANALYZE {draft}")
        with bare([model._meta.db_table for model in loads]):
            for model, rows in loads.items():
                yield str(model._meta.verbose_name_plural)
                _do(rows)
                _follow(model)
            yield "indexes"
        _do("ANALYZE")
        yield "accounts"
        _draft_accounts()
        yield "score items"
        _score()
        if self.words:
            yield "words"
            _index()
        _do(f"DROP TABLE phrase, name, {', '.join(drafts)}")
        _do("SET LOCAL session_replication_role = origin")

    def _vocabulary(self) -> None:
        """Send what can be spoken of, and what people are called."""
        numbers = Random(self.seed)
        names = islice(vocabularies.names(numbers), self.people + invented_rows.OUTLETS)
        _send("phrase", words=vocabularies.phrases(numbers, vocabularies.PHRASES))
        given, family = zip(*names, strict=True)
        _send("name", given=given, family=family)


def _send(draft: str, **columns: Sequence[str]) -> None:
    """Make a draft of these columns, its rows numbered from 1."""
    arrays = ", ".join(["%s::text[]"] * len(columns))
    rows = f"unnest({arrays}) WITH ORDINALITY u ({', '.join(columns)}, id)"
    _do(f"CREATE TEMPORARY TABLE {draft} AS SELECT * FROM {rows}", [*map(list, columns.values())])
    _do(f"ANALYZE {draft}")


def _draft_accounts() -> None:
    """What became of each claim, as a draft first: only what it reads is read in parallel."""
    _do(f"CREATE TEMPORARY TABLE accounted AS SELECT * FROM {VIEW}")
    items = ITEMS.replace(VIEW, "accounted")
    _do(f"INSERT INTO tracker_accountitem ({ITEM_COLUMNS}) {items} ORDER BY claim_id")


def _score() -> None:
    """The score items of all claims, from the draft of their accounts."""
    with bare([ScoreItem._meta.db_table]):
        _do(f"INSERT INTO tracker_scoreitem ({COLUMNS}) {WANTED.replace(VIEW, 'accounted')}")
    _do("DROP TABLE accounted")


def _index() -> None:
    """By what claims are found, as a draft first: reading words is what takes longest."""
    rows = ENTRIES.format(claims=Claim._meta.db_table)
    _do(f"CREATE TEMPORARY TABLE entry AS {rows}")
    with bare([ClaimIndex._meta.db_table]):
        _do("INSERT INTO tracker_claimindex SELECT * FROM entry ORDER BY claim_id")
    _do("DROP TABLE entry")


def _follow(model: type[models.Model]) -> None:
    """Let the next row of the application follow ours."""
    table = model._meta.db_table
    _do(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(1, max(id)),"
        f" max(id) IS NOT NULL) FROM {table}"
    )


def _do(statement: str, parameters: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
