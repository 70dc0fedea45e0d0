"""A cursor that binds on the server although pgtrigger and pghistory send two statements in one,
and that plans each statement for its own values, or once where these do not decide the plan.

Speakers are Zipf-distributed: a plan that suits the average one takes 300 times as long for the
most quoted. What is not prepared, PostgreSQL plans for the values that come with it.

pgtrigger and pghistory put `SELECT set_config(...);` before the statement they accompany, with its
parameters before the statement's own. The server prepares one statement at a time, so the two are
sent one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Self

from psycopg import Cursor
from psycopg.pq import TransactionStatus

PREFIXES = ("SELECT set_config('pghistory.", "SELECT set_config('pgtrigger.")
# What begins so is prepared, and planned once for a connection as soon as PostgreSQL expects no
# better plan of the values: planning a claim's JSON costs more than building it.
ONE_PLAN = "SELECT /* one plan */ "


class AccompaniedCursor(Cursor[Any]):
    """Splits the accompanying statement off, and keeps both in one transaction."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        """Run the statement, its companion first."""
        if not _is_accompanied(query):
            once = isinstance(query, str) and query.startswith(ONE_PLAN)
            return super().execute(query, params, **{"prepare": once, **options})
        companion, statement = query.split("; ", 1)
        first, rest = _split(params, companion.count("%s"))
        with self._one_transaction():
            self.execute(companion, first)
            return self.execute(statement, rest, **options)

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
        """Run the statement once per item, its companion once and first."""
        if not _is_accompanied(query):
            super().executemany(query, params_seq, **options)
            return
        companion, statement = query.split("; ", 1)
        first, rest = _split(tuple(params_seq), companion.count("%s"))
        with self._one_transaction():
            self.execute(companion, first)
            self.executemany(statement, rest, **options)

    def _one_transaction(self) -> AbstractContextManager[object]:
        # What the companion sets lasts until the transaction ends: outside of one, no time at all.
        state = self.connection.info.transaction_status
        if self.connection.autocommit and state == TransactionStatus.IDLE:
            return self.connection.transaction()
        return nullcontext()


def _is_accompanied(query: Any) -> bool:
    return isinstance(query, str) and query.startswith(PREFIXES) and "; " in query


def _split(params: Any, count: int) -> tuple[Any, Any]:
    # Named parameters serve both statements: each takes what it mentions.
    if isinstance(params, dict):
        return params, params
    return params[:count], params[count:]
