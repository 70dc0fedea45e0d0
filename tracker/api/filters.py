"""Filters that several nouns share: by id, by slug, by yes or no, by records merged into one."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from drf_spectacular.utils import extend_schema_field

from tracker.api.fields import LARGEST_ID
from tracker.models import Source

# The form of a request without filters; it knows no values, so that all can share it.
NOTHING_ASKED = forms.Form({})


class Filter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter is untyped
    """A noun's filters; a parameter that none of them names is refused by name.

    Only those that a request names are made: to make all costs more than to read the page.
    """

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        asked = data or {}
        self.base_filters = {n: f for n, f in self.get_filters().items() if n in asked}
        super().__init__(data, *args, **options)

    @property
    def form(self) -> forms.Form:
        return super().form if self.filters else NOTHING_ASKED


class FlagField(forms.Field):
    """True or false; Django's own takes any other word for silence."""

    def to_python(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        if value not in ("true", "false"):
            raise ValidationError("Write true or false.", code="invalid")
        return bool(value == "true")


class Flag(django_filters.BooleanFilter):  # type: ignore[misc]  # django-filter is untyped
    """A filter by yes or no."""

    field_class = FlagField


class IdField(forms.IntegerField):
    """The id of a record; a fraction is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **options)


@extend_schema_field({"type": "integer", "minimum": 1})
class Id(django_filters.NumberFilter):  # type: ignore[misc]  # django-filter is untyped
    """A filter by the id of a related record."""

    field_class = IdField

    def get_max_validator(self) -> None:
        """Returns none: the field has its own bounds."""


class OfSource(Id):
    """A filter by the id of a source: what hangs on those merged into it is found, too."""

    def filter(self, queryset: Any, value: Any) -> Any:
        if value is None:
            return queryset
        return queryset.filter(**{f"{self.field_name}__in": keys(Source, str(int(value)))})


def keys(noun: type[Model], given: str) -> list[int]:
    """Returns the ids of the record that an id or slug names, and of those merged into it."""
    named, merged = Q(slug=given), Q(merged_into__slug=given)
    if given.isascii() and given.isdigit() and len(given) < 19:
        named, merged = Q(pk=int(given)), Q(merged_into=int(given))
    found = noun._default_manager.filter(named | merged)
    return list(found.values_list("pk", flat=True))
