"""`?fields=`: the client says which members of a record it wants, and gets no others.

Such a part lacks what the record's shape promises, so it has a media type of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api import expansions
from tracker.api.expansions import Expansions, Within
from tracker.api.pages import KeysetPagination
from tracker.api.projections import ALL, Wanted
from tracker.api.wire import JSONRenderer

PARAMETER = "fields"
MOST = 100
MEDIA_TYPE = "application/vnd.expert-claim-tracker.part+json"
PART, PAGE_OF_PARTS = "Part", "PaginatedPartList"
READS = ("list", "retrieve")
Shape = type[serializers.BaseSerializer[Any]]
_known: dict[Shape, Mapping[str, Any]] = {}


def parameter(shape: Shape, known: Expansions) -> OpenApiParameter:
    """Returns how the parameter is described: by a pattern of the names that there are."""
    name = _pattern(_names(shape))
    more = " Names within what `expand` opens can be asked for with it, too." if known else ""
    return OpenApiParameter(
        PARAMETER,
        {"type": "string", "pattern": f"^(?:{name})(?:,(?:{name})){{0,{MOST - 1}}}$"},
        description=f"Only these members, with commas, {MOST} at most; a dot leads inside. JSON "
        f"is then `{MEDIA_TYPE}`.{more}",
    )


def _pattern(names: Mapping[str, Any]) -> str:
    ways = (f"{n}(?:\\.(?:{_pattern(inner)}))?" if inner else n for n, inner in names.items())
    return "|".join(ways)


def shapes() -> dict[str, Any]:
    """Returns the shapes of a part of a record and of a page of such parts, by their names."""
    part = {"type": "object", "description": "The members that `fields` names.", "minProperties": 1}
    listed = {"type": "array", "items": reference(listed=False)}
    page = KeysetPagination().get_paginated_response_schema(listed)
    return {PART: part, PAGE_OF_PARTS: {"description": "A page of parts.", **page}}


def reference(*, listed: bool) -> dict[str, str]:
    """Returns where the description has the shape of a part, or of a page of them."""
    return {"$ref": f"#/components/schemas/{PAGE_OF_PARTS if listed else PART}"}


def wanted(request: Request, shape: Shape, inner: Sequence[Within] = ()) -> Wanted:
    """Returns the members that are asked for, all if none are; raises ValidationError.

    Within a record that is opened there are those of its own noun, too.
    """
    given = request.query_params.get(PARAMETER)
    if given is None:
        return ALL
    found: dict[str, Any] = {}
    names = _names(shape)
    for one in inner:
        names = _with(names, one.way, _names(one.view.shape(full=False)))
    for path in given.split(",")[: MOST + 1]:
        _add(found, path.split("."), names, path)
    if given.count(",") >= MOST:
        raise ValidationError({PARAMETER: f"Ask for {MOST} fields at most."}, code="too_many")
    return found


def _add(found: dict[str, Any], steps: list[str], names: Mapping[str, Any], path: str) -> None:
    """Adds the way to one member, unless all of what holds it is asked for already."""
    for step in steps:
        if step not in names:
            sentence = f"There is no field {path!r}; there are {', '.join(names) or 'none inside'}."
            raise ValidationError({PARAMETER: sentence}, code="unknown_field")
        names = names[step]
    for number, step in enumerate(steps, start=1):
        is_new, last = step not in found, number == len(steps)
        found = found.setdefault(step, {})
        if last:
            found.clear()
        elif not is_new and not found:
            return


def _names(shape: Shape) -> Mapping[str, Any]:
    """The names of a shape's members, and of theirs; asked once, for shapes do not change."""
    if shape not in _known:
        _known[shape] = _inside(shape())
    return _known[shape]


def _inside(field: Any) -> Mapping[str, Any]:
    field = getattr(field, "child", field)
    if not isinstance(field, serializers.Serializer):
        return {}
    return {name: _inside(inner) for name, inner in field.fields.items()}


def _with(names: Mapping[str, Any], way: Sequence[str], more: Mapping[str, Any]) -> dict[str, Any]:
    """The names, and at the end of the way more of them."""
    if not way:
        return {**names, **more}
    return {**names, way[0]: _with(names[way[0]], way[1:], more)}


def narrow(field: Any, members: Wanted) -> None:
    """Takes out of a serializer what is not wanted."""
    fields: Any = getattr(getattr(field, "child", field), "fields", None)
    if not members or fields is None:
        return
    for name, inner in list(fields.items()):
        if name in members:
            narrow(inner, members[name])
        else:
            fields.pop(name)


def kept(found: Any, wanted: Wanted) -> Any:
    """Returns what is wanted of a record."""
    if isinstance(found, list):
        return [kept(item, wanted) for item in found]
    if not wanted or not isinstance(found, Mapping):
        return found
    return {name: kept(inner, wanted[name]) for name, inner in found.items() if name in wanted}


def blanked(found: Mapping[str, Any], hidden: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a record with what hides these members in their place, where they are told at all."""
    return {**found, **{name: blank for name, blank in hidden.items() if name in found}}


class Told:
    """Adds `fields`, and `expand` where there are expansions, to a noun's list and records."""

    expansions: ClassVar[Expansions] = {}
    action: Any
    request: Any
    shape: Any

    @property
    def told_by(self) -> set[str]:
        """The parameters that say what of a record is told."""
        return {PARAMETER, expansions.PARAMETER} if self.expansions else {PARAMETER}

    @property
    def needed(self) -> Wanted:
        """What must be there of a record, that it can be told as it was asked for."""
        return expansions.before(self._wanted, self._inner)

    @property
    def told_whole(self) -> bool:
        """Whether a record is told as it is: all of it, and no more."""
        return not self._inner and self._wanted is ALL

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        in_json = isinstance(getattr(request, "accepted_renderer", None), JSONRenderer)
        if response.status_code == 200 and in_json and self._wanted is not ALL:
            response.content_type = MEDIA_TYPE
        found: HttpResponse = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # APIView's, beside this
        return found

    def told(self, rows: list[Any], context: Mapping[str, Any]) -> list[Any]:
        """Returns records with those within them that were asked for in full."""
        inner, wanted = self._inner, self._wanted
        opened = expansions.opened(rows, inner, context)
        return [kept(row, wanted) for row in opened] if inner else rows

    @cached_property
    def _inner(self) -> Sequence[Within]:
        return expansions.asked(self.request, self.expansions) if self.action in READS else ()

    @cached_property
    def _wanted(self) -> Wanted:
        if self.action not in READS:
            return ALL
        return wanted(self.request, self.shape(full=self.action == "retrieve"), self._inner)
