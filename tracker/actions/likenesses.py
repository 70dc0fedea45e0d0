"""What may be the same as what: asked anew each time, never stored, never acted on by itself.

A pair that was rejected, or that waits for a second person, is not suggested again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from tracker.domain.likenesses import (
    CLOSE_LIKENESS,
    LEAST_LIKENESS,
    Window,
    weight,
)
from tracker.models import Claim, Duplicate, Organisation, Person, Proposition, Quotation
from tracker.models.claims import ClaimState
from tracker.models.duplicates import DuplicateState

Noun = TypeVar("Noun", Proposition, Claim)

LOOKED_AT = 500  # candidates of the index that are compared in full
WEIGHED = 50  # of these, how many are weighed by more than their words
SHOWN = 8
NEWEST = 20  # propositions that the worklist compares with all before them
NEWEST_CLAIMS = 500  # claims that it compares with those on the same proposition
SAID_LAST = 2000  # claims of one speaker that are compared
MERGEABLE = (ClaimState.DRAFT, ClaimState.FROZEN)


@dataclass(frozen=True)
class Alike(Generic[Noun]):
    """A record that may be the same as the one that was asked about."""

    record: Noun
    likeness: float
    same_condition: bool
    same_window: bool

    @property
    def weight(self) -> float:
        return weight(
            self.likeness, same_condition=self.same_condition, same_window=self.same_window
        )


@dataclass(frozen=True)
class Pair(Generic[Noun]):
    """Two records of the worklist; `later` came in after `earlier`."""

    later: Noun
    earlier: Noun
    likeness: float


def _decided_with(noun: str, pk: int) -> QuerySet[Duplicate]:
    mine = Q(**{f"kept_{noun}": pk}) | Q(**{f"dropped_{noun}": pk})
    return Duplicate.objects.filter(mine).exclude(state=DuplicateState.MERGED)


def _known_to(noun: str, pk: int) -> set[int]:
    """The records with which this one was compared by a person already."""
    pairs = _decided_with(noun, pk).values_list(f"kept_{noun}", f"dropped_{noun}")
    return {one for pair in pairs for one in pair} | {pk}


def _nearest(words: str, without: Collection[int] = ()) -> list[Proposition]:
    """Standing propositions in words like these, with their likeness, the most alike first.

    Near-identical ones are looked for by themselves, lest they drown where many share a phrase.
    """
    found: list[Proposition] = []
    for least in (CLOSE_LIKENESS, LEAST_LIKENESS):
        with transaction.atomic():
            _compare_from(least)
            known = {*without, *(one.pk for one in found)}
            found += _worded_like(words).exclude(pk__in=known)[:WEIGHED]
        if len(found) >= SHOWN:
            break
    return found


def _compare_from(least: float) -> None:
    """Has the index find what is at least so much alike, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(least)])


def _worded_like(words: str) -> QuerySet[Proposition]:
    candidates = Proposition.objects.filter(merged_into=None, statement__trigram_similar=words)
    nearest = candidates.order_by().values("pk")[:LOOKED_AT]
    first_said = Claim.objects.filter(proposition=OuterRef("pk")).order_by().values("proposition")
    return (
        Proposition.objects.filter(pk__in=nearest)
        .annotate(
            likeness=TrigramSimilarity("statement", words),
            first_said=Subquery(first_said.annotate(day=Min("said_on")).values("day")),
        )
        .select_related("condition")
        .order_by("-likeness", "-pk")
    )


def condition_of(proposition: Proposition) -> int | None:
    """The condition that a proposition hangs on today, its mergers followed."""
    given = proposition.condition
    return (given.merged_into_id or given.pk) if given else None


def _window(proposition: Proposition, first_said: date | None) -> Window:
    end = proposition.deadline or proposition.review_on
    return Window(first_said or end, end)


def _weighed(found: Iterable[Alike[Noun]]) -> list[Alike[Noun]]:
    return sorted(found, key=lambda one: (-one.weight, -one.record.pk))[:SHOWN]


def like_words(words: str) -> list[tuple[Proposition, float]]:
    """Propositions on record that say something like this, the most alike first."""
    if not words.strip():
        return []
    found = _nearest(words.replace("\0", " "))
    return [(one, vars(one)["likeness"]) for one in found[:SHOWN]]


def like_proposition(proposition: Proposition) -> list[Alike[Proposition]]:
    """Propositions that may be the same as this one; merged ones are not asked about."""
    if proposition.merged_into_id:
        return []
    first_said = proposition.claims.aggregate(day=Min("said_on"))["day"]
    own, condition = _window(proposition, first_said), condition_of(proposition)
    known = _known_to("proposition", proposition.pk)
    return _weighed(
        Alike(
            record=one,
            likeness=vars(one)["likeness"],
            same_condition=condition_of(one) == condition,
            same_window=_window(one, vars(one)["first_said"]).overlaps(own),
        )
        for one in _nearest(proposition.statement, known)
    )


def said_by_same(claim: Claim) -> QuerySet[Claim]:
    """The speaker's claims, under every record that was merged with theirs."""
    if claim.person:
        person = claim.person.merged_into_id or claim.person_id
        people = Person.objects.order_by().filter(Q(pk=person) | Q(merged_into=person))
        return Claim.objects.filter(person__in=people.values("pk"))
    assert claim.organisation, "the database refuses claims without a speaker"
    organisation = claim.organisation.merged_into_id or claim.organisation_id
    known = Organisation.objects.order_by().filter(Q(pk=organisation) | Q(merged_into=organisation))
    return Claim.objects.filter(person=None, organisation__in=known.values("pk"))


def like_claim(claim: Claim) -> list[Alike[Claim]]:
    """Claims of the same speaker, under the same condition, that may be the same forecast."""
    proposition = claim.proposition
    if proposition is None or claim.state not in MERGEABLE:
        return []
    standing = said_by_same(claim).filter(state__in=MERGEABLE)
    newest = standing.order_by("-said_on", "-pk").values("pk")[:SAID_LAST]
    rows = (
        Claim.objects.filter(Q(pk__in=newest) | Q(pk__in=standing.filter(proposition=proposition)))
        .exclude(pk__in=_known_to("claim", claim.pk))
        .exclude(Q(revises=claim) | Q(pk__in=[claim.revises_id or 0]))
        .annotate(likeness=TrigramSimilarity("proposition__statement", proposition.statement))
        .filter(Q(likeness__gte=LEAST_LIKENESS) | Q(proposition=proposition))
        .select_related("person", "organisation", "proposition__condition", "quotation")
        .order_by("-likeness", "-pk")
    )
    own, condition = Window(claim.said_on, _end(proposition)), condition_of(proposition)
    found = []
    for one in rows[:WEIGHED]:
        assert one.proposition, "the likeness of no proposition is null, and is filtered out"
        if condition_of(one.proposition) != condition:
            continue
        window = Window(one.said_on, _end(one.proposition))
        same = one.proposition_id == proposition.pk
        likeness = 1.0 if same else vars(one)["likeness"]
        found.append(Alike(one, likeness, True, window.overlaps(own)))
    return _weighed(found)


def _end(proposition: Proposition) -> date | None:
    return proposition.deadline or proposition.review_on


def utterances(claim: Claim) -> list[Quotation]:
    """Every time it was said: the utterance that is scored, then the others by date."""
    further = claim.further_quotations.select_related("snapshot__source__outlet")
    return [claim.quotation, *further.defer("snapshot__text").order_by("said_last", "pk")]


# --- the worklist --------------------------------------------------------------------

UNDECIDED = """
    NOT EXISTS (SELECT 1 FROM tracker_duplicate d WHERE d.state <> 'merged'
        AND (d.kept_{noun}_id, d.dropped_{noun}_id) IN ((e.id, later.id), (later.id, e.id)))
"""
# Of what the index finds, few are compared in full: a sentence that all share costs no more.
LIKELY_PROPOSITIONS = f"""
    SELECT later.id, earlier.id, earlier.likeness FROM (
        SELECT id, statement FROM tracker_proposition
        WHERE merged_into_id IS NULL ORDER BY id DESC LIMIT %(newest)s
    ) later CROSS JOIN LATERAL (
        SELECT e.id, similarity(e.statement, later.statement) AS likeness FROM (
            SELECT p.id, p.statement FROM tracker_proposition p
            WHERE p.statement %% later.statement AND p.id < later.id AND p.merged_into_id IS NULL
            LIMIT %(most)s
        ) e WHERE {UNDECIDED.format(noun="proposition")}
        ORDER BY likeness DESC, e.id DESC LIMIT 1
    ) earlier
    WHERE earlier.likeness >= %(least)s ORDER BY earlier.likeness DESC, later.id DESC
"""
SPOKEN = """
    SELECT c.id, c.proposition_id, c.polarity, c.revises_id,
           coalesce(person.merged_into_id, c.person_id) AS person_id,
           CASE WHEN c.person_id IS NULL
                THEN coalesce(organisation.merged_into_id, c.organisation_id) END AS organisation_id
    FROM tracker_claim c LEFT JOIN tracker_person person ON person.id = c.person_id
    LEFT JOIN tracker_organisation organisation ON organisation.id = c.organisation_id
    WHERE c.state IN ('draft', 'frozen') AND c.proposition_id IS NOT NULL
"""
LIKELY_CLAIMS = f"""
    SELECT later.id, earlier.id, 1.0 FROM (
        {SPOKEN} ORDER BY c.id DESC LIMIT %(newest)s
    ) later CROSS JOIN LATERAL (
        SELECT e.id FROM ({SPOKEN}) e
        WHERE e.proposition_id = later.proposition_id AND e.id < later.id
        AND e.polarity = later.polarity AND (e.person_id, e.organisation_id)
            IS NOT DISTINCT FROM (later.person_id, later.organisation_id)
        AND e.revises_id IS DISTINCT FROM later.id AND later.revises_id IS DISTINCT FROM e.id
        AND {UNDECIDED.format(noun="claim")}
        ORDER BY e.id LIMIT 1
    ) earlier ORDER BY later.id DESC
"""


def likely_propositions() -> list[Pair[Proposition]]:
    """The newest propositions, each beside the earlier one that is most like it, if any is."""
    limits = {"newest": NEWEST, "most": LOOKED_AT, "least": CLOSE_LIKENESS}
    with transaction.atomic():
        _compare_from(CLOSE_LIKENESS)
        return _pairs(Proposition.objects.all(), LIKELY_PROPOSITIONS, limits)


def likely_claims() -> list[Pair[Claim]]:
    """The newest claims whose speaker has said the same of the same proposition before."""
    rows = Claim.objects.select_related("person", "organisation", "proposition", "quotation")
    return _pairs(rows, LIKELY_CLAIMS, {"newest": NEWEST_CLAIMS})


def _pairs(rows: QuerySet[Noun], likely: str, limits: dict[str, float]) -> list[Pair[Noun]]:
    with connection.cursor() as cursor:
        cursor.execute(likely, limits)
        found = cursor.fetchall()
    records = rows.in_bulk({pk for line in found for pk in line[:2]})
    return [Pair(records[a], records[b], float(likeness)) for a, b, likeness in found]
