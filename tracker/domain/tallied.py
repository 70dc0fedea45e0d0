"""Scores from tallies: the same figures as from the claims themselves, to the last digit.

The tallies hold, for the events of one subject with one outcome and one number of claims, sums
that do not know the base rate (the algebra stands in `tracker.models.tallies`). Here the base rate
of the reference class, leave one event out, is put in: b = (H - y + 1/2) / E over E events of
which H happened, so that a = (b - y)^2 has one value for each outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tracker.domain.calibration import corp, null_band
from tracker.domain.comparing import Spoken
from tracker.domain.ranking import (
    EventSums,
    Field,
    Shrunken,
    field_of,
    improvement_of,
    may_be_ranked,
    shrink,
    tier,
)
from tracker.domain.readers import Panel, Wordings, normalised, reader_band
from tracker.domain.score_tables import Basis, ScoreReport, SpeakerScore
from tracker.domain.scoring import (
    Counts,
    auc,
    brier,
    log_score,
    murphy,
    murphy_corrected,
    skill,
    spiegelhalter_z,
    sum_of_quotients,
)

_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class EventGroup:
    """A subject's events with outcome y on which it made `size` claims each, as sums.

    m counts claims held against the reference class; t is what a claim gains apart from it, in
    millionths; mm, mt and tt are sums over events of products of both, claim_mt and claim_tt sums
    over claims; errors is the sum of (p - y)^2, in millionths. y is 1 or 0, or a quarter between
    where outcomes are graded.
    """

    y: Fraction | int
    size: int
    events: int
    m: int
    t: int
    mm: int
    mt: int
    tt: int
    claim_mt: int
    claim_tt: int
    errors: int


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """How many events there are, and how many of them happened."""

    events: int
    happened: Fraction | int

    @classmethod
    def of(cls, together: Iterable[EventGroup]) -> ReferenceClass:
        """Returns the class of all events, given the groups of all subjects together."""
        groups = list(together)
        return cls(sum(g.events for g in groups), sum(g.events * g.y for g in groups))

    @property
    def scale(self) -> int:
        """Units in a millionth; 16 E^2 makes every a a whole number of units, in quarters of y."""
        return 16 * self.events**2

    def error(self, y: Fraction | int) -> int:
        """Returns a = (b - y)^2 for an event with outcome y, in units."""
        return _error(self.events, self.happened, y)


@lru_cache(maxsize=64)
def _error(events: int, happened: Fraction | int, y: Fraction | int) -> int:
    # Two values, or five where outcomes are graded, asked for by every subject of the field.
    return _MILLION * int(4 * happened + 2 - 4 * y * (1 + events)) ** 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What one subject's claims come to in the field of all."""

    sums: EventSums
    brier: Fraction
    shrunken: Shrunken | None

    @property
    def rankable(self) -> bool:
        return may_be_ranked(self.sums.events, self.shrunken)


@dataclass(frozen=True, slots=True)
class Standings:
    """Everyone's standing, keyed by name, with the field and with all subjects as one."""

    field: Field
    reference: ReferenceClass
    together: EventSums
    brier: Fraction | None
    against_class: int
    by_name: Mapping[str, Standing]

    @property
    def against_stated(self) -> int:
        """Claims held against a stated base rate."""
        return self.together.n - self.against_class


def sums_of(groups: Iterable[EventGroup], reference: ReferenceClass) -> EventSums:
    """Returns the sums from which errors and shrinkage follow, exactly."""
    rows = [(g, reference.error(g.y)) for g in groups]
    u = reference.scale
    totals = [(a * g.m + u * g.t, g.size) for g, a in rows]
    squares = [a * a * g.mm + 2 * a * u * g.mt + u * u * g.tt for g, a in rows]
    return EventSums(
        unit=_MILLION * u,
        n=sum(g.events * g.size for g, _ in rows),
        events=sum(g.events for g, _ in rows),
        total=sum(s for s, _ in totals),
        squares=sum(squares),
        cross=sum(s * size for s, size in totals),
        sizes=sum(g.events * g.size**2 for g, _ in rows),
        claim_squares=sum(
            a * a * g.m + 2 * a * u * g.claim_mt + u * u * g.claim_tt for g, a in rows
        ),
        means=sum_of_quotients(totals),
        mean_squares=sum_of_quotients(
            (square, g.size**2) for (g, _), square in zip(rows, squares, strict=True)
        ),
    )


def standings(
    together: Iterable[EventGroup], subjects: Mapping[str, Iterable[EventGroup]]
) -> Standings:
    """Returns everyone's standing, given all subjects' groups as one and those of each."""
    whole = list(together)
    reference = ReferenceClass.of(whole)
    own = {name: list(subjects[name]) for name in sorted(subjects)}
    sums = {name: sums_of(groups, reference) for name, groups in own.items()}
    field = field_of(sums.values())
    all_sums = sums_of(whole, reference)
    return Standings(
        field=field,
        reference=reference,
        together=all_sums,
        brier=_brier(whole, all_sums),
        against_class=sum(g.m for g in whole),
        by_name={
            name: Standing(
                sums=sums[name],
                brier=_brier(groups, sums[name]) or Fraction(0),
                shrunken=shrink(sums[name], field),
            )
            for name, groups in own.items()
        },
    )


def _brier(groups: Iterable[EventGroup], sums: EventSums) -> Fraction | None:
    return Fraction(sum(g.errors for g in groups), _MILLION * sums.n) if sums.n else None


@dataclass(frozen=True, slots=True)
class EventTotal:
    """A subject's claims on one event, as sums that do not know the base rate."""

    y: Fraction | int
    n: int
    m: int
    t: int


def spoken_of(event: EventTotal, reference: ReferenceClass) -> Spoken:
    """Returns how many claims there are on the event, and what they improve on the base rate."""
    total = reference.error(event.y) * event.m + reference.scale * event.t
    return Spoken(event.n, Fraction(total, _MILLION * reference.scale))


@dataclass(frozen=True, slots=True)
class PhraseCount:
    """How often a phrase was used, how often it happened, its summed error in millionths."""

    phrase: str
    n: int
    hits: int
    errors: int


def wordings_of(counts: Iterable[PhraseCount], readers: Panel) -> Wordings:
    """Returns the claims as the panel sees them: counts per known phrase, errors of the rest."""
    phrases: dict[str, tuple[int, int]] = {}
    fixed = n_fixed = 0
    for count in counts:
        phrase = normalised(count.phrase)
        if phrase in readers.readings:
            n, hits = phrases.get(phrase, (0, 0))
            phrases[phrase] = (n + count.n, hits + count.hits)
            continue
        fixed, n_fixed = fixed + count.errors, n_fixed + count.n
    return Wordings(phrases, Fraction(fixed, _MILLION), n_fixed)


def vagueness_of(counts: Iterable[PhraseCount], readers: Panel) -> float | None:
    """Returns the mean variance of readers' p over the claims whose phrase they know.

    Summed exactly and rounded once, as a sum over the claims one by one is.
    """
    total, claims = Fraction(0), 0
    for count in counts:
        spread = readers.spreads.get(normalised(count.phrase))
        if spread is not None:
            total, claims = total + count.n * Fraction(spread * spread), claims + count.n
    return float(total) / claims if claims else None


def score_of(
    name: str,
    standing: Standing,
    rank: tuple[int, int] | None,
    readers: Panel,
    wordings: Wordings,
) -> SpeakerScore:
    """Returns one subject's record; the rank is dropped unless the subject may be ranked."""
    return SpeakerScore(
        speaker=name,
        n=standing.sums.n,
        events=standing.sums.events,
        void=0,
        brier=standing.brier,
        improvement=improvement_of(standing.sums),
        shrunken=standing.shrunken,
        rank=rank if standing.rankable else None,
        tier=tier(standing.sums.events, standing.shrunken),
        reader_band=reader_band(readers, wordings),
    )


def report_of(
    counts: Counts,
    standings: Standings,
    speakers: tuple[SpeakerScore, ...],
    vocabulary: Sequence[PhraseCount],
    readers: Panel,
    *,
    seed: int,
) -> ScoreReport:
    """Returns the report of all claims, as `score_table` does of the claims themselves."""
    return ScoreReport(
        n=counts.n,
        events=standings.together.events,
        void=0,
        brier=brier(counts),
        log=log_score(counts),
        skill=skill(counts),
        improvement=improvement_of(standings.together),
        murphy=murphy(counts),
        murphy_corrected=murphy_corrected(counts),
        corp=corp(counts),
        spiegelhalter_z=spiegelhalter_z(counts),
        auc=auc(counts),
        field=standings.field,
        speakers=speakers,
        null_band=null_band(counts, seed=seed),
        reader_band=reader_band(readers, wordings_of(vocabulary, readers)),
        vagueness=vagueness_of(vocabulary, readers),
        basis=Basis(standings.against_stated, standings.against_class, split_events=0),
        seed=seed,
    )
