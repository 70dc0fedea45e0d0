"""Filters that several nouns share: by id or slug, by the records merged into one."""

from __future__ import annotations

import django_filters
from django.db.models import Model, Q


class Filter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter is untyped
    """A noun's filters; a parameter that none of them names is refused by name."""


def keys(noun: type[Model], given: str) -> list[int]:
    """Returns the ids of the record that an id or slug names, and of those merged into it."""
    named, merged = Q(slug=given), Q(merged_into__slug=given)
    if given.isascii() and given.isdigit() and len(given) < 19:
        named, merged = Q(pk=int(given)), Q(merged_into=int(given))
    found = noun._default_manager.filter(named | merged)
    return list(found.values_list("pk", flat=True))
