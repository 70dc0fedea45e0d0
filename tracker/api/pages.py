"""Lists page by page: keyset cursors by row comparison, so that any depth costs the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
COUNTED = 10_000
PARAMETERS = ("limit", "cursor")
OF_NOUNS = (*PARAMETERS, "order", "count")
CURSOR = r"^[\w.-]+:\w+:[\w-]{43}$"  # as django.core.signing writes it
CURSOR_SHAPE = {"type": "string", "pattern": CURSOR}
LIMIT = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}


@dataclass(frozen=True)
class Order:
    """The total order of a list: columns that are never null, the last one unique."""

    columns: tuple[str, ...]
    descending: bool = True

    @property
    def turned(self) -> Order:
        """The same order from its other end."""
        return Order(self.columns, not self.descending)

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
        """Returns the rows of one page; raises ValidationError on a bad limit, order or cursor."""
        self.request = request
        name, order = self._order(view)
        self.salt = ".".join(["tracker.pages", view.noun, *filter(None, [name])])
        limit = _limit(request)
        cursor = self._cursor()
        self.count = _count(queryset) if _is_asked(request, "count") else None
        backwards = bool(cursor and cursor.backwards)
        if listed := getattr(view, "listed", None):
            queryset = listed(queryset, order)
        if cursor:
            queryset = order.beyond(queryset, cursor.place, backwards=backwards)
        rows = list(order.sort(queryset, backwards=backwards)[: limit + 1])
        more = len(rows) > limit
        rows = rows[:limit][::-1] if backwards else rows[:limit]
        # The way back is open whenever we came by a cursor: nothing is ever deleted.
        self.following = self.preceding = None
        if more or backwards:
            self.following = self._link(order, rows, -1, backwards=False)
        if more if backwards else cursor:
            self.preceding = self._link(order, rows, 0, backwards=True)
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.following, "prev": self.preceding}
        header = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
        body = {"results": data, "next": self.following, "previous": self.preceding}
        if self.count is not None:
            body["count"] = {"value": min(self.count, COUNTED), "capped": self.count > COUNTED}
        return Response(body, headers={"Link": header} if header else {})

    def _order(self, view: Any) -> tuple[str, Order]:
        """The order that is asked for, with its name; else the noun's own, without a name."""
        name = self.request.query_params.get("order")
        if name is None:
            return "", view.order
        orders = view.orders_asked()
        if name not in orders:
            sentence = f"order is one of {', '.join(orders)}."
            raise ValidationError({"order": sentence}, code="invalid_choice")
        return name, orders[name]

    def _cursor(self) -> Cursor | None:
        given = self.request.query_params.get("cursor")
        if given is None:
            return None
        if not re.fullmatch(CURSOR, given, re.ASCII):
            sentence = "A cursor is taken from `next` or `previous`, as it stands there."
            raise ValidationError({"cursor": sentence}, code="invalid")
        try:
            backwards, *place = signing.loads(given, salt=self.salt)
        except (signing.BadSignature, UnicodeError) as error:
            sentence = "This cursor is not one of ours: start from the first page."
            raise ValidationError({"cursor": sentence}, code="bad_cursor") from error
        return Cursor(tuple(place), bool(backwards))

    def _link(self, order: Order, rows: Sequence[Any], at: int, *, backwards: bool) -> str | None:
        if not rows:
            return None
        place = [getattr(rows[at], column) for column in order.columns]
        cursor = cursor_at(place, salt=self.salt, backwards=backwards)
        address = remove_query_param(self.request.build_absolute_uri(), "cursor")
        return replace_query_param(address, "cursor", cursor)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": "Rows on a page.",
                "schema": LIMIT,
            },
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where the page begins: follow `next` and `previous`.",
                "schema": CURSOR_SHAPE,
            },
            {
                "name": "order",
                "in": "query",
                "required": False,
                "description": "The order of the list; - turns it round.",
                "schema": {"type": "string", "enum": [*view.orders_asked()]},
            },
            {
                "name": "count",
                "in": "query",
                "required": False,
                "description": f"Counts the rows, to {COUNTED} at most, beside the page.",
                "schema": {"type": "boolean", "default": False},
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
                "count": {
                    "type": "object",
                    "description": "Where `count=true` asks for it; `capped` where there are more.",
                    "required": ["value", "capped"],
                    "properties": {
                        "value": {"type": "integer", "minimum": 0, "maximum": COUNTED},
                        "capped": {"type": "boolean"},
                    },
                },
            },
        }


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", str(USUAL))
    if not (given.isascii() and given.isdigit() and len(given) < 5 and 1 <= int(given) <= MOST):
        raise ValidationError({"limit": f"limit runs from 1 to {MOST}."}, code="bad_limit")
    return int(given)


def _is_asked(request: Request, name: str) -> bool:
    given = request.query_params.get(name, "false")
    if given not in ("true", "false"):
        raise ValidationError({name: "Write true or false."}, code="invalid")
    return bool(given == "true")


def _count(records: QuerySet[Any]) -> int:
    """How many there are, as far as we count."""
    return records.order_by()[: COUNTED + 1].count()


def cursor_at(place: Iterable[Any], *, salt: str, backwards: bool = False) -> str:
    """Returns a cursor to what comes after a place in the order of the list with this salt."""
    signable = (one if isinstance(one, int | str) else one.isoformat() for one in place)
    return signing.dumps([int(backwards), *signable], salt=salt)
