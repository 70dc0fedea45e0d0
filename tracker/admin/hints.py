"""What the log form suggests while it is filled in: speakers, hedges, propositions, deadlines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString

from tracker.actions.hedging import value_of
from tracker.actions.likenesses import like_words
from tracker.admin.drawings import band, excerpt, percent
from tracker.admin.searches import named_like, worded_like
from tracker.domain import hedges
from tracker.domain.deadlines import Deadline, by_convention, date_span
from tracker.domain.horizons import propose
from tracker.models import Affiliation, HedgeTerm, Lexicon, Organisation, Person, Proposition, Topic

MOST_NAMES = 8
MOST_PROPOSITIONS = 5
LONGEST = 160


@dataclass(frozen=True)
class Hint:
    """A suggestion: what it says, and the fields of the form that choosing it fills in."""

    words: str
    note: str
    fill: str
    drawn: SafeString | str = ""
    source: str = ""
    best: bool = False


def _fill(**fields: object) -> str:
    return json.dumps({name: str(value) for name, value in fields.items()})


# --- how sure ---


def hedges_in(words: str) -> list[Hint]:
    """Every hedge in the words, each with its band and source; the one that governs is best."""
    lexicon = Lexicon.objects.latest_frozen()
    if lexicon is None or not words.strip():
        return []
    hits = hedges.find(words, value_of(lexicon))
    chosen = hedges.governing(hits)
    sources = _sources(lexicon, {hit.term.phrase for hit in hits})
    return [
        Hint(
            words=words[hit.start : hit.end],
            note=_read(hit),
            fill=_fill(hedge=words[hit.start : hit.end], hedge_term=hit.term.phrase),
            drawn=band(hit.term.low, hit.term.point, hit.term.high),
            source=sources.get(hit.term.phrase, ""),
            best=chosen is not None and chosen.hit == hit,
        )
        for hit in hits
    ]


def _read(hit: hedges.Hit) -> str:
    negated = " Negated: is it a denial?" if hit.negated else ""
    return f"{percent(hit.term.low)} to {percent(hit.term.high)}.{negated}"


def _sources(lexicon: Lexicon, phrases: set[str]) -> dict[str, str]:
    found = HedgeTerm.objects.filter(lexicon=lexicon, phrase__in=phrases)
    return {one.phrase: f"{lexicon}: {excerpt(one.source, 60)}" for one in found}


# --- who ---


def speakers_like(term: str, on: date | None) -> list[Hint]:
    """People on record who go by these words, each in the roles that they held on that day."""
    if len(term.strip()) < 2:
        return []
    held = Affiliation.objects.select_related("organisation").order_by("-id")
    if on is not None:
        held = held.on(on)
    people = named_like(Person.objects.standing(), term).order_by("name")
    found = people.prefetch_related(Prefetch("affiliations", held, to_attr="held"))[:MOST_NAMES]
    return [hint for person in found for hint in _in_roles(person)]


def _in_roles(person: Person) -> list[Hint]:
    known = f"also {'; '.join(person.aliases)}" if person.aliases else ""
    held: Sequence[Affiliation] = vars(person)["held"][:3]
    roles = [(one.role, str(one.organisation)) for one in held] or [("", "")]
    return [
        Hint(
            words=person.name,
            note=" · ".join(filter(None, [", ".join(filter(None, pair)), known])),
            fill=_fill(
                person=person.name, person_slug=person.slug, role=pair[0], organisation=pair[1]
            ),
        )
        for pair in roles
    ]


def names_like(kind: str, term: str) -> list[str]:
    """Names on record that hold these words."""
    if len(term.strip()) < 2:
        return []
    if kind == "topic":
        topics = worded_like(Topic.objects.order_by("name"), term, "name")
        return list(topics.values_list("name", flat=True)[:MOST_NAMES])
    rows: QuerySet[Organisation] = Organisation.objects.standing()
    return list(named_like(rows, term).order_by("name").values_list("name", flat=True)[:MOST_NAMES])


# --- what is claimed ---


def propositions_like(words: str) -> list[Hint]:
    """Propositions on record that say something like this, else those that hold its words."""
    if len(words.strip()) < 3:
        return []
    near = {one.pk: (one, f"{likeness:.0%} alike") for one, likeness in like_words(words)}
    standing = Proposition.objects.filter(merged_into=None).select_related("condition")
    searched = worded_like(standing, words, "statement").order_by("-id")[:MOST_PROPOSITIONS]
    near |= {one.pk: (one, "holds the words") for one in searched if one.pk not in near}
    return [_known(one, note) for one, note in list(near.values())[:MOST_PROPOSITIONS]]


def _known(one: Proposition, note: str) -> Hint:
    due = f"by {one.deadline}" if one.deadline else "no deadline"
    under = f"if: {excerpt(one.condition.statement, 60)}" if one.condition else ""
    label = f"{one.statement} ({due})"
    return Hint(
        words=excerpt(one.statement, LONGEST),
        note=" · ".join(filter(None, [note, due, under])),
        fill=_fill(known_proposition=one.pk, known_label=label),
    )


# --- by when ---


def deadlines_in(words: str, said_on: date) -> list[Hint]:
    """What the words name, the convention, and a day on which to look again, in this order."""
    named = propose(words, said_on)
    usual = by_convention(said_on)
    found = [*([named] if named else []), usual]
    hints = [_by(one, best=one is named) for one in found]
    wait = _fill(deadline="", deadline_basis="none", review_on=usual.on, deadline_reason="")
    hints.append(Hint(words="None", note=f"Look again on {usual.on}.", fill=wait))
    return hints


def _by(one: Deadline, *, best: bool) -> Hint:
    words = f"“{one.words}”: " if one.words else ""
    given = {"deadline_words": one.words} if one.words else {}
    return Hint(
        words=f"{one.on}, {one.basis.replace('_', ' ')}",
        note=f"{words}{one.reason}",
        fill=_fill(
            deadline=one.on,
            deadline_basis=one.basis,
            deadline_reason=one.reason,
            review_on="",
            **given,
        ),
        best=best,
    )


def day_said(said_on: str, published_on: str) -> date | None:
    """The last day on which it can have been said: as typed, else the article's."""
    span = date_span(said_on) or date_span(published_on)
    return span.last if span else None
