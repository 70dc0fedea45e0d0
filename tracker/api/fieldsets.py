"""`?fields=`: the client says which members of a record it wants, and gets no others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api.projections import ALL, Wanted

PARAMETER = "fields"
MOST = 100
FIELDS = OpenApiParameter(
    PARAMETER,
    str,
    description="Only these members, with commas; a dot leads inside, as in "
    "`id,speaker.person,quotation.exact`.",
)
Shape = type[serializers.BaseSerializer[Any]]
_known: dict[Shape, Mapping[str, Any]] = {}


def wanted(request: Request, shape: Shape) -> Wanted:
    """Returns the members that are asked for, all if none are; raises ValidationError."""
    given = request.query_params.get(PARAMETER)
    if given is None:
        return ALL
    found: dict[str, Any] = {}
    for path in given.split(",")[: MOST + 1]:
        _add(found, path.split("."), _names(shape), path)
    if given.count(",") >= MOST:
        raise ValidationError({PARAMETER: f"Ask for {MOST} fields at most."}, code="too_many")
    return found


def _add(found: dict[str, Any], steps: list[str], names: Mapping[str, Any], path: str) -> None:
    """Adds the way to one member, unless all of what holds it is asked for already."""
    for number, step in enumerate(steps, start=1):
        if step not in names:
            sentence = f"There is no field {path!r}; there are {', '.join(names) or 'none inside'}."
            raise ValidationError({PARAMETER: sentence}, code="unknown_field")
        is_new, last = step not in found, number == len(steps)
        found, names = found.setdefault(step, {}), names[step]
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
