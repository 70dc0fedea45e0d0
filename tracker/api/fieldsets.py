"""`?fields=`: the client says which members of a record it wants, and gets no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api import expansions
from tracker.api.expansions import Expansions, Within
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

    def told(self, rows: list[Any], context: Mapping[str, Any]) -> list[Any]:
        """Returns records with those within them that were asked for in full."""
        inner, wanted = self._inner, self._wanted
        opened = expansions.opened(rows, inner, context)
        return [kept(row, wanted) for row in opened] if inner else rows

    @cached_property
    def _inner(self) -> Sequence[Within]:
        reads = self.action in ("list", "retrieve")
        return expansions.asked(self.request, self.expansions) if reads else ()

    @cached_property
    def _wanted(self) -> Wanted:
        if self.action not in ("list", "retrieve"):
            return ALL
        return wanted(self.request, self.shape(full=self.action == "retrieve"), self._inner)
