"""Rows on their way into the record: gathered by COPY in tables that nobody else sees, then moved.

The tables are gone with the transaction. Ids are drawn from the record's own sequences, so that
rows can point at each other before they are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from operator import itemgetter
from typing import Any

from django.db import connection, models

IDS_AT_ONCE = 2_000
MANY = 1_000  # rows of which a plan for a few is felt


class Stage:
    """What is to become rows of one table, each with the line of the file that it came from."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.table, self.name = model._meta.db_table, f"stage_{model._meta.model_name}"
        self._values_of = itemgetter(*(field.attname for field in fields))
        self.columns = ", ".join(f'"{field.column}"' for field in fields)
        self.rows: list[list[Any]] = []
        self._ids: Iterator[int] = iter(())
        self._moved = 0
        with connection.cursor() as cursor:
            # One transaction may gather more than once.
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{self.name}")
            cursor.execute(
                f"CREATE TEMPORARY TABLE {self.name} ON COMMIT DROP AS "
                f"SELECT {self.columns}, 0 AS line FROM {self.table} WITH NO DATA"
            )

    def next_id(self) -> int:
        """An id that no row has, nor will have."""
        found = next(self._ids, None)
        if found is None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [self.table, IDS_AT_ONCE],
                )
                self._ids = iter([pk for (pk,) in cursor.fetchall()])
            found = next(self._ids)
        return found

    def put(self, record: models.Model, line: int) -> None:
        """Takes an unsaved record that has its id."""
        values = self._values_of(record.__dict__)
        row = [one.value if isinstance(one, Enum) else one for one in values]
        row.append(line)
        self.rows.append(row)

    def flush(self) -> None:
        """Sends what has been taken."""
        if not self.rows:
            return
        into = f"COPY {self.name} ({self.columns}, line) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in self.rows:
                copy.write_row(row)
        self.rows.clear()

    def settle(self) -> None:
        """Makes the rows quick to find by line, once all are there."""
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX ON {self.name} (line)")
            cursor.execute(f"ANALYZE {self.name}")

    def move(self, first: int, last: int) -> int:
        """Moves the rows of these lines into the record, oldest id first; returns how many."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.table} ({self.columns}) SELECT {self.columns} "
                f"FROM {self.name} WHERE line BETWEEN %s AND %s ORDER BY id",
                [first, last],
            )
            moved = int(cursor.rowcount)
        self._moved += moved
        self._survey()
        return moved

    def _survey(self) -> None:
        """Has PostgreSQL look at the table again, once it holds twice the rows it knows of.

        What triggers ask of it would be planned for a handful of rows, and take hours.
        """
        if self._moved <= MANY:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [self.table])
            if self._moved > cursor.fetchone()[0]:
                cursor.execute(f"ANALYZE {self.table}")
                self._moved = 0
