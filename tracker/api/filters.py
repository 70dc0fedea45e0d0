"""Filters that several nouns share: by id, by slug, by yes or no, by records merged into one."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL
from drf_spectacular.utils import extend_schema_field

from tracker.domain.ids import LARGEST_ID, id_in
from tracker.embedded.cursors import ONE_PLAN
from tracker.models import Organisation, Source

MOST_NAMES = 50
# The form of a request without filters; it knows no values, so that all can share it.
NOTHING_ASKED = forms.Form({})
MOST_FORMS = 1_000  # that a process keeps, by the names that are asked together
_forms: dict[tuple[type, tuple[str, ...]], type[forms.Form]] = {}


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

    def get_form_class(self) -> type[forms.Form]:
        """Returns a form of what is asked, kept for whoever asks the same of other values."""
        asked = type(self), tuple(self.filters)
        form = _forms.get(asked)
        if form is None:
            # Other threads may forget it meanwhile: what is returned is what was made.
            if len(_forms) >= MOST_FORMS:
                _forms.clear()
            form = _forms[asked] = super().get_form_class()
        return form


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


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
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


class SeveralInput(forms.TextInput):
    """Takes a parameter that is given twice for one with a comma."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return ",".join(data.getlist(name)) if name in data else None


class Several(django_filters.CharFilter):  # type: ignore[misc]  # django-filter is untyped
    """A filter by one or several names, with commas or given again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"widget": SeveralInput, **options})


class ChosenField(forms.MultipleChoiceField):
    """Some of the values, with commas or given again."""

    def to_python(self, value: Any) -> list[str]:
        return [part for given in super().to_python(value) for part in given.split(",") if part]


class Chosen(django_filters.MultipleChoiceFilter):  # type: ignore[misc]  # django-filter is untyped
    """A filter by some of the values of an enum."""

    field_class = ChosenField

    def __init__(self, enum: type[StrEnum], *args: Any, **options: Any) -> None:
        choices = [(item.value, item.value) for item in enum]
        super().__init__(*args, choices=choices, **options)

    def filter(self, queryset: Any, value: list[str]) -> Any:
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


def keys(noun: type[Model], given: str) -> list[int]:
    """Returns the ids of the records that these ids or slugs name, and of those merged into any."""
    ids: list[int] = []
    slugs: list[str] = []
    for name in given.split(",")[:MOST_NAMES]:
        pk = id_in(name)
        if pk is None:
            slugs.append(name)
        else:
            ids.append(pk)
    table = noun._meta.db_table
    # A source has no slug, and is named by its id alone.
    if slugs:
        ids += _asked(f"id FROM {table} WHERE slug = ANY(%s)", slugs)
    return _asked(f"id FROM {table} WHERE id = ANY(%s) OR merged_into_id = ANY(%s)", ids, ids)


def _asked(question: str, *values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{ONE_PLAN}{question}", values)
        return [pk for (pk,) in cursor.fetchall()]


def within(organisations: list[int]) -> list[int]:
    """Returns the ids of these organisations and of all below them."""
    below = """
        WITH RECURSIVE below(id) AS (
            SELECT unnest(%s::bigint[])
            UNION
            SELECT o.id FROM tracker_organisation o
            JOIN below b ON b.id IN (o.parent_id, o.merged_into_id)
        ) SELECT id FROM below
    """
    found = Organisation.objects.filter(pk__in=RawSQL(below, [organisations])).order_by()
    return list(found.values_list("pk", flat=True))
