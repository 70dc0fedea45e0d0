"""How lists are searched: each word by an index of the column that holds it."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, QuerySet

from tracker.models import Organisation, Person, Quotation


def _each_word(term: str) -> list[str]:
    return [re.escape(word) for word in term.replace("\0", " ").split()][:8]


def named_like(rows: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Rows whose name, or an alias, holds every word; the trigram index serves the name."""
    alias = Q(known_as__contains=[" ".join(term.replace("\0", " ").lower().split())])
    for word in _each_word(term):
        rows = rows.filter(Q(name__iregex=word) | alias)
    return rows


def worded_like(rows: QuerySet[Any], term: str, *columns: str) -> QuerySet[Any]:
    """Rows in which every word stands in one of the columns."""
    for word in _each_word(term):
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__iregex": word})
        rows = rows.filter(found)
    return rows


def said_by_or_like(rows: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Claims whose speaker goes by this name or whose quotation holds the words."""
    if not term.strip():
        return rows
    people = named_like(Person.objects.order_by(), term).values("pk")
    organisations = named_like(Organisation.objects.order_by(), term).values("pk")
    quotations = worded_like(Quotation.objects.order_by(), term, "exact").values("pk")
    return rows.filter(
        Q(person__in=people) | Q(organisation__in=organisations) | Q(quotation__in=quotations)
    )
