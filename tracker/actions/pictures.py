"""What the pictures of scores show: a few questions each, whatever the number of claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from tracker.actions import tallies
from tracker.actions.scores import Record, Subject
from tracker.domain.calibration import corp, null_band
from tracker.domain.calibration_picture import Calibration, calibration_svg, calibration_table
from tracker.domain.caterpillar import Standing, Standings, caterpillar_svg, caterpillar_table
from tracker.domain.drawing import Table
from tracker.domain.hedge_profile import (
    HedgeProfile,
    HedgeUse,
    hedge_profile_svg,
    hedge_profile_table,
)
from tracker.domain.judging import OutcomeAnswer
from tracker.domain.ranking import Tier
from tracker.domain.timeline import TimedClaim, Timeline, pages, timeline_svg, timeline_table
from tracker.models import (
    Claim,
    Evidence,
    HedgeTerm,
    Resolution,
    moments,
)
from tracker.models.scores import CurrentResolution

MOST_TIMED = 33
"""Claims on a timeline, the newest; three printed pages of them."""

_TIMED = (
    "said_on",
    "person__name",
    "organisation__name",
    "quotation__exact",
    "proposition__deadline",
)


@dataclass(frozen=True)
class Picture:
    """One picture, whole and in parts that fit a printed page, with the data table beside it."""

    title: str
    parts: tuple[str, ...]
    table: Table
    whole: str


def one(title: str, svg: str, table: Table) -> Picture:
    """A picture that is one part."""
    return Picture(title, (svg,), table, svg)


@dataclass(frozen=True)
class Sitter:
    """Whose pictures are drawn; `key` tells the pictures of one page apart."""

    record: Record
    name: str
    key: str = ""

    @property
    def subject(self) -> Subject:
        return self.record.subject


def calibration(sitter: Sitter) -> Picture:
    """How often what a subject said came true, beside a perfectly calibrated speaker's band."""
    record = sitter.record
    counts = tallies.own_counts(record.subject.kind, record.id)
    shown = Calibration(
        subject=sitter.name,
        corp=corp(counts),
        band=null_band(counts, seed=record.seed),
        n=counts.n,
        events=record.score.events if record.score else 0,
        void=record.accounts.get("void", 0),
    )
    drawn = calibration_svg(shown, key=sitter.key)
    return one(f"Calibration: {sitter.name}", drawn, calibration_table(shown))


def standing(record: Record, name: str) -> Standing:
    """One subject's line among the scores; without a scored claim it has no number."""
    void = record.accounts.get("void", 0)
    if record.score is None:
        return Standing(name, 0, 0, void, None, None, None, Tier.CLAIMS_ONLY)
    found = Standing.of(record.score)
    return Standing(
        name, found.n, found.events, void, found.mean, found.interval, found.readers, found.tier
    )


def score(sitter: Sitter) -> Picture:
    """The improvement over the base rate with its interval and its reader band."""
    shown = Standings.of(f"Score: {sitter.name}", [standing(sitter.record, sitter.name)])
    return one(shown.title, caterpillar_svg(shown, key=sitter.key), caterpillar_table(shown))


OWN = """
    FROM tracker_claim_account a JOIN tracker_claim c ON c.id = a.claim_id
    WHERE a.{kind}_id = ANY(%(ids)s) AND a.claim_id = ANY(ARRAY({claims}))
      AND a.account <> 'withdrawn'
"""
HEDGES = f"""
    SELECT c.hedge_term_id, c.hedge = '' AS bare, count(*),
           count(*) FILTER (WHERE a.account = 'scored'),
           count(*) FILTER (WHERE a.account = 'scored' AND (a.y = 1) <> (c.polarity = 'denies'))
    {OWN} GROUP BY 1, 2
"""
NEWEST = f"""
    SELECT c.id, count(*) OVER () {OWN} ORDER BY c.said_on DESC, c.id DESC LIMIT {MOST_TIMED}
"""


def _asked(question: str, sitter: Sitter) -> list[tuple[Any, ...]]:
    """The rows of a question about the subject's own claims that left the drafts."""
    kind = sitter.subject.kind
    with connection.cursor() as cursor:
        question = question.format(kind=kind, claims=tallies.CLAIMS_OF[kind])
        cursor.execute(question, {"ids": [sitter.record.id]})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def hedges(sitter: Sitter) -> Picture:
    """Which words a subject uses, what readers take from them, and what came true."""
    counts: dict[int, tuple[int, int, int]] = {}
    others = {True: 0, False: 0}
    for term, bare, *numbers in _asked(HEDGES, sitter):
        if term is None:
            others[bare] += numbers[0]
            continue
        before = counts.get(term, (0, 0, 0))
        counts[term] = (before[0] + numbers[0], before[1] + numbers[1], before[2] + numbers[2])
    terms = HedgeTerm.objects.filter(pk__in=counts).order_by("pk")
    uses = [_use(term, *counts[term.pk]) for term in terms]
    shown = HedgeProfile.of(sitter.name, uses, unlisted=others[False], bare=others[True])
    drawn = hedge_profile_svg(shown, key=sitter.key)
    return one(f"Hedge words: {sitter.name}", drawn, hedge_profile_table(shown))


def _use(term: HedgeTerm, uses: int, resolved: int, hits: int) -> HedgeUse:
    return HedgeUse.of(term.value(), uses=uses, resolved=resolved, hits=hits)


def timeline(sitter: Sitter, seen: QuerySet[Claim]) -> Picture:
    """A subject's newest claims, those of them that are seen: said, due, happened, judged."""
    rows = _asked(NEWEST, sitter)
    total = rows[0][1] if rows else 0
    claims = seen.select_related("person", "organisation", "quotation", "proposition")
    newest = list(claims.only(*_TIMED).filter(pk__in=[pk for pk, _ in rows]).order_by())
    shown = Timeline.of(
        _timeline_title(sitter.name, len(newest), total),
        _timed(newest, named=sitter.subject is not Subject.PEOPLE),
        as_of=(moments.moment() or timezone.now()).date(),
    )
    parts = [timeline_svg(part, key=sitter.key) for part in pages(shown)]
    whole = timeline_svg(shown, key=sitter.key)
    return Picture(shown.title, tuple(parts), timeline_table(shown), whole)


def _timeline_title(name: str, drawn: int, total: int) -> str:
    which = f", the newest {drawn} of {total:,}" if drawn < total else ""
    return f"Claims and outcomes: {name}{which}"


def _timed(claims: list[Claim], *, named: bool) -> list[TimedClaim]:
    propositions = {claim.proposition_id for claim in claims}
    ruled = {
        found.proposition_id: found
        for found in CurrentResolution.objects.filter(proposition__in=propositions)
    }
    happened = _days_of([found.pk for found in ruled.values()])
    return [
        _timed_claim(claim, ruled.get(claim.proposition_id or 0), happened, named=named)
        for claim in claims
    ]


Days = Mapping[int, tuple[date, date | None]]


def _days_of(resolutions: list[int]) -> Days:
    """By resolution: the day of the fact that decides it, and the first on which it was known."""
    dated = Resolution.objects.filter(pk__in=resolutions, occurred_on__isnull=False).order_by()
    occurred = dict(dated.values_list("pk", "occurred_on"))
    bearings = Evidence.objects.filter(proposition__resolutions__in=occurred).order_by()
    known: dict[int, date] = {}
    for resolution, day, first_known in bearings.values_list(
        "proposition__resolutions", "outcome__occurred_on", "outcome__known_on"
    ):
        if occurred.get(resolution) == day:
            known[resolution] = min(first_known, known.get(resolution, first_known))
    return {pk: (day, known.get(pk)) for pk, day in occurred.items() if day}


def _timed_claim(
    claim: Claim, ruled: CurrentResolution | None, happened: Days, *, named: bool
) -> TimedClaim:
    occurred, known = happened.get(ruled.pk, (None, None)) if ruled else (None, None)
    return TimedClaim(
        words=claim.quotation.exact,
        said=claim.said_on,
        speaker=str(claim.speaker) if named else "",
        deadline=claim.proposition.deadline if claim.proposition else None,
        occurred=occurred,
        known=known,
        resolved=ruled.decided_at.date() if ruled else None,
        outcome=OutcomeAnswer(ruled.outcome) if ruled else None,
    )
