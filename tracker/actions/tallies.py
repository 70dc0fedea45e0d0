"""The tallies as the scores read them: never a claim, whatever the number of claims.

Of the past, and of a selection of claims, no tally is kept: inside `moments.reading` the database
groups the items anew under the tallies' names, and what comes back has the same shape and size.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from tracker.actions.bare_tables import bare
from tracker.domain.scoring import Counts
from tracker.domain.tallied import EventGroup, EventTotal, PhraseCount, Standings, standings
from tracker.models import moments, tallies
from tracker.models.account_tallies import ACCOUNT_KEYS, ACCOUNT_SUMS, COUNTED
from tracker.models.account_tallies import accounts_of as accounts_of_items
from tracker.models.tallies import KINDS, SUMS, TOGETHER

Row = tuple[Any, ...]
Computed = tuple[str, tuple[str, ...], tuple[str, ...], str]
Figures = TypeVar("Figures")

SHAPES = {
    **{f"tracker_{kind}tally": (("subject_id", "p"), ("n", "hits")) for kind in KINDS},
    "tracker_phrasetally": (("kind", "subject_id", "phrase"), ("n", "hits", "errors")),
    "tracker_eventtally": (("kind", "subject_id", "y", "size"), SUMS),
    "tracker_accounttally": (ACCOUNT_KEYS, ACCOUNT_SUMS),
}
"""Each tally's keys and sums, by its table."""
WORK_MEMORY = "128MB"
"""What a rebuild may take for each of its sorts and hashes; the server's own share is for many."""


def _rows(statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        found: list[Row] = cursor.fetchall()
    return found


KEPT: list[Kept[Any]] = []


class Kept(Generic[Figures]):
    """Figures that are kept in this process: those of the whole present apart from all others.

    So neither the past nor a selection ever displaces them. The last argument is the stamp under
    which they were computed.
    """

    def __init__(self, compute: Callable[..., Figures]) -> None:
        self.now = lru_cache(maxsize=8)(compute)
        self.then = lru_cache(maxsize=2)(compute)
        KEPT.append(self)

    def __call__(self, *key: Any) -> Figures:
        return self.then(*key) if moments.standpoint() else self.now(*key)

    def forget(self) -> None:
        self.now.cache_clear()
        self.then.cache_clear()


def stamp() -> str:
    """What changes whenever a tally does: figures computed under one stamp hold while it stands."""
    found = _rows("SELECT stamp FROM tracker_lasttally")
    return str(found[0][0]) if found else ""


def counts_of(kind: str) -> Counts:
    """Claims and hits per probability, of all subjects of the kind together."""
    rows = _rows(f"SELECT p, sum(n), sum(hits) FROM tracker_{kind}tally GROUP BY p")
    return Counts.of({p: (int(n), int(hits)) for p, n, hits in rows})


def own_counts(kind: str, pk: int) -> Counts:
    """Claims and hits per probability of one subject."""
    rows = _rows(f"SELECT p, n, hits FROM tracker_{kind}tally WHERE subject_id = %s", [pk])
    return Counts.of({p: (int(n), int(hits)) for p, n, hits in rows if n})


def phrases_of(kind: str, ids: Collection[int] | None = None) -> dict[int, list[PhraseCount]]:
    """Each subject's phrases, of these subjects or of all."""
    parameters: tuple[Any, ...]
    chosen, parameters = "", (kind,)
    if ids is not None:
        chosen, parameters = "AND subject_id = ANY(%s)", (kind, list(ids))
    found: dict[int, list[PhraseCount]] = {}
    for pk, phrase, n, hits, errors in _rows(
        "SELECT subject_id, phrase, n, hits, errors FROM tracker_phrasetally"
        f" WHERE kind = %s {chosen}",
        parameters,
    ):
        found.setdefault(pk, []).append(PhraseCount(phrase, int(n), int(hits), int(errors)))
    return found


def vocabulary_of(kind: str) -> list[PhraseCount]:
    """The phrases of all subjects of the kind together."""
    return _vocabulary(kind, stamp())


@Kept
def _vocabulary(kind: str, _stamp: str) -> list[PhraseCount]:
    rows = _rows(
        "SELECT phrase, sum(n), sum(hits), sum(errors) FROM tracker_phrasetally"
        " WHERE kind = %s GROUP BY phrase",
        [kind],
    )
    return [PhraseCount(phrase, *map(int, sums)) for phrase, *sums in rows]


def standings_of(kind: str, *, under: str = "") -> Standings:
    """Everyone's standing among all subjects of the kind, by id as text; `under` is a stamp."""
    return _standings(kind, under or stamp())


@Kept
def _standings(kind: str, _stamp: str) -> Standings:
    columns = ", ".join(("subject_id", "y", "size", *SUMS))
    groups: dict[int, list[EventGroup]] = {TOGETHER: []}
    for pk, y, *sums in _rows(f"SELECT {columns} FROM tracker_eventtally WHERE kind = %s", [kind]):
        groups.setdefault(pk, []).append(EventGroup(Fraction(y), *map(int, sums)))
    together = groups.pop(TOGETHER)
    return standings(together, {str(pk): own for pk, own in groups.items()})


def events_of(kind: str, pk: int) -> dict[str, EventTotal]:
    """One subject's claims on each event, by the proposition's id as text."""
    per_event = tallies.per_event(tallies.scratch(), kind)
    rows = _rows(
        f"SELECT proposition_id, y, n, m, t FROM ({per_event}) e WHERE subject_id = %s", [pk]
    )
    return {str(event): EventTotal(*map(int, sums)) for event, *sums in rows}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """How many of a subject's claims share an account, a tier and the time of coding.

    `verdict` is what became of claims that get a verdict and no score, `lexicon` the version from
    which scored ones were read; None of all others. Of scored claims, `flagged` are possibility
    words, and `one_judge` were judged by one person alone.
    """

    account: str
    tier: str
    hindsight: bool
    verdict: str | None
    lexicon: str | None
    n: int
    flagged: int
    one_judge: int


# The claims that a subject can have, so that one record does not visit everybody's.
CLAIMS_OF = {
    "person": """SELECT id FROM tracker_claim WHERE person_id IN (
        SELECT id FROM tracker_person WHERE id = ANY(%(ids)s) OR merged_into_id = ANY(%(ids)s))""",
    "organisation": """SELECT id FROM tracker_claim WHERE organisation_id IN (
        SELECT id FROM tracker_organisation
        WHERE id = ANY(%(ids)s) OR merged_into_id = ANY(%(ids)s))""",
    "topic": """SELECT c.id FROM tracker_claim c JOIN tracker_proposition p
        ON p.id = c.proposition_id WHERE p.topic_id = ANY(%(ids)s)""",
    "outlet": """SELECT c.id FROM tracker_claim c JOIN tracker_quotation q ON q.id = c.quotation_id
        JOIN tracker_snapshot n ON n.id = q.snapshot_id JOIN tracker_source s ON s.id = n.source_id
        WHERE s.id IN (
            WITH own AS (
                SELECT id FROM tracker_source WHERE outlet_id IN (
                    SELECT id FROM tracker_organisation
                    WHERE id = ANY(%(ids)s) OR merged_into_id = ANY(%(ids)s))
            ) SELECT id FROM own
            UNION SELECT id FROM tracker_source WHERE merged_into_id IN (SELECT id FROM own)
        )""",
}


def subjects_of(kind: str) -> list[int]:
    """Of whom there is any account."""
    rows = _rows("SELECT DISTINCT subject_id FROM tracker_accounttally WHERE kind = %s", [kind])
    return sorted(pk for (pk,) in rows)


def accounts_of(kind: str, ids: Collection[int] | None = None) -> dict[int, list[AccountLine]]:
    """What became of each subject's claims, counted by the database."""
    condition = "" if ids is None else "AND subject_id = ANY(%(ids)s)"
    found: dict[int, list[AccountLine]] = {}
    for pk, *line in _rows(
        f"""SELECT subject_id, account, tier, hindsight, nullif(verdict, ''), version, n, flagged,
                one_judge
            FROM {_accounts(kind, ids)} a LEFT JOIN tracker_lexicon l ON l.id = lexicon_id
            WHERE a.kind = %(kind)s {condition}""",
        {"kind": kind, "ids": list(ids or ())},
    ):
        found.setdefault(pk, []).append(AccountLine(*line))
    return found


def _accounts(kind: str, ids: Collection[int] | None) -> str:
    """The tally; of the past, or of a selection, the claims that these subjects can have."""
    if ids is None or not moments.standpoint():
        return "tracker_accounttally"
    own = (
        f"SELECT *, 1 AS w FROM tracker_accountitem WHERE claim_id = ANY(ARRAY({CLAIMS_OF[kind]}))"
    )
    return f"({accounts_of_items(own, (kind,))})"


def forget() -> None:
    """Drop all figures that are kept in this process."""
    for kept in KEPT:
        kept.forget()


def computed() -> list[Computed]:
    """Each tally's table, keys and sums, with SQL that computes it from the items."""
    accounts = [accounts_of_items(COUNTED, (kind,)) for kind in KINDS]
    queries = tallies.afresh() | {"tracker_accounttally": " UNION ALL ".join(accounts)}
    return [(table, *SHAPES[table], query) for table, query in queries.items()]


def differences() -> int:
    """How many rows of tallies differ from what the score items and the accounts add up to."""
    found = 0
    for table, keys, sums, query in computed():
        columns = ", ".join(keys + sums)
        kept, right = f"SELECT {columns} FROM {table}", f"SELECT {columns} FROM ({query}) c"
        wrong = f"({kept} EXCEPT {right}) UNION ALL ({right} EXCEPT {kept})"
        found += _rows(f"SELECT count(*) FROM ({wrong}) d")[0][0]
    return found


@transaction.atomic
def rebuild() -> int:
    """Writes every tally anew from the score items where it differs; returns rows written."""
    with connection.cursor() as cursor:
        cursor.execute(tallies.STAMPED)
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        tables = dict.fromkeys(table for table, *_ in computed())
        empty = [t for t in tables if not _rows(f"SELECT 1 FROM {t} LIMIT 1")]
        with bare(empty):
            return sum(_rebuilt(cursor, tally, tally[0] in empty) for tally in computed())


def _rebuilt(cursor: CursorWrapper, tally: Computed, empty: bool) -> int:
    """Writes one tally; returns rows written."""
    table, keys, sums, query = tally
    columns = ", ".join(keys + sums)
    # A table of its own: PostgreSQL groups in parallel only where it writes nothing else.
    cursor.execute(f"CREATE TEMPORARY TABLE computed AS SELECT {columns} FROM ({query}) c")
    fresh = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM computed"
    if not empty:
        fresh += _different(cursor, table, keys, sums)
    cursor.execute(fresh)
    written = int(cursor.rowcount)
    cursor.execute("DROP TABLE computed")
    return written


def _different(
    cursor: CursorWrapper, table: str, keys: tuple[str, ...], sums: tuple[str, ...]
) -> str:
    """Deletes what is kept of nobody any more; returns the rest of SQL that writes what differs."""
    same = " AND ".join(f"k.{name} = c.{name}" for name in keys)
    cursor.execute(
        f"DELETE FROM {table} k WHERE NOT EXISTS (SELECT 1 FROM computed c WHERE {same})"
    )
    return f""" EXCEPT SELECT {", ".join(keys + sums)} FROM {table}
        ON CONFLICT ({", ".join(keys)}) DO UPDATE
        SET {", ".join(f"{name} = EXCLUDED.{name}" for name in sums)}"""
