"""A whole table of forecasts scored at once: every figure with what it rests on.

One entry point, `score_table`, serves the command line and the database alike. Nothing in the
report depends on the order of the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from tracker.domain.calibration import Corp, NullBand, corp, null_band
from tracker.domain.rank_draws import drawn_ranks
from tracker.domain.ranking import (
    EventSums,
    Field,
    Improvement,
    Shrunken,
    Tier,
    event_sums,
    field_of,
    improvement_of,
    may_be_ranked,
    shrink,
    tier,
)
from tracker.domain.readers import Panel, ReaderBand, Wordings, normalised, reader_band
from tracker.domain.scoring import (
    Counts,
    Forecast,
    Murphy,
    auc,
    brier,
    count,
    improvement,
    log_score,
    murphy,
    murphy_corrected,
    skill,
    spiegelhalter_z,
    vagueness,
)
from tracker.domain.shares import base_rates
from tracker.domain.thresholds import METHOD_VERSION


@dataclass(frozen=True, slots=True)
class SpeakerScore:
    """One speaker's record; `rank` is None for those who may not be ranked."""

    speaker: str
    n: int
    events: int
    void: int
    brier: Fraction | None
    improvement: Improvement
    shrunken: Shrunken | None
    rank: tuple[int, int] | None
    tier: Tier
    reader_band: ReaderBand | None


@dataclass(frozen=True, slots=True)
class Basis:
    """How many claims were held against a stated base rate, and how many against the others'.

    `split_events` counts events that came true in some rows and not in others.
    """

    stated: int
    leave_one_event_out: int
    split_events: int


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """Every score of a table, undefined ones None, with method, seed and bands."""

    n: int
    events: int
    void: int
    brier: Fraction | None
    log: float | None
    skill: Fraction | None
    improvement: Improvement
    murphy: Murphy | None
    murphy_corrected: Murphy | None
    corp: Corp | None
    spiegelhalter_z: float | None
    auc: Fraction | None
    field: Field
    speakers: tuple[SpeakerScore, ...]
    null_band: NullBand | None
    reader_band: ReaderBand | None
    vagueness: float | None
    basis: Basis
    seed: int
    method: str = METHOD_VERSION


@dataclass(frozen=True, slots=True)
class _Scored:
    """A scored claim with its improvement in units of 1 / unit of the table."""

    claim: Forecast
    y: int
    d: int


def score_table(
    forecasts: Iterable[Forecast], *, seed: int, readers: Panel | None = None
) -> ScoreReport:
    """Returns the report of all forecasts; voids are counted and never scored.

    `readers` adds the reader band: claims whose phrase the panel knows are scored as its readers
    read them, the others by their number.
    """
    rows = list(forecasts)
    outcomes = _outcomes(rows)
    scored, unit = _improvements(rows, outcomes)
    counts = count(rows)
    by_speaker: dict[str, list[_Scored]] = {row.speaker: [] for row in rows}
    for item in scored:
        by_speaker[item.claim.speaker].append(item)
    sums = {name: _sums(own, unit) for name, own in by_speaker.items()}
    field = field_of(sums[name] for name in sorted(sums))
    stated = sum(item.claim.base_rate is not None for item in scored)
    return ScoreReport(
        n=counts.n,
        events=len(outcomes),
        void=len(rows) - counts.n,
        brier=brier(counts),
        log=log_score(counts),
        skill=skill(counts),
        improvement=improvement_of(_sums(scored, unit)),
        murphy=murphy(counts),
        murphy_corrected=murphy_corrected(counts),
        corp=corp(counts),
        spiegelhalter_z=spiegelhalter_z(counts),
        auc=auc(counts),
        field=field,
        speakers=_speakers(rows, by_speaker, sums, field, seed, readers),
        null_band=null_band(counts, seed=seed),
        reader_band=_band(scored, readers),
        vagueness=_vagueness(scored, readers),
        basis=Basis(stated, len(scored) - stated, sum(y not in (0, 1) for y in outcomes.values())),
        seed=seed,
    )


def _outcomes(rows: Iterable[Forecast]) -> dict[str, Fraction]:
    """Returns the outcome of each resolved event: 1, 0, or a mean where its rows disagree."""
    answers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.y is not None:
            answers[row.event].append(row.y)
    return {event: Fraction(sum(ys), len(ys)) for event, ys in answers.items()}


def _improvements(
    rows: Iterable[Forecast], outcomes: dict[str, Fraction]
) -> tuple[list[_Scored], int]:
    """Returns the scored claims with their improvements as whole multiples of 1 / unit."""
    reference = dict(zip(outcomes, base_rates(list(outcomes.values())), strict=True))
    exact = []
    for row in rows:
        if row.y is not None:
            base = reference[row.event] if row.base_rate is None else row.base_rate
            exact.append((row, row.y, improvement(row.p, row.y, base)))
    unit = lcm(*{d.denominator for _, _, d in exact})
    return [_Scored(row, y, d.numerator * (unit // d.denominator)) for row, y, d in exact], unit


def _sums(scored: Iterable[_Scored], unit: int) -> EventSums:
    return event_sums(((item.claim.event, item.d) for item in scored), unit=unit)


def _speakers(
    rows: Sequence[Forecast],
    by_speaker: dict[str, list[_Scored]],
    sums: dict[str, EventSums],
    field: Field,
    seed: int,
    readers: Panel | None,
) -> tuple[SpeakerScore, ...]:
    """Returns the speakers in the order of their names: never in an order that looks like one."""
    shrunken = {name: shrink(own, field) for name, own in sums.items()}
    rankable = {name for name, own in shrunken.items() if may_be_ranked(sums[name].events, own)}
    ranks: dict[str, tuple[int, int]] = {}
    if rankable:
        ranks = drawn_ranks({n: s for n, s in shrunken.items() if s is not None}, seed=seed)
    voids: dict[str, int] = defaultdict(int)
    for row in rows:
        voids[row.speaker] += row.y is None
    return tuple(
        SpeakerScore(
            speaker=name,
            n=sums[name].n,
            events=sums[name].events,
            void=voids[name],
            brier=brier(_counts(by_speaker[name])),
            improvement=improvement_of(sums[name]),
            shrunken=shrunken[name],
            rank=ranks[name] if name in rankable else None,
            tier=tier(sums[name].events, shrunken[name]),
            reader_band=_band(by_speaker[name], readers),
        )
        for name in sorted(by_speaker)
    )


def _counts(scored: Iterable[_Scored]) -> Counts:
    return count(item.claim for item in scored)


def _band(scored: Sequence[_Scored], readers: Panel | None) -> ReaderBand | None:
    return None if readers is None else reader_band(readers, _wordings(scored, readers))


def _wordings(scored: Iterable[_Scored], readers: Panel) -> Wordings:
    """Returns the claims as the panel sees them: counts per known phrase, errors of the rest."""
    phrases: dict[str, tuple[int, int]] = {}
    fixed, n_fixed = Fraction(0), 0
    for item in scored:
        phrase = normalised(item.claim.phrase)
        if phrase in readers.readings:
            n, hits = phrases.get(phrase, (0, 0))
            phrases[phrase] = (n + 1, hits + item.y)
            continue
        fixed, n_fixed = fixed + (item.claim.p - item.y) ** 2, n_fixed + 1
    return Wordings(phrases, fixed, n_fixed)


def _vagueness(scored: Iterable[_Scored], readers: Panel | None) -> float | None:
    if readers is None:
        return None
    phrases = (normalised(item.claim.phrase) for item in scored)
    return vagueness(readers.spreads[phrase] for phrase in phrases if phrase in readers.spreads)
