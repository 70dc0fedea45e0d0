"""JSON that PostgreSQL builds: the members of an object by name, and the rows that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from tracker.embedded.cursors import ONE_PLAN

# Which members are wanted, by name, and which of theirs; none named means all of them.
Wanted: TypeAlias = Mapping[str, "Wanted"]
ALL: Wanted = {}


@dataclass(frozen=True)
class Built:
    """An object, or with `many` a list of them in the order of `rows`.

    A member is SQL of a value, or an object of its own, which is null where there is no row.
    `rows` are the FROM and the WHERE that tie it to the row outside; none if it is that row's.
    """

    members: Mapping[str, str | Built]
    rows: str = ""
    many: bool = False

    def sql(self, wanted: Wanted = ALL) -> str:
        """Returns SQL of the JSON, narrowed to the members that are wanted."""
        return self._narrowed(wanted) if wanted else self._whole

    @cached_property
    def _whole(self) -> str:
        return self._narrowed(ALL)

    def _narrowed(self, wanted: Wanted) -> str:
        found = f"SELECT {', '.join(self._members(wanted))} {self.rows}"
        if self.many:
            return f"(SELECT coalesce(json_agg(x), '[]'::json) FROM ({found}) x)"
        return f"(SELECT row_to_json(x) FROM ({found}) x)"

    def _members(self, wanted: Wanted) -> Iterator[str]:
        for name, member in self.members.items():
            if wanted and name not in wanted:
                continue
            inner = wanted.get(name, ALL)
            yield f'{member.sql(inner) if isinstance(member, Built) else member} AS "{name}"'


def of_one(noun: Built, records: QuerySet[Any], parameters: Mapping[str, Any]) -> list[Any]:
    """Returns the record that a query finds by its key, as an object, in a list; else none.

    Found and built by one statement: the row outside is `c`, and its `page` has nothing missing.
    """
    try:
        sql, values = records.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    own = {f"own{number}": value for number, value in enumerate(values)}
    sought = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in own)
    rows = f"""FROM ({sought}) sought(id) JOIN {records.model._meta.db_table} c ON c.id = sought.id,
        (SELECT '[]'::json AS missing) page"""
    return [orjson.loads(text) for text in _asked(noun.sql(), rows, {**parameters, **own})]


def built(
    noun: Built, rows: str, parameters: Mapping[str, Any], wanted: Wanted = ALL
) -> list[orjson.Fragment]:
    """Returns an object's JSON for each of the rows, as PostgreSQL has built it.

    `rows` are a FROM with its order; a plan that suits some parameters must suit all.
    """
    return [orjson.Fragment(text) for text in _asked(noun.sql(wanted), rows, parameters)]


def _asked(json: str, rows: str, parameters: Mapping[str, Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"{ONE_PLAN}{json}::text {rows}", parameters)
        return [text for (text,) in cursor.fetchall()]
