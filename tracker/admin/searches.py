"""How lists are searched: each word by an index of the column that holds it."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q, QuerySet

from tracker.models import Claim, Organisation, Person
from tracker.models.claim_indexes import FEW, few_with, holds


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
    """Claims whose speaker goes by this name, or that are found by these words.

    What is not much is looked up first and named: an OR of questions would be put to claim after
    claim, through a million where next to none is like that.
    """
    term = term.replace("\0", " ").strip()
    if not term:
        return rows
    few = few_with(term)
    worded = Q(holds(term)) if few is None else Q(pk__in=few)
    people = _named(Person.objects.order_by(), term)
    organisations = _named(Organisation.objects.order_by(), term)
    return rows.filter(worded | Q(person__in=people) | Q(organisation__in=organisations))


def quoted_like(rows: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Quotations in which every word stands; those of few claims are looked up by their index."""
    few = few_with(term.replace("\0", " "))
    if few is not None:
        first = Claim.objects.order_by().filter(pk__in=few).values("quotation")
        further = Claim.further_quotations.through.objects.filter(claim__in=few)
        # An OR of the two would be put to quotation after quotation.
        rows = rows.filter(pk__in=first.union(further.values("quotation")))
    return worded_like(rows, term, "exact")


def _named(rows: QuerySet[Any], term: str) -> Any:
    """The keys of those who go by this name; as a question where they are many."""
    found = list(named_like(rows, term).values_list("pk", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else named_like(rows, term).values("pk")
