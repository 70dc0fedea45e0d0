"""The record of a person, organisation, outlet or topic, in the words that honesty requires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from tracker.actions.scores import Record, Subject, record_of
from tracker.admin.at_work import actor
from tracker.admin.blindness import hidden_claims, is_blinded
from tracker.admin.claim_filters import listed, of_subject
from tracker.admin.drawings import band, excerpt, percent, signed
from tracker.admin.pictures import Shown, pictures_of
from tracker.domain.judging import ONE_JUDGE, OUTCOME_LABELS, OutcomeAnswer
from tracker.domain.ranking import TIER_WORDS
from tracker.domain.score_tables import SpeakerScore
from tracker.domain.thresholds import MIN_EVENTS_FOR_A_NUMBER, MIN_EVENTS_FOR_A_TIER
from tracker.models import Claim, Resolution
from tracker.models.claims import ClaimState

__all__ = ["RecordPage", "Subject", "record_page", "record_pages"]

NEWEST = 25
TIERS = {
    "stated": "stated by the speaker",
    "readers": "inferred by readers",
    "lexicon": "from the lexicon",
}

CLOSED = "Scores are not shown to judges while they judge."
EYEBROWS = {Subject.ORGANISATIONS: "Record as speaker", Subject.OUTLETS: "Record as outlet"}


@dataclass(frozen=True)
class Line:
    """One claim of the record as a row."""

    claim: Claim
    words: str
    said: str
    drawn: SafeString
    became: str


@dataclass(frozen=True)
class Figure:
    """One figure with what it means."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Counted:
    """So many claims of a kind, and where they are listed."""

    name: str
    n: int
    address: str


@dataclass(frozen=True)
class RecordPage:
    """All that the page of a subject shows beyond its own fields."""

    subject: Subject
    headline: str
    explained: str
    figures: Sequence[Figure]
    states: Sequence[Counted]
    counts: Sequence[Counted]
    basis: Sequence[str]
    lines: Sequence[Line]
    pictures: Sequence[Shown] = ()

    @property
    def eyebrow(self) -> str:
        """Which of two records it is, where there can be two."""
        return EYEBROWS.get(self.subject, "Record")


def record_pages(
    request: HttpRequest, subjects: Sequence[Subject], shown: models.Model
) -> list[RecordPage]:
    """What an organisation said and what it published are two records; the first always stands."""
    found = [record_page(request, subject, shown.pk, str(shown)) for subject in subjects]
    return [page for place, page in enumerate(found) if place == 0 or page.lines]


def record_page(request: HttpRequest, subject: Subject, pk: int, name: str) -> RecordPage:
    """The record of one subject; a judge at work sees neither its hidden claims nor its scores."""
    blinded = is_blinded(request)
    claims = _claims(subject, pk)
    if blinded:
        claims = claims.exclude(pk__in=hidden_claims(actor(request)).values("pk"))
    lines = _lines(claims)
    if blinded:
        return RecordPage(subject, "", CLOSED, (), (), (), (), lines)
    record = record_of(subject, pk)
    headline, explained = _verdict(record.score)
    return RecordPage(
        subject=subject,
        headline=headline,
        explained=explained,
        figures=_figures(record),
        states=_states(subject, pk),
        counts=[
            Counted(name.replace("_", " "), n, listed(subject, pk, account=name))
            for name, n in sorted(record.accounts.items())
        ],
        basis=_basis(record),
        lines=lines,
        pictures=pictures_of(request, record, name) if record.accounts else (),
    )


def _claims(subject: Subject, pk: int) -> QuerySet[Claim]:
    found = Claim.objects.filter(of_subject(subject, pk)).with_story().order_by("-said_on", "-id")
    return found.defer("quotation__snapshot__text")


def _states(subject: Subject, pk: int) -> list[Counted]:
    """How many claims there are in each state, merged ones left to the one that stands."""
    rows = Claim.objects.filter(of_subject(subject, pk)).exclude(state=ClaimState.MERGED)
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [
        Counted(state.value, counted[state], listed(subject, pk, state__exact=state.value))
        for state in ClaimState
        if state in counted
    ]


def _lines(claims: QuerySet[Claim]) -> list[Line]:
    newest = list(claims[:NEWEST])
    propositions = {claim.proposition_id for claim in newest} - {None}
    settled = Resolution.objects.current().published().filter(proposition__in=propositions)
    became = {resolution.proposition_id: resolution.outcome for resolution in settled}
    return [
        Line(
            claim=claim,
            words=excerpt(claim.quotation.exact, 130),
            said=percent(claim.p_point),
            drawn=band(claim.p_low, claim.p_point, claim.p_high),
            became=_became(became.get(claim.proposition_id or 0)),
        )
        for claim in newest
    ]


def _became(outcome: str | None) -> str:
    return OUTCOME_LABELS[OutcomeAnswer(outcome)] if outcome else ""


def _verdict(score: SpeakerScore | None) -> tuple[str, str]:
    """What may be said of so many events: nothing, a number, or a tier; never a rank alone."""
    events = score.events if score else 0
    if score is None or events < MIN_EVENTS_FOR_A_NUMBER:
        return (
            "Insufficient",
            f"{events} resolved {'event' if events == 1 else 'events'}: fewer than "
            f"{MIN_EVENTS_FOR_A_NUMBER} make no number. Read the claims.",
        )
    words = TIER_WORDS[score.tier]
    if events < MIN_EVENTS_FOR_A_TIER:
        return (
            "Unranked",
            f"{events} resolved events: a number with its interval, but no rank below "
            f"{MIN_EVENTS_FOR_A_TIER}.",
        )
    return words[:1].upper() + words[1:], f"From {events} resolved events."


def _figures(record: Record) -> list[Figure]:
    score = record.score
    if score is None:
        return []
    events = f"{score.events} event{'' if score.events == 1 else 's'}"
    figures = [Figure("Scored claims", str(score.n), f"On {events}; a repeat counts once.")]
    if score.events < MIN_EVENTS_FOR_A_NUMBER:
        return figures
    gained = score.improvement
    limits = gained.interval
    if gained.mean is not None and limits is not None:
        mean, low, high = float(gained.mean), float(limits.low), float(limits.high)
        note = f"90 % interval {signed(low)} to {signed(high)}; 0 is no skill."
        figures.append(Figure("Improvement over the base rate", signed(mean), note))
    if score.brier is not None:
        note = "0 is perfect, 0.25 is a coin."
        figures.append(Figure("Brier score", f"{float(score.brier):.3f}", note))
    if score.reader_band is not None:
        reader = score.reader_band
        shown = f"{float(reader.low):.3f} to {float(reader.high):.3f}"
        note = f"5 to 95 % of {reader.readers} readers of the hedge words."
        figures.append(Figure("Reader band", shown, note))
    return [*figures, *_standing_figures(score, record.ranked_as_of)]


def _standing_figures(score: SpeakerScore, ranked_as_of: datetime | None) -> list[Figure]:
    """What only those have of whom a tier is said."""
    if score.shrunken is None or score.rank is None or ranked_as_of is None:
        return []
    drawn = f"Drawn towards the field; reliability {score.shrunken.reliability:.2f}."
    low, high = score.rank
    return [
        Figure("Shrunken estimate", signed(score.shrunken.score), drawn),
        Figure(
            "Rank interval",
            f"{low} to {high}",
            f"90 % of draws, as of {ranked_as_of:%Y-%m-%d %H:%M} UTC; never a single rank.",
        ),
    ]


def _basis(record: Record) -> list[str]:
    """What the figures rest on, a phrase each."""
    tiers = ", ".join(f"{n} {TIERS[name]}" for name, n in sorted(record.tiers.items()))
    basis = [f"Probabilities: {tiers}."] if tiers else []
    if record.flagged:
        basis.append(f"{record.flagged} under a possibility word.")
    if record.one_judge:
        basis.append(f"{record.one_judge} by a {ONE_JUDGE}.")
    if record.hindsight:
        basis.append(f"{record.hindsight} coded after the outcome was known.")
    versions = ", ".join(record.lexicons)
    return [
        *basis,
        f"Lexicon {versions or 'none'}, method {record.method}, seed {record.seed},"
        f" as of {record.as_of:%Y-%m-%d %H:%M} UTC.",
    ]
