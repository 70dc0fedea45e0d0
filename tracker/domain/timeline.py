"""The timeline: when each claim was said, by when it was due, what happened, what was ruled.

Events stand above a claim's line and the judgement below it, so that marks of one day stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.drawing import (
    EDGE,
    HEADING,
    LINE,
    WIDTH,
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
from tracker.domain.time_axis import TimeAxis

ROWS_ON_A_PAGE = 11
"""Rows of a picture that a printed page holds, A4 or Letter, with the margins of a browser."""

_LANE = 26.0
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
    def facts(self) -> tuple[date, ...]:
        """The days of the claim and of the world; the judgement may come years later."""
        given = (self.said, self.deadline, self.occurred, self.known)
        return tuple(day for day in given if day is not None)

    @property
    def ruling(self) -> str:
        """What became of it, in words."""
        return OUTCOME_LABELS[self.outcome] if self.outcome else "Not judged yet"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Claims in the order in which they were said, on an axis that holds all their days.

    `as_of` is marked; to leave out what became known later is up to who asks for the claims.
    """

    title: str
    claims: tuple[TimedClaim, ...]
    as_of: date
    axis: TimeAxis

    @classmethod
    def of(cls, title: str, claims: Iterable[TimedClaim], *, as_of: date) -> Timeline:
        """Returns the claims by day and words, on an axis that holds all dates and `as_of`."""
        ordered = sorted(claims, key=lambda claim: (claim.said, claim.words, claim.speaker))
        facts = [day for claim in ordered for day in claim.facts] or [as_of]
        ruled = [claim.resolved for claim in ordered if claim.resolved]
        first, last = min(*facts, *ruled, as_of), max(*facts, *ruled, as_of)
        axis = TimeAxis.over(first, max(facts), last)
        return cls(title, tuple(ordered), as_of, axis)

    @property
    def first(self) -> date:
        return self.axis.first

    @property
    def last(self) -> date:
        return self.axis.last


def pages(shown: Timeline, *, most: int = ROWS_ON_A_PAGE) -> tuple[Timeline, ...]:
    """Returns the timeline in parts of at most `most` claims, evenly long, on the same axis."""
    total = len(shown.claims)
    parts = max(1, -(-total // most))
    if parts == 1:
        return (shown,)
    edges = [part * total // parts for part in range(parts + 1)]
    return tuple(
        replace(
            shown,
            title=f"{shown.title} ({part + 1} of {parts})",
            claims=shown.claims[edges[part] : edges[part + 1]],
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
    place = shown.axis
    body += [legend, *place.words(y + LINE)]
    y += LINE + 8
    for claim in shown.claims:
        body += [*_words(claim, y), *_grid(place, shown.as_of, y + LINE + 4)]
        body.append(_marks(claim, place, y + LINE + 4 + _LANE / 2))
        y += LINE + 4 + _LANE + 4
    body += place.words(y + LINE - 4)
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


def _break(x: float, y: float) -> Svg:
    strokes = [line(at - 2, y + 4, at + 2, y - 4, "l g") for at in (x - 4, x + 4)]
    return group("", *strokes)


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
        *([(_break, f"after {shown.axis.until}")] if shown.axis.broken else []),
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


def _words(claim: TimedClaim, y: float) -> list[Svg]:
    room = WIDTH - 2 * EDGE - width_of(claim.ruling, size_of("b")) - 10
    said = f"{claim.speaker}: {claim.words}" if claim.speaker else claim.words
    look = "b" if claim.resolved else "m"
    return [
        label(EDGE, y + LINE - 2, said, most=room),
        label(WIDTH - EDGE, y + LINE - 2, claim.ruling, look, anchor="end"),
    ]


def _grid(place: TimeAxis, as_of: date, y: float) -> list[Svg]:
    """Returns the upright lines of one row; they stop short of the words above and below."""
    lines = [line(x, y, x, y + _LANE, "l t q") for x in map(place, place.ticks())]
    today = place(as_of)
    return [*lines, line(today, y, today, y + _LANE, _AS_OF)]


def _marks(claim: TimedClaim, place: TimeAxis, y: float) -> Svg:
    """Returns the claim's line with its marks: facts above, the judgement below."""
    drawn = _line(claim, place, y)
    drawn.append(_said(place(claim.said), y))
    if claim.deadline:
        drawn.append(_deadline(place(claim.deadline), y))
    if claim.occurred and claim.known:
        drawn.append(line(place(claim.occurred), y - 8, place(claim.known), y - 8, "a l t"))
    if claim.occurred:
        drawn.append(_occurred(place(claim.occurred), y - 8))
    if claim.known:
        drawn.append(_known(place(claim.known), y - 8))
    if claim.resolved:
        drawn.append(_judged(place(claim.resolved), y + 9))
    return group("", *drawn)


def _line(claim: TimedClaim, place: TimeAxis, y: float) -> list[Svg]:
    """Returns the line from the words to the deadline; without one, dashed to the end."""
    if claim.deadline:
        return [line(place(claim.said), y, place(claim.deadline), y, "l")]
    left, right = place.gap
    drawn = [line(place(claim.said), y, left, y, "l d g")]
    if place.broken:
        drawn += [line(x - 2, y + 4, x + 2, y - 4, "l g") for x in (left, right)]
        drawn.append(line(right, y, place(place.last), y, "l d g"))
    return drawn
