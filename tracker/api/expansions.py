"""`?expand=`: the client says which records within a record it wants as their own lists tell them.

One step deep: what is within the records that were opened stays short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api.projections import ALL, Wanted

PARAMETER = "expand"


@dataclass(frozen=True)
class Within:
    """A record within a record: the way to it, and the view whose lists tell it."""

    way: tuple[str, ...]
    view: Any


# By the names that a client may ask for.
Expansions: TypeAlias = Mapping[str, Sequence[Within]]


def parameter(known: Expansions) -> OpenApiParameter:
    """Returns how the parameter is described where these can be asked for."""
    return OpenApiParameter(
        PARAMETER,
        {"type": "array", "minItems": 1, "items": {"type": "string", "enum": [*known]}},
        explode=False,
        description="With commas: these members then hold all that lists of their noun tell, "
        "besides what stands there already; one that you may not see at its own address stays "
        "as it is. One step deep, and `fields` may lead inside.",
    )


def asked(request: Request, known: Expansions) -> tuple[Within, ...]:
    """Returns what is to be opened, none if nothing is asked for; raises ValidationError."""
    given = request.query_params.get(PARAMETER)
    names = [] if given is None else given.split(",")
    for name in names:
        if name not in known:
            sentence = f"Nothing is expanded as {name!r}; there are {', '.join(known)}."
            raise ValidationError({PARAMETER: sentence}, code="unknown_expansion")
    return tuple(one for name in dict.fromkeys(names) for one in known[name])


def before(wanted: Wanted, inner: Sequence[Within]) -> Wanted:
    """Returns what must be there of a record, that these may be opened within it."""
    if not wanted or not inner:
        return wanted
    opened = {one.way[0] for one in inner}
    return {name: ALL if name in opened else below for name, below in wanted.items()}


def opened(
    rows: list[Any], inner: Sequence[Within], context: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Returns the records with these within them told in full, as far as they may be seen."""
    if not inner:
        return rows
    plain: list[dict[str, Any]] = orjson.loads(orjson.dumps(rows, default=str))
    for one in inner:
        _open(plain, one, {**context, "wanted": ALL, "words": ""})
    return plain


def _open(rows: Sequence[dict[str, Any]], inner: Within, context: Mapping[str, Any]) -> None:
    short = [found for row in rows if (found := _at(row, inner.way))]
    keys = sorted({record["id"] for record in short})
    if not keys:
        return
    seen = context["sight"].see(inner.view.queryset.filter(pk__in=keys))
    full = {record["id"]: record for record in inner.view.present(seen, context, full=False)}
    for record in short:
        record.update(full.get(record["id"], {}))


def _at(row: Any, way: Sequence[str]) -> Any:
    """What stands there, None where the way ends before."""
    for step in way:
        row = row.get(step) if row else None
    return row
