"""What clients may send: bodies whose fields are all named, read by forms that are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import local
from typing import Any, ClassVar, TypeAlias

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from tracker.api.fields import optional_text

Maker: TypeAlias = Callable[..., Any] | None


class Body(serializers.Serializer[Any]):
    """What a client may send: a field that it does not name is refused by name.

    `makes` is what an action takes, built from the fields; without it they stay a dict.
    """

    makes: ClassVar[Maker] = None

    @classmethod
    def read(cls, data: Any, context: Mapping[str, Any] | None = None) -> Any:
        """Returns what was sent, as the action takes it; raises ValidationError.

        A thread keeps one form of each body: to make the fields takes longer than to ask them.
        """
        form = _forms.made.get(cls) or _forms.made.setdefault(cls, cls())
        form._context = context or {}
        try:
            return form.run_validation(data)
        finally:
            form._context = {}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                raise ValidationError(
                    dict.fromkeys(unknown, "There is no such field."), code="unknown_field"
                )
        values = super().to_internal_value(data)
        makes = type(self).makes
        return makes(**values) if makes else values


class Forms(local):
    """The forms of bodies that a thread keeps."""

    def __init__(self) -> None:
        self.made: dict[type[Body], Body] = {}


_forms = Forms()


class NoBody(Body):
    """Nothing: the step is all."""


class Change(Body):
    """A change to a record: only what is sent changes; the reason goes into the history."""

    reason = optional_text(help_text="Why; kept in the record's history.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "partial": True})
