"""A cursor that binds on the server although pgtrigger and pghistory send two statements in one,
and that plans each statement for its own values, or once where these do not decide the plan.

Speakers are Zipf-distributed: a plan that suits the average one takes 300 times as long for the
most quoted. What is not prepared, PostgreSQL plans for the values that come with it.

pgtrigger and pghistory put `SELECT set_config(...);` before the statement they accompany, with its
parameters before the statement's own. The server prepares one statement at a time, so the two are
sent one by one. What history is told holds until the transaction ends: told once, it is not told
again before each statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, Self
from weakref import WeakKeyDictionary

from psycopg import Connection, Cursor
from psycopg.pq import TransactionStatus

HISTORY = "SELECT set_config('pghistory."
PREFIXES = (HISTORY, "SELECT set_config('pgtrigger.")
# What begins so is prepared, and planned once for a connection as soon as PostgreSQL expects no
# better plan of the values: planning a claim's JSON costs more than building it.
ONE_PLAN = "SELECT /* one plan */ "
# The ORM's INSERTs of a noun are one text, and their values decide no plan.
PREPARED = (ONE_PLAN, 'INSERT INTO "')
_once: ContextVar[bool] = ContextVar("once", default=False)
# What history was told last in each connection's transaction: the companion and its parameters.
_told: WeakKeyDictionary[Connection[Any], tuple[str, Any]] = WeakKeyDictionary()


class AccompaniedCursor(Cursor[Any]):
    """Splits the accompanying statement off, and keeps both in one transaction."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        """Run the statement, its companion first."""
        if not _is_accompanied(query):
            once = isinstance(query, str) and (query.startswith(PREPARED) or _once.get())
            return super().execute(query, params, **{"prepare": once, **options})
        companion, statement = query.split("; ", 1)
        first, rest = _split(params, companion.count("%s"))
        with self._one_transaction():
            self._accompany(companion, first)
            return self.execute(statement, rest, **options)

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
        """Run the statement once per item, its companion once and first."""
        if not _is_accompanied(query):
            super().executemany(query, params_seq, **options)
            return
        companion, statement = query.split("; ", 1)
        first, rest = _split(tuple(params_seq), companion.count("%s"))
        with self._one_transaction():
            self._accompany(companion, first)
            self.executemany(statement, rest, **options)

    def _accompany(self, companion: str, params: Any) -> None:
        """Run the companion, unless it is what history was told last in this transaction."""
        if not companion.startswith(HISTORY):
            self.execute(companion, params)
            return
        if self.connection.info.transaction_status == TransactionStatus.IDLE:
            forget_told(self.connection)
        if _told.get(self.connection) != (companion, params):
            self.execute(companion, params)
            _told[self.connection] = companion, params

    def _one_transaction(self) -> AbstractContextManager[object]:
        # What the companion sets lasts until the transaction ends: outside of one, no time at all.
        state = self.connection.info.transaction_status
        if self.connection.autocommit and state == TransactionStatus.IDLE:
            return self.connection.transaction()
        return nullcontext()


@contextmanager
def one_plan() -> Iterator[None]:
    """Have what is asked within planned as if it began with ONE_PLAN."""
    before = _once.set(True)
    try:
        yield
    finally:
        _once.reset(before)


def forget_told(connection: Connection[Any] | None) -> None:
    """Have history be told anew: what ends or takes back a transaction takes this back, too."""
    if connection is not None:
        _told.pop(connection, None)


def _is_accompanied(query: Any) -> bool:
    return isinstance(query, str) and query.startswith(PREFIXES) and "; " in query


def _split(params: Any, count: int) -> tuple[Any, Any]:
    # Named parameters serve both statements: each takes what it mentions.
    if isinstance(params, dict):
        return params, params
    return params[:count], params[count:]
