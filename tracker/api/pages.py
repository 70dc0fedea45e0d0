"""Lists page by page: keyset cursors by row comparison, so that any depth costs the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

USUAL = 50
MOST = 200
PARAMETERS = ("limit", "cursor")


@dataclass(frozen=True)
class Order:
    """The total order of a list: columns that are never null, the last one unique."""

    columns: tuple[str, ...]
    descending: bool = True

    def sort(self, records: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        falling = self.descending is not backwards
        return records.order_by(*(F(c).desc() if falling else F(c).asc() for c in self.columns))

    def beyond(
        self, records: QuerySet[Any], place: Sequence[Any], *, backwards: bool
    ) -> QuerySet[Any]:
        """The records that come after this place, or before it."""
        falling = self.descending is not backwards
        past = TupleLessThan if falling else TupleGreaterThan
        return records.filter(past(Tuple(*self.columns), tuple(place)))


@dataclass(frozen=True)
class Cursor:
    """Where a page begins, and in which direction it reads."""

    place: tuple[Any, ...]
    backwards: bool


class KeysetPagination(BasePagination):
    """Answers `{"results", "next", "previous"}`, with the same addresses in a Link header."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Returns the rows of one page; raises ValidationError on a bad limit or cursor."""
        self.request = request
        self.salt = f"tracker.pages.{view.noun}"
        limit = _limit(request)
        cursor = self._cursor(view.order)
        backwards = bool(cursor and cursor.backwards)
        if cursor:
            queryset = view.order.beyond(queryset, cursor.place, backwards=backwards)
        rows = list(view.order.sort(queryset, backwards=backwards)[: limit + 1])
        more = len(rows) > limit
        rows = rows[:limit][::-1] if backwards else rows[:limit]
        self.following = self._link(view.order, rows, -1, backwards=False)
        self.preceding = self._link(view.order, rows, 0, backwards=True)
        # The way back is open whenever we came by a cursor: nothing is ever deleted.
        if not (more or backwards):
            self.following = None
        if not (more if backwards else cursor):
            self.preceding = None
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.following, "prev": self.preceding}
        header = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
        body = {"results": data, "next": self.following, "previous": self.preceding}
        return Response(body, headers={"Link": header} if header else {})

    def _cursor(self, order: Order) -> Cursor | None:
        given = self.request.query_params.get("cursor")
        if given is None:
            return None
        try:
            backwards, *place = signing.loads(given, salt=self.salt)
        except (signing.BadSignature, UnicodeError) as error:
            sentence = "This cursor is not one of ours: start from the first page."
            raise ValidationError({"cursor": sentence}, code="bad_cursor") from error
        return Cursor(tuple(place), bool(backwards))

    def _link(self, order: Order, rows: Sequence[Any], at: int, *, backwards: bool) -> str | None:
        if not rows:
            return None
        place = [_signable(getattr(rows[at], column)) for column in order.columns]
        cursor = signing.dumps([int(backwards), *place], salt=self.salt)
        address = remove_query_param(self.request.build_absolute_uri(), "cursor")
        return replace_query_param(address, "cursor", cursor)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        return [
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": "Rows on a page.",
                "schema": limit,
            },
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where the page begins: follow `next` and `previous`.",
                "schema": {"type": "string", "minLength": 1},
            },
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": link,
                "previous": link,
            },
        }


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", str(USUAL))
    if not (given.isascii() and given.isdigit() and len(given) < 5 and 1 <= int(given) <= MOST):
        raise ValidationError({"limit": f"limit runs from 1 to {MOST}."}, code="bad_limit")
    return int(given)


def _signable(value: Any) -> Any:
    return value if isinstance(value, int | str) else value.isoformat()
