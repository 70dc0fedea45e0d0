"""The record as it stood at an earlier moment, asked by the very questions of the present.

Inside `standing_at` every query finds, under the names of our tables, what these held then: common
table expressions hide the tables, so lists, filters, projections and scores need no second text.
`reading` hides those of the scores alone, in the past or in the present, behind the claims that a
selection counts or behind claims read otherwise.

- A row stands as its last event up to the moment says. An event is dated by the start of its
  transaction; of several up to the moment the one that was written last counts.
- A resolution stands since it was decided, is published since it was published, and is superseded
  since its successor was decided: what `tracker_current_resolution` makes of it, it makes of the
  past.
- Evidence never changes: base rates and further quotations stand since they were added, all else
  wherever something that stood then rests on it.
- What follows from these (accounts, score items, tallies, what claims are found by) is computed
  from them.

What was loaded from a file stands since it was loaded; a row of which no event tells, for it was
written past the triggers, stands as it is today. Nothing is ever deleted, so the tables of today
name every row that there was. What a transaction writes that is under way at a moment belongs to
that moment, too: who asks before it ends is answered without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import cache
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from django.db import NotSupportedError, connection, models, transaction

from tracker.models import tallies
from tracker.models.account_tallies import (
    COUNTED,
    ITEMS,
    AccountItem,
    AccountTally,
    accounts_of,
)
from tracker.models.claim_indexes import ENTRIES, ClaimIndex
from tracker.models.claims import Claim, FurtherQuotation
from tracker.models.documents import Source
from tracker.models.hedges import Lexicon
from tracker.models.people import Organisation, Person
from tracker.models.propositions import Benchmark, Proposition
from tracker.models.resolutions import Reply, Resolution
from tracker.models.scores import ClaimAccount, CurrentResolution, ScoreItem
from tracker.models.selections import EVERYTHING, Selection
from tracker.models.topics import Topic
from tracker.models.variations import GRADES, Reread, Variation

Noun = type[models.Model]
MOMENT = "$moment"
HISTORIED: tuple[Noun, ...] = (Organisation, Person, Topic, Source, Proposition, Claim)
ADDED: tuple[Noun, ...] = (Benchmark, FurtherQuotation)
VIEWS: tuple[Noun, ...] = (CurrentResolution, ClaimAccount)


def standpoint() -> Standpoint | None:
    """From where the record is being read; None is here and now, with every claim as it is."""
    found = (w for w in connection.execute_wrappers if isinstance(w, Standpoint))
    return next(found, None)


def moment() -> datetime | None:
    """The moment as of which the record is being read; None is now."""
    here = standpoint()
    return here.moment if here else None


@contextmanager
def standing_at(then: datetime | None) -> Iterator[None]:
    """Reads everything inside as the record stood at this moment, or as it stands if None.

    Whatever is not a plain SELECT raises NotSupportedError: the past takes no changes.
    """
    with _from(Standpoint(then, _tables(then, EVERYTHING, None)) if then else None):
        yield


@contextmanager
def reading(
    then: datetime | None = None,
    only: Selection = EVERYTHING,
    varied: Variation | None = None,
) -> Iterator[None]:
    """Reads everything inside as of this moment, and scores of these claims, read this way.

    Scores alone are selected and varied: accounts, score items and tallies. Without any of the
    three nothing is hidden, and the questions are what they always are. Score items of the past
    follow from every claim's history: they are gathered once, when first asked for, and forgotten
    at the end. Raises NotSupportedError for whatever is not a plain SELECT.
    """
    if then is None and only == EVERYTHING and varied is None:
        yield
        return
    here = Standpoint(then, _tables(then, only, varied), gathers=then is not None)
    # What is gathered is dropped at the end of a transaction, however it ends.
    with transaction.atomic() if here.gathers else nullcontext(), _from(here):
        yield


@contextmanager
def _from(here: Standpoint | None) -> Iterator[None]:
    if here is None:
        yield
        return
    assert standpoint() is None, "one standpoint at a time"
    with connection.execute_wrapper(here):
        yield


class Standpoint:
    """Puts before a query what hides our tables behind their past, or behind a part of them."""

    def __init__(
        self, then: datetime | None, definitions: Mapping[str, str], *, gathers: bool = False
    ) -> None:
        """`then` must know its time zone; who `gathers` score items is in a transaction."""
        self.moment, self.gathers = then, gathers
        literal = f"'{then.isoformat()}'::timestamptz" if then else "now()"
        self.tables = {name: sql.replace(MOMENT, literal) for name, sql in definitions.items()}

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not sql.lstrip().startswith(("SELECT", "(")):
            raise NotSupportedError(f"The past, like any part, takes no changes: {sql[:40]}")
        # A cursor with a name, which reads in portions, runs no other statement.
        if self.gathers and not hasattr(context["cursor"], "name"):
            self._gather(sql, lambda statement: execute(statement, None, False, context))
        hiding = self.hiding(sql)
        if params is not None:
            hiding = hiding.replace("%", "%%")
        return execute(hiding + sql, params, many, context)

    def _gather(self, sql: str, execute: Callable[[str], Any]) -> None:
        """Puts the score items into a table of their own before the first query that reads them."""
        items = _table(ScoreItem)
        if f"{items} AS " not in self.hiding(sql):
            return
        gathered, every = f"tracker_gathered_{uuid4().hex}", f"SELECT * FROM {items}"
        execute(f"CREATE TEMPORARY TABLE {gathered} ON COMMIT DROP AS {self.hiding(every)}{every}")
        execute(f"ANALYZE {gathered}")
        self.tables[items] = f"SELECT * FROM {gathered}"
        self.gathers = False

    def hiding(self, sql: str) -> str:
        """Returns the WITH clause for the tables that a query reads, directly or through others."""
        read, wanted = sql, []
        for name, query in reversed(self.tables.items()):
            if re.search(rf"\b{name}\b", read):
                # Kept open, so that a query for one row visits the events of one row.
                wanted.append(f"{name} AS NOT MATERIALIZED ({query})")
                read += query
        return f"WITH {', '.join(reversed(wanted))} " if wanted else ""


@cache
def _definitions() -> Mapping[str, str]:
    """SQL of each table's past by name; later ones read the past of those before them."""
    found = {_table(noun): _last_events(noun) for noun in HISTORIED}
    found |= {_table(noun): _added(noun) for noun in ADDED}
    found |= {
        _table(Lexicon): _with(Lexicon, frozen_at=_since("o.frozen_at", "o.frozen_at")),
        _table(Resolution): _resolutions(),
        _table(Reply): f"{_with(Reply)} WHERE o.received_at <= {MOMENT}",
    }
    found |= {_table(view): _view(view) for view in VIEWS}
    found[_table(ClaimIndex)] = ENTRIES.format(claims=_table(Claim))
    items = ", ".join(name for name in _columns(ScoreItem) if name != "id")
    # OFFSET 0: the planner takes what is scored for rare, and would look it up one by one.
    found[_table(ScoreItem)] = f"""
        SELECT claim_id AS id, {items} FROM (SELECT * FROM {_table(ClaimAccount)} OFFSET 0) a
        WHERE account = 'scored'
    """
    return found


def _tables(then: datetime | None, only: Selection, varied: Variation | None) -> Mapping[str, str]:
    """SQL of what stands in for each table by name, in the order in which they rest on another."""
    found = dict(_definitions()) if then else {}
    accounts, items = _table(ClaimAccount), _table(ScoreItem)
    if only.condition:
        found[accounts] = _selected(found.get(accounts, f"SELECT * FROM {accounts}"), only)
    # Of the past, the items follow from the accounts.
    if only.condition and not then:
        found[items] = _selected(f"SELECT * FROM {items}", only)
    if varied:
        found[items] = varied.items(found.get(items, f"SELECT * FROM {items}"))
    graded = varied is not None and varied.way is Reread.GRADED
    found |= tallies.afresh(grades=GRADES if graded else 1)
    found |= {_table(AccountItem): ITEMS, _table(AccountTally): accounts_of(COUNTED)}
    # New for each standpoint, and whenever the tallies of today are; what else can change is
    # never kept from one reading to the next.
    kept = only.of_items and varied is None
    mark = uuid5(NAMESPACE_OID, repr((then, only))) if kept else uuid4()
    today = "coalesce((SELECT stamp::text FROM tracker_lasttally), '')"
    stamp = f"md5('{mark}' || {today})::uuid"
    found["tracker_lasttally"] = f"SELECT 1 AS id, {stamp} AS stamp, {stamp} AS accounts"
    return found


def _selected(rows: str, only: Selection) -> str:
    return f"SELECT * FROM ({rows}) a WHERE {only.condition}"


def _last_events(noun: Noun) -> str:
    """SQL of a table's rows as their last events say; columns without history are as today."""
    events = _events(noun)
    kept = [name for name in _columns(noun) if name in _columns(events) and name != "id"]
    columns = ", ".join(f'{"e" if name in kept else "o"}."{name}"' for name in _columns(noun))
    then, today = (", ".join(f'{row}"{name}"' for name in kept) for row in ("", "o."))
    its_own = f"FROM {_table(events)} WHERE pgh_obj_id = o.id"
    return f"""
        SELECT {columns} FROM {_table(noun)} o CROSS JOIN LATERAL (
            (SELECT {then} {its_own} AND pgh_created_at <= {MOMENT} ORDER BY pgh_id DESC LIMIT 1)
            UNION ALL SELECT {today} WHERE NOT EXISTS (SELECT 1 {its_own})
        ) e
    """


def _added(noun: Noun) -> str:
    """SQL of rows that never change, without those whose first event came later."""
    return f"""
        {_with(noun)} WHERE NOT EXISTS (
            SELECT 1 FROM {_table(_events(noun))}
            WHERE pgh_obj_id = o.id AND pgh_label = 'insert' AND pgh_created_at > {MOMENT}
        )
    """


def _resolutions() -> str:
    successor = "(SELECT n.decided_at FROM tracker_resolution n WHERE n.id = o.superseded_by_id)"
    changed = {
        "superseded_by_id": _since(successor, "o.superseded_by_id"),
        "published_at": _since("o.published_at", "o.published_at"),
        "published_by_id": _since("o.published_at", "o.published_by_id"),
        "override_reason": _since("o.published_at", "o.override_reason", "''"),
    }
    return f"""
        {_with(Resolution, **changed)} WHERE o.decided_at <= {MOMENT}
        AND EXISTS (SELECT 1 FROM tracker_proposition p WHERE p.id = o.proposition_id)
    """


def _with(noun: Noun, **changed: str) -> str:
    """SQL of a table of which these columns read otherwise."""
    columns = ", ".join(f'{changed.get(name, f"o.{name}")} AS "{name}"' for name in _columns(noun))
    return f"SELECT {columns} FROM {_table(noun)} o"


def _since(time: str, value: str, before: str = "NULL") -> str:
    """SQL of what holds since a time, and of what held before."""
    return f"CASE WHEN {time} <= {MOMENT} THEN {value} ELSE {before} END"


def _view(noun: Noun) -> str:
    """The view's own SQL: the view itself would go on reading the tables of today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_viewdef(%s::regclass)", [_table(noun)])
        text: str = cursor.fetchone()[0]
    return text.rstrip("; ")


def _events(noun: Noun) -> Noun:
    found: Noun = noun.pgh_event_models["insert"]  # type: ignore[attr-defined]  # by pghistory
    return found


def _table(noun: Noun) -> str:
    return noun._meta.db_table


def _columns(noun: Noun) -> list[str]:
    return [str(field.column) for field in noun._meta.concrete_fields]
