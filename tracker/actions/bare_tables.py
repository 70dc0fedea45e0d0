"""Tables without their indexes for as long as a great many rows come in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

# Primary keys stay: they grow at one end only, and other tables' keys hang on them.
INDEXES = """
    SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid),
           quote_ident(c.conname), pg_get_constraintdef(c.oid)
    FROM pg_index i
    LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('u', 'x')
    WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
    ORDER BY i.indrelid, i.indexrelid
"""
MAINTENANCE_MEMORY = "512MB"


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """Take the tables' indexes and unique constraints away, and build them anew at the end.

    Sorting all rows once is much cheaper than finding each one's place. Belongs into a
    transaction: with an error inside, the indexes are back because it is undone.
    """
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [list(tables)])
        found = cursor.fetchall()
        for table, index, _, constraint, _ in found:
            cursor.execute(
                f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"
                if constraint
                else f"DROP INDEX {index}"
            )
        yield
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MAINTENANCE_MEMORY}'")
        for table, _, index_made_by, constraint, rule in found:
            cursor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {rule}"
                if constraint
                else index_made_by
            )
