"""The timeline: when each claim was said, by when it was due, what happened, what was ruled.

Events stand above a claim's line and the judgement below it, so that marks of one day stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

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
    diamond,
    group,
    label,
    line,
    paragraph,
    picture,
    rect,
    size_of,
    width_of,
)
from tracker.domain.judging import OUTCOME_LABELS, OutcomeAnswer

ROWS_ON_A_PAGE = 11
"""Rows of a picture that a printed page holds, A4 or Letter, with the margins of a browser."""

_LANE = 26.0
_MOST_TICKS = 6
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
_AS_OF = "l o g"

Mark = Callable[[float, float], Svg]


@dataclass(frozen=True, slots=True)
class TimedClaim:
    """One claim with its dates; those not known or not yet come are None.

    `occurred` is the day of the fact that decides it, `known` the day from which it could be known.
    """

    words: str
    said: date
    speaker: str = ""
    deadline: date | None = None
    occurred: date | None = None
    known: date | None = None
    resolved: date | None = None
    outcome: OutcomeAnswer | None = None

    @property
    def dates(self) -> tuple[date, ...]:
        given = (self.said, self.deadline, self.occurred, self.known, self.resolved)
        return tuple(day for day in given if day is not None)

    @property
    def ruling(self) -> str:
        """What became of it, in words."""
        return OUTCOME_LABELS[self.outcome] if self.outcome else "Not judged yet"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Claims in the order in which they were said, on an axis from `first` to `last`.

    `as_of` is marked; to leave out what became known later is up to who asks for the claims.
    """

    title: str
    claims: tuple[TimedClaim, ...]
    as_of: date
    first: date
    last: date

    @classmethod
    def of(cls, title: str, claims: Iterable[TimedClaim], *, as_of: date) -> Timeline:
        """Returns the claims by day and words, on an axis that holds all dates and `as_of`."""
        ordered = sorted(claims, key=lambda claim: (claim.said, claim.words, claim.speaker))
        days = [as_of, *(day for claim in ordered for day in claim.dates)]
        return cls(title, tuple(ordered), as_of, min(days), max(days))


def pages(shown: Timeline, *, most: int = ROWS_ON_A_PAGE) -> tuple[Timeline, ...]:
    """Returns the timeline in parts of at most `most` claims, evenly long, on the same axis."""
    total = len(shown.claims)
    parts = max(1, -(-total // most))
    if parts == 1:
        return (shown,)
    edges = [part * total // parts for part in range(parts + 1)]
    return tuple(
        Timeline(
            f"{shown.title} ({part + 1} of {parts})",
            shown.claims[edges[part] : edges[part + 1]],
            shown.as_of,
            shown.first,
            shown.last,
        )
        for part in range(parts)
    )


def timeline_svg(shown: Timeline, *, key: str = "") -> str:
    """Returns a row per claim, earliest first."""
    heading, y = paragraph(EDGE + HEADING, shown.title, "h")
    body = [heading]
    if not shown.claims:
        words, y = paragraph(y + 4, "No claims yet.", "b")
        return picture(shown.title, _description(shown), [*body, words], height=y, key=key)
    legend, y = _legend(shown, y + 4)
    scale = Scale(shown.first.toordinal(), shown.last.toordinal(), 2 * EDGE, WIDTH - 2 * EDGE)
    ticks = _ticks(shown.first, shown.last)
    body += [legend, *_axis(scale, ticks, y + LINE)]
    y += LINE + 8
    for claim in shown.claims:
        body += [*_words(claim, y), *_grid(shown, scale, ticks, y + LINE + 4)]
        body.append(_marks(claim, shown, scale, y + LINE + 4 + _LANE / 2))
        y += LINE + 4 + _LANE + 4
    body += _axis(scale, ticks, y + LINE - 4)
    return picture(shown.title, _description(shown), body, height=y + LINE + EDGE, key=key)


def timeline_table(shown: Timeline) -> Table:
    """Returns a row per claim with its dates and what became of it."""
    headers = ("Claim", "Speaker", "Said", "Deadline", "Happened", "Known", "Judged", "Outcome")
    rows = tuple(
        (
            claim.words,
            claim.speaker or "–",
            *(
                day.isoformat() if day else "–"
                for day in (
                    claim.said,
                    claim.deadline,
                    claim.occurred,
                    claim.known,
                    claim.resolved,
                )
            ),
            claim.ruling,
        )
        for claim in shown.claims
    )
    return Table(f"{shown.title}. {_description(shown)}", headers, rows)


def _description(shown: Timeline) -> str:
    judged = sum(claim.resolved is not None for claim in shown.claims)
    return (
        f"{count_of(len(shown.claims), 'claim')} between {shown.first} and {shown.last}, in the"
        f" order in which they were said; {judged:,} of them judged. As of {shown.as_of}."
    )


def _said(x: float, y: float) -> Svg:
    return circle(x, y, 4)


def _deadline(x: float, y: float) -> Svg:
    return line(x, y - 6, x, y + 6, "l w")


def _occurred(x: float, y: float) -> Svg:
    return diamond(x, y, 3.5, "af")


def _known(x: float, y: float) -> Svg:
    return diamond(x, y, 5, "a l")


def _judged(x: float, y: float) -> Svg:
    return rect(x - 3, y - 3, 6, 6, "f")


def _without_end(x: float, y: float) -> Svg:
    return line(x - 7, y, x + 7, y, "l d")


def _today(x: float, y: float) -> Svg:
    return line(x, y - 7, x, y + 7, _AS_OF)


def _legend(shown: Timeline, y: float) -> tuple[Svg, float]:
    """Returns the marks with their words, set in lines, and the baseline after them."""
    entries: tuple[tuple[Mark, str], ...] = (
        (_said, "said"),
        (_deadline, "deadline"),
        (_without_end, "no deadline"),
        (_occurred, "happened"),
        (_known, "known"),
        (_judged, "judged"),
        (_today, f"as of {shown.as_of}"),
    )
    drawn: list[Svg] = []
    x = EDGE
    for mark, words in entries:
        room = 20 + width_of(words)
        if x + room > WIDTH - EDGE:
            x, y = EDGE, y + LINE + 2
        drawn += [mark(x + 7, y - 4), label(x + 20, y, words)]
        x += room + 16
    return group("", *drawn), y + LINE


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Returns round months within the axis with their words; its two ends where months are few."""
    lowest = first.year * 12 + first.month - 1 + (first.day > 1)
    highest = last.year * 12 + last.month - 1
    for step in _MONTHS:
        months = range(-(-lowest // step) * step, highest + 1, step)
        if len(months) <= _MOST_TICKS:
            break
    if len(months) < 2:
        return [(day, day.isoformat()) for day in sorted({first, last})]
    shown = 4 if step % 12 == 0 else 7
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [(day, day.isoformat()[:shown]) for day in days]


def _axis(scale: Scale, ticks: list[tuple[date, str]], y: float) -> list[Svg]:
    drawn = []
    for day, words in ticks:
        x, half = scale(day.toordinal()), width_of(words) / 2
        inside = min(max(x, half), WIDTH - half)
        drawn.append(label(inside, y, words, anchor="middle"))
    return drawn


def _words(claim: TimedClaim, y: float) -> list[Svg]:
    room = WIDTH - 2 * EDGE - width_of(claim.ruling, size_of("b")) - 10
    said = f"{claim.speaker}: {claim.words}" if claim.speaker else claim.words
    look = "b" if claim.resolved else "m"
    return [
        label(EDGE, y + LINE - 2, said, most=room),
        label(WIDTH - EDGE, y + LINE - 2, claim.ruling, look, anchor="end"),
    ]


def _grid(shown: Timeline, scale: Scale, ticks: list[tuple[date, str]], y: float) -> list[Svg]:
    """Returns the upright lines of one row; they stop short of the words above and below."""
    places = [scale(day.toordinal()) for day, _ in ticks]
    today = scale(shown.as_of.toordinal())
    lines = [line(x, y, x, y + _LANE, "l t q") for x in places]
    return [*lines, line(today, y, today, y + _LANE, _AS_OF)]


def _marks(claim: TimedClaim, shown: Timeline, scale: Scale, y: float) -> Svg:
    """Returns the claim's line with its marks: facts above, the judgement below."""

    def at(day: date) -> float:
        return scale(day.toordinal())

    drawn = [line(at(claim.said), y, at(claim.deadline or shown.last), y, _reach(claim))]
    drawn.append(_said(at(claim.said), y))
    if claim.deadline:
        drawn.append(_deadline(at(claim.deadline), y))
    if claim.occurred and claim.known:
        drawn.append(line(at(claim.occurred), y - 8, at(claim.known), y - 8, "a l t"))
    if claim.occurred:
        drawn.append(_occurred(at(claim.occurred), y - 8))
    if claim.known:
        drawn.append(_known(at(claim.known), y - 8))
    if claim.resolved:
        drawn.append(_judged(at(claim.resolved), y + 9))
    return group("", *drawn)


def _reach(claim: TimedClaim) -> str:
    return "l" if claim.deadline else "l d g"
