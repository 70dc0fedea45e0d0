"""Every answer as CSV too: a row for each record, with the columns that the description promises.

RFC 4180 in UTF-8 with a header. An object is laid out in dotted columns; a list, or an object
whose members are not declared, is JSON in one cell; null is an empty cell and the empty text `""`,
as PostgreSQL writes them. Text that a spreadsheet would compute stands behind an apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import orjson
from rest_framework.request import Request
from rest_framework.schemas.generators import EndpointEnumerator

from tracker.api.description import description
from tracker.api.formats import Shape
from tracker.api.wire import JSONRenderer
from tracker.domain.spreadsheets import neutral

QUOTED = frozenset('",\r\n')
Json = dict[str, Any]


class Table(Shape):
    """A page of records, or one, as rows."""

    media_type = "text/csv"
    format = "csv"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        self.request: Request = (renderer_context or {})["request"]
        return super().render(data, accepted_media_type, renderer_context)

    def page(self, records: list[Any], links: Mapping[str, Any]) -> bytes:
        return self._written(records)

    def record(self, record: Any) -> bytes:
        return self._written(record if isinstance(record, list) else [record])

    def _written(self, records: list[Any]) -> bytes:
        match = self.request._request.resolver_match
        assert match is not None, "the request came by an address"
        asked = self.request.query_params.get("fields", "")
        return written(_plain(records), narrowed(columns_of(match.route), asked)).encode()


READ_AS = (JSONRenderer, Table)
"""How a view of its own answers who reads: as JSON, or as a table."""


def _plain(records: list[Any]) -> list[Json]:
    """The records as they read in JSON: some are still text that PostgreSQL has built."""
    plain: list[Json] = orjson.loads(orjson.dumps(records, default=str))
    return plain


def narrowed(columns: Iterable[str], asked: str) -> list[str]:
    """Returns the columns that `?fields=` leaves; all where it was not asked."""
    wanted = [name.strip() for name in asked.split(",") if name.strip()]
    if not wanted:
        return list(columns)
    return [c for c in columns if any(c == w or c.startswith(f"{w}.") for w in wanted)]


def written(records: list[Json], columns: list[str]) -> str:
    """Returns records as CSV; what no column is declared for follows the declared ones."""
    rows = [dict(spread(record, frozenset(columns))) for record in records]
    header = list(dict.fromkeys([*columns, *(name for row in rows for name in row)]))
    lines = [map(_quoted, header), *([cell(row.get(name)) for name in header] for row in rows)]
    return "".join(",".join(line) + "\r\n" for line in lines)


def spread(value: Any, leaves: frozenset[str], name: str = "") -> Iterator[tuple[str, Any]]:
    """Yields the cells of a record under their dotted names."""
    if isinstance(value, Mapping) and name not in leaves and value:
        for inner, below in value.items():
            yield from spread(below, leaves, f"{name}.{inner}" if name else inner)
    elif value is not None or not any(leaf.startswith(f"{name}.") for leaf in leaves):
        yield name, value


def cell(value: Any) -> str:
    """Returns a value as it stands between two commas."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return _quoted(orjson.dumps(value).decode())
    return _quoted(neutral(value)) or '""'


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if QUOTED & set(text) else text


# --- which columns there are ---------------------------------------------------------


@cache
def columns_of(route: str) -> tuple[str, ...]:
    """Returns the columns of what an address answers, as the description declares its shape."""
    path = EndpointEnumerator().get_path_from_regex(route)
    found = description()
    content = found["paths"][path]["get"]["responses"]["200"]["content"]
    schemas = found["components"]["schemas"]
    shape = _resolved(content["application/json"]["schema"], schemas)
    shape = _resolved(shape.get("properties", {}).get("results", shape), schemas)
    return tuple(_leaves(shape.get("items", shape), schemas))


def _leaves(
    shape: Json, schemas: Json, name: str = "", above: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yields the dotted names of a shape; one that holds itself again is one cell there."""
    ref = _ref(shape)
    inner = {} if ref in above else _resolved(shape, schemas).get("properties", {})
    for member, below in inner.items():
        dotted = f"{name}.{member}" if name else member
        yield from _leaves(below, schemas, dotted, (*above, ref) if ref else above)
    if name and not inner:
        yield name


def _resolved(shape: Json, schemas: Json) -> Json:
    ref = _ref(shape)
    found: Json = schemas[ref] if ref else shape
    return found


def _ref(shape: Json) -> str:
    """The name of the one component that a shape refers to, null beside it or not; or ""."""
    choices = shape.get("oneOf") or shape.get("anyOf") or shape.get("allOf") or [shape]
    others = [choice for choice in choices if choice != {"type": "null"}]
    if len(others) != 1:
        return ""
    return str(others[0].get("$ref", "")).removeprefix("#/components/schemas/")
