"""The caterpillar plot: each subject's improvement over the base rate, never in order of score.

Two lines each: the interval that few events leave open, and, thinner, how far the score moves with
the reader of the hedge words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from tracker.domain.distributions import Interval
from tracker.domain.drawing import (
    EDGE,
    HEADING,
    LINE,
    WIDTH,
    Scale,
    Svg,
    Table,
    circle,
    count_of,
    group,
    label,
    line,
    paragraph,
    picture,
    round_ticks,
    signed,
    width_of,
)
from tracker.domain.ranking import TIER_WORDS, Tier
from tracker.domain.score_tables import SpeakerScore

_TICKS = 7
_LEAST_REACH = 0.05
"""The axis reaches this far at least on either side, lest a hair's breadth look like a lead."""
_LANE = 20.0
"""Height of the marks under a row's words."""
TIER_ORDER = (Tier.BETTER, Tier.NOT_DISTINGUISHABLE, Tier.WORSE, Tier.UNRANKED, Tier.CLAIMS_ONLY)
_FAINT = frozenset({Tier.UNRANKED, Tier.CLAIMS_ONLY})


class Order(StrEnum):
    """How the rows stand; within a tier by name, so that no order looks like a ranking."""

    NAMES = "names"
    TIERS = "tiers"


@dataclass(frozen=True, slots=True)
class Standing:
    """One subject's mean improvement (higher is better) with both bands, and what it rests on."""

    name: str
    n: int
    events: int
    void: int
    mean: float | None
    interval: Interval | None
    readers: Interval | None
    tier: Tier

    @classmethod
    def of(cls, score: SpeakerScore) -> Standing:
        """Returns what the plot needs of a score."""
        improvement = score.improvement
        return cls(
            name=score.speaker,
            n=score.n,
            events=score.events,
            void=score.void,
            mean=improvement.mean,
            interval=improvement.interval,
            readers=reader_interval(score),
            tier=score.tier,
        )

    @property
    def numbered(self) -> bool:
        """Whether the events allow a number to be shown at all."""
        return self.tier is not Tier.CLAIMS_ONLY and self.mean is not None

    @property
    def faint(self) -> bool:
        return self.tier in _FAINT


@dataclass(frozen=True, slots=True)
class Standings:
    """The rows of one plot, in the order in which they are drawn."""

    title: str
    rows: tuple[Standing, ...]
    order: Order

    @classmethod
    def of(cls, title: str, rows: Iterable[Standing], *, order: Order = Order.NAMES) -> Standings:
        """Returns the rows by name, or by tier and then by name."""
        named = sorted(rows, key=lambda row: (row.name.casefold(), row.name))
        if order is Order.TIERS:
            named.sort(key=lambda row: TIER_ORDER.index(row.tier))
        return cls(title, tuple(named), order)


def reader_interval(score: SpeakerScore) -> Interval | None:
    """Returns the reader band in units of improvement: the base rate's own error less the band.

    mean d = error of the base rate - Brier, and no reader changes the former. None without a band.
    """
    band, mean = score.reader_band, score.improvement.mean
    if band is None or mean is None or score.brier is None:
        return None
    reference = mean + float(score.brier)
    return Interval(reference - band.high, reference - band.low)


def caterpillar_svg(shown: Standings, *, key: str = "") -> str:
    """Returns the plot, a row per subject; those on too little evidence are greyed and say so."""
    heading, y = paragraph(EDGE + HEADING, shown.title, "h")
    body = [heading]
    numbered = any(row.numbered for row in shown.rows)
    ticks = _ticks(shown)
    scale = Scale(ticks[0], ticks[-1], 2 * EDGE, WIDTH - 2 * EDGE)
    if numbered:
        body.append(_legend(y + 4))
        y += 3 * LINE
        body += _axis(scale, ticks, y - LINE)
        y += 8
    drawn = tuple(row for row in shown.rows if row.numbered or shown.order is Order.NAMES)
    rows, y = _rows(replace(shown, rows=drawn), y - 4, scale, ticks)
    body += rows
    if numbered:
        body += [*_axis(scale, ticks, y), *_directions(y + 2 * LINE)]
        y += 2 * LINE + 8
    if len(drawn) < len(shown.rows):
        rest = tuple(row for row in shown.rows if not row.numbered)
        rows, y = _rows(replace(shown, rows=rest), y + 4, scale, ticks)
        body += rows
    note, y = paragraph(y + LINE + 4, _note(shown), "m")
    height = y - LINE + EDGE
    return picture(shown.title, _description(shown), [*body, note], height=height, key=key)


def caterpillar_table(shown: Standings) -> Table:
    """Returns a row per subject; too few events leave the numbers out."""
    headers = ("Name", "Claims", "Events", "Void", "Improvement", "90 % interval", "Over readers")
    rows = tuple(
        (
            row.name,
            str(row.n),
            str(row.events),
            str(row.void),
            signed(row.mean) if row.numbered and row.mean is not None else "–",
            _range(row.interval if row.numbered else None),
            _range(row.readers if row.numbered else None),
            TIER_WORDS[row.tier],
        )
        for row in shown.rows
    )
    return Table(f"{shown.title}. {_description(shown)}", (*headers, "What may be said"), rows)


def _range(interval: Interval | None) -> str:
    return "–" if interval is None else f"{signed(interval.low)} to {signed(interval.high)}"


def _description(shown: Standings) -> str:
    by = "by name" if shown.order is Order.NAMES else "by what may be said of them, then by name"
    grey = sum(row.faint for row in shown.rows)
    return (
        f"Improvement over the base rate of {count_of(len(shown.rows), 'subject')}, in order {by}."
        f" Not enough evidence to rank {grey:,} of them, who are shown in grey. {_note(shown)}"
    )


def _note(shown: Standings) -> str:
    if not shown.rows:
        return "Nobody has a claim yet."
    order = "The order of the rows is not a ranking."
    if not any(row.numbered for row in shown.rows):
        return order
    return (
        f"{order} What is said of each rests on the mean after it is drawn towards everybody's, the"
        " more so the fewer the events: an interval clear of the base rate is not enough."
    )


def _ticks(shown: Standings) -> list[float]:
    ends = [-_LEAST_REACH, _LEAST_REACH]
    for row in shown.rows:
        if row.numbered and row.mean is not None:
            bands = [band for band in (row.interval, row.readers) if band]
            ends += [row.mean, *(end for band in bands for end in (band.low, band.high))]
    return round_ticks(min(ends), max(ends), _TICKS)


def _legend(y: float) -> Svg:
    left, half, second = EDGE, WIDTH / 2, y + LINE
    sample = Scale(-1, 1, left, left + 28)
    return group(
        "",
        _interval(sample, y - 4, 0, Interval(-1, 1), faint=False),
        label(left + 36, y, "mean and 90 % interval"),
        _readers(Scale(-1, 1, half, half + 28), y - 4, Interval(-1, 1)),
        label(half + 36, y, "range over readers"),
        _interval(sample, second - 4, 0, Interval(-1, 1), faint=True),
        label(left + 36, second, "grey and hollow: not enough evidence to rank"),
    )


def _axis(scale: Scale, ticks: list[float], y: float) -> list[Svg]:
    drawn = []
    for tick in ticks:
        words = "base rate" if tick == 0 else signed(tick, 2)
        look = "b" if tick == 0 else ""
        drawn.append(label(scale(tick), y + LINE, words, look, anchor="middle"))
    return drawn


def _directions(y: float) -> list[Svg]:
    left = label(EDGE, y, "← worse than the base rate", "m")
    return [left, label(WIDTH - EDGE, y, "better →", "m", anchor="end")]


def _rows(shown: Standings, y: float, scale: Scale, ticks: list[float]) -> tuple[list[Svg], float]:
    """Returns the rows from y downwards, and where they end."""
    drawn: list[Svg] = []
    before: Tier | None = None
    by_tier = shown.order is Order.TIERS
    for row in shown.rows:
        if by_tier and row.tier is not before:
            before = row.tier
            drawn.append(_tier_heading(row.tier, y + LINE + 6))
            y += LINE + 12
        words, y = _words(row, y, said=not by_tier)
        drawn.append(words)
        if row.numbered and row.mean is not None:
            drawn += [*_grid(scale, ticks, y), _marks(row, row.mean, scale, y)]
            y += _LANE
        y += 6
    return drawn, y


def _tier_heading(tier: Tier, y: float) -> Svg:
    words = TIER_WORDS[tier]
    under = line(EDGE, y + 5, WIDTH - EDGE, y + 5, "l t g")
    return group("", label(EDGE, y, words[0].upper() + words[1:], "b"), under)


def _words(row: Standing, y: float, *, said: bool) -> tuple[Svg, float]:
    """Returns who it is, what it rests on and what may be said, and where the words end."""
    rests = f"{count_of(row.events, 'event')}, {count_of(row.n, 'claim')}"
    room = WIDTH - 2 * EDGE - width_of(rests) - 10
    drawn = [
        label(EDGE, y + LINE, row.name, "b", most=room),
        label(WIDTH - EDGE, y + LINE, rests, anchor="end"),
    ]
    y += LINE + 4
    if said:
        drawn.append(label(EDGE, y + LINE - 5, TIER_WORDS[row.tier], "" if row.faint else "m"))
        y += LINE - 1
    return group("g" if row.faint else "", *drawn), y


def _grid(scale: Scale, ticks: list[float], y: float) -> list[Svg]:
    """Returns the upright lines of one row; they stop short of the words above and below."""
    return [
        line(scale(tick), y, scale(tick), y + _LANE, "l" if tick == 0 else "l t q")
        for tick in ticks
    ]


def _marks(row: Standing, mean: float, scale: Scale, y: float) -> Svg:
    drawn = [_interval(scale, y + 7, mean, row.interval, faint=row.faint)]
    if row.readers:
        drawn.append(_readers(scale, y + 15, row.readers))
    return group("g" if row.faint else "", *drawn)


def _interval(
    scale: Scale, y: float, mean: float, interval: Interval | None, *, faint: bool
) -> Svg:
    x, r = scale(mean), 4.0
    drawn = []
    if interval:
        low, high = scale(interval.low), scale(interval.high)
        look = "l w g" if faint else "a w l"
        gap = r if faint else 0.0  # a hollow dot stays hollow on any paper when no line crosses it
        drawn += [
            line(low, y, max(low, x - gap), y, look),
            line(min(high, x + gap), y, high, y, look),
        ]
    drawn.append(circle(x, y, r, "l" if faint else "af"))
    return group("", *drawn)


def _readers(scale: Scale, y: float, readers: Interval) -> Svg:
    low, high = scale(readers.low), scale(readers.high)
    ends = [line(end, y - 3, end, y + 3) for end in (low, high)]
    return group("", line(low, y, high, y), *ends)
