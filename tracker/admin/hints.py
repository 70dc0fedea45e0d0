"""What the log form suggests while it is filled in: hedges with their bands, known names."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from tracker.actions.hedging import value_of
from tracker.admin.drawings import band, percent
from tracker.admin.searches import named_like, worded_like
from tracker.domain import hedges
from tracker.models import Lexicon, Organisation, Person, Topic

MOST_NAMES = 8


@dataclass(frozen=True)
class Found:
    """One hedge that stands in the words."""

    words: str
    phrase: str
    drawn: SafeString
    range: str
    governs: bool
    negated: bool


def hedges_in(words: str) -> list[Found]:
    """Every hedge in the words, the one that governs marked."""
    lexicon = Lexicon.objects.latest_frozen()
    if lexicon is None or not words.strip():
        return []
    hits = hedges.find(words, value_of(lexicon))
    chosen = hedges.governing(hits)
    return [
        Found(
            words=words[hit.start : hit.end],
            phrase=hit.term.phrase,
            drawn=band(hit.term.low, hit.term.point, hit.term.high),
            range=f"{percent(hit.term.low)} to {percent(hit.term.high)}",
            governs=chosen is not None and chosen.hit == hit,
            negated=hit.negated,
        )
        for hit in hits
    ]


def names_like(kind: str, term: str) -> list[str]:
    """Names on record that hold these words."""
    if len(term.strip()) < 2:
        return []
    if kind == "topic":
        topics = worded_like(Topic.objects.order_by("name"), term, "name")
        return list(topics.values_list("name", flat=True)[:MOST_NAMES])
    rows: QuerySet[Person] | QuerySet[Organisation] = (
        Person.objects.standing() if kind == "person" else Organisation.objects.standing()
    )
    return list(named_like(rows, term).order_by("name").values_list("name", flat=True)[:MOST_NAMES])
