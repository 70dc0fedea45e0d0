"""The reliability diagram: what was stated against what came true, beside what luck alone shows.

CORP curve and null band after Dimitriadis, Gneiting & Jordan 2021 (see `calibration`): a value for
each probability that was issued, and nothing in between but a line to guide the eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.domain.calibration import Corp, CurvePoint, NullBand
from tracker.domain.drawing import (
    EDGE,
    HEADING,
    LINE,
    QUARTERS,
    WIDTH,
    Scale,
    Svg,
    Table,
    circle,
    count_of,
    group,
    label,
    line,
    outline,
    paragraph,
    percent,
    percent_tick,
    picture,
    rect,
    uprights,
)
from tracker.domain.thresholds import MIN_EVENTS_FOR_A_NUMBER, MIN_EVENTS_FOR_A_TIER

_LEFT, _SIDE, _STRIP = 50.0, 356.0, 40.0
_REACH = 0.02
"""How far the curve reaches past the first and the last issued value, so that one alone shows."""
_MOST_DOTS = 40
"""More issued values than this are a curve without dots; the strip below still counts them."""

Step = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """One subject's curve with its null band, and what they rest on; the curve never stands alone.

    Raises ValueError when one of curve and band is there without the other.
    """

    subject: str
    corp: Corp | None
    band: NullBand | None
    n: int
    events: int
    void: int = 0

    def __post_init__(self) -> None:
        if (self.corp is None) != (self.band is None):
            raise ValueError("a calibration curve is shown with its null band or not at all")

    @property
    def drawable(self) -> bool:
        """Whether there are enough resolved events to draw a curve at all."""
        return self.corp is not None and self.events >= MIN_EVENTS_FOR_A_NUMBER

    @property
    def faint(self) -> bool:
        """Whether the curve is greyed, since it rests on too few events."""
        return self.events < MIN_EVENTS_FOR_A_TIER


def calibration_svg(shown: Calibration, *, key: str = "") -> str:
    """Returns the diagram; on too few events words and counts only, without a curve or its axes."""
    heading, y = paragraph(EDGE + HEADING, _title(shown), "h")
    body = [heading]
    if shown.corp and shown.band and shown.drawable:
        diagram, y = _diagram(shown, shown.corp, shown.band, y)
        body += diagram
    if not shown.drawable:
        words, y = paragraph(y + 4, _too_few(shown), "b")
        y += 8
        body.append(words)
    if shown.corp:
        body += _strip(shown.corp.curve, y)
        y += _STRIP + 3 * LINE
    caption, y = _lines(y + 4, _caption(shown))
    height = y - LINE + EDGE
    return picture(_title(shown), _description(shown), [*body, caption], height=height, key=key)


def calibration_table(shown: Calibration) -> Table:
    """Returns a row per stated probability: claims, frequency, and the band of luck alone."""
    headers = ("Stated", "Claims", "Came true (calibrated)", "By luck, low", "By luck, high")
    caption = " ".join([_title(shown) + ".", *_caption(shown)])
    if shown.corp is None or shown.band is None:
        return Table(caption, headers, ())
    rows = []
    by_luck = {at.p: (at.low, at.high) for at in shown.band.points}
    for at in shown.corp.curve:
        # Past 1,001 distinct values the band keeps to the permille grid.
        limits = by_luck.get(float(at.p)) or by_luck.get(round(float(at.p), 3))
        low, high = map(percent, limits) if limits and shown.drawable else ("–", "–")
        q = percent(float(at.q)) if shown.drawable else "–"
        rows.append((percent(float(at.p)), str(at.n), q, low, high))
    return Table(caption, headers, tuple(rows))


def _title(shown: Calibration) -> str:
    return f"Calibration: {shown.subject}"


def _description(shown: Calibration) -> str:
    if not shown.drawable:
        return _too_few(shown)
    across = "Across: the probability stated. Upward: the share that came true."
    return " ".join([across, *_caption(shown)])


def _too_few(shown: Calibration) -> str:
    if not shown.n:
        return "No scored claims yet: there is nothing to draw."
    had = count_of(shown.events, "resolved event")
    least = MIN_EVENTS_FOR_A_NUMBER
    return (
        f"No curve: {had}, and fewer than {least} say nothing about calibration. Read the claims."
    )


def _caption(shown: Calibration) -> list[str]:
    rests = f"{count_of(shown.n, 'claim')} about {count_of(shown.events, 'event')}"
    if shown.void:
        rests += f"; {shown.void:,} void, counted and not scored"
    rows = [rests + "."]
    if shown.corp is None or shown.band is None or not shown.drawable:
        return rows
    if shown.faint:
        rows.append(
            f"Fewer than {MIN_EVENTS_FOR_A_TIER} events: shown in grey, too little to judge by."
        )
    corp, band = shown.corp, shown.band
    brier = corp.mcb - corp.dsc + corp.unc
    as_bad = percent(band.share) if band.share else f"fewer than {percent(1 / band.draws)}"
    by_luck = f"{band.mcb.low:.3f} to {band.mcb.high:.3f} (on average {band.mcb_mean:.3f})"
    return [
        *rows,
        f"Miscalibration (MCB) {float(corp.mcb):.3f}, lower is better. By luck alone {by_luck};"
        f" {as_bad} of perfectly calibrated speakers score as badly or worse.",
        f"Discrimination (DSC) {float(corp.dsc):.3f}, higher is better.",
        f"Uncertainty (UNC) {float(corp.unc):.3f}, the same for all who spoke of these events."
        f" Brier score {float(brier):.3f} = MCB − DSC + UNC.",
    ]


def _lines(y: float, rows: Sequence[str]) -> tuple[Svg, float]:
    drawn = []
    for words in rows:
        block, y = paragraph(y, words)
        drawn.append(block)
        y += 3
    return Svg("".join(drawn)), y


def _diagram(shown: Calibration, corp: Corp, band: NullBand, y: float) -> tuple[list[Svg], float]:
    """Returns legend, frame and curve below y, and the next baseline under them."""
    top = y + 3 * LINE + 8
    across, upward = _across(), Scale(0, 1, top + _SIDE, top)
    drawn = [*_legend(shown, y + 4), *_frame(across, upward)]
    return [*drawn, _curve(shown, corp, band, across, upward)], upward(0) + 3 * LINE + 12


def _across() -> Scale:
    return Scale(0, 1, _LEFT, _LEFT + _SIDE)


def _legend(shown: Calibration, y: float) -> list[Svg]:
    """Returns the key: the shapes as they are drawn, each with its words."""
    second = y + LINE
    curve, dots = _looks(shown)
    return [
        line(_LEFT, y - 4, _LEFT + 24, y - 4, curve),
        circle(_LEFT + 12, y - 4, 3.5, dots),
        label(_LEFT + 30, y, "what came true; the larger the dot, the more claims"),
        rect(_LEFT, second - 9, 24, 10, "f s"),
        label(_LEFT + 30, second, "luck alone, 90 %"),
        line(_LEFT + 180, second - 4, _LEFT + 204, second - 4, "l d g"),
        label(_LEFT + 210, second, "as often as was said"),
    ]


def _looks(shown: Calibration) -> tuple[str, str]:
    return ("l w d", "f") if shown.faint else ("a w l", "af")


def _frame(across: Scale, upward: Scale) -> list[Svg]:
    left, right, top, bottom = across(0), across(1), upward(1), upward(0)
    drawn = []
    for at in QUARTERS:
        x, y = across(at), upward(at)
        drawn += [line(x, top, x, bottom, "l t q"), line(left, y, right, y, "l t q")]
        drawn.append(label(left - 6, y + 4, percent(at), anchor="end"))
        drawn.append(percent_tick(across, at, bottom + LINE))
    return [
        *drawn,
        line(left, bottom, right, top, "l d g"),
        label(EDGE, top - 10, "Came true", "b"),
        label(right, bottom + 2 * LINE, "Stated", "b", anchor="end"),
        label(right, top - 10, "above the dashes, more than was said", "m", anchor="end"),
    ]


def _curve(shown: Calibration, corp: Corp, band: NullBand, across: Scale, upward: Scale) -> Svg:
    lows = _steps([(at.p, at.low) for at in band.points])
    highs = _steps([(at.p, at.high) for at in band.points])
    middle = _steps([(float(at.p), float(at.q)) for at in corp.curve])
    ring = [(across(p), upward(q)) for p, q in [*lows, *reversed(highs)]]
    curve, dots = _looks(shown)
    drawn = [
        outline(ring, "f s", closed=True),
        outline(ring, "l t g", closed=True),
        outline([(across(p), upward(q)) for p, q in middle], curve),
    ]
    if len(corp.curve) <= _MOST_DOTS:
        most = max(at.n for at in corp.curve)
        for at in corp.curve:
            r = max(2.5, 8 * (at.n / most) ** 0.5)
            drawn.append(circle(across(float(at.p)), upward(float(at.q)), r, dots))
    return group("g" if shown.faint else "", *drawn)


def _steps(points: Sequence[Step]) -> list[Step]:
    """Returns the corners of the steps: each value holds half way to its neighbours."""
    first, last = points[0][0], points[-1][0]
    halves = [(p + q) / 2 for (p, _), (q, _) in pairwise(points)]
    edges = [max(0.0, first - _REACH), *halves, min(1.0, last + _REACH)]
    corners: list[Step] = []
    for (_, value), (left, right) in zip(points, pairwise(edges), strict=True):
        if corners and corners[-1][1] == value:
            corners[-1] = (right, value)
            continue
        corners += [(left, value), (right, value)]
    return corners


def _strip(curve: Sequence[CurvePoint], y: float) -> list[Svg]:
    """Returns how many claims were issued at each probability, as bars with their baseline."""
    most = max(curve, key=lambda at: at.n)
    across, base = _across(), y + 6 + _STRIP
    height = Scale(0, most.n, 0, _STRIP)
    bars = [(across(float(at.p)), base, base - height(at.n)) for at in curve]
    said = f"Claims at each stated probability: {most.n:,} at most, at {percent(float(most.p))}"
    return [
        label(EDGE, y, said, most=WIDTH - 2 * EDGE),
        uprights(bars, "l g x" if len(curve) <= _MOST_DOTS else "l g"),
        line(across(0), base, across(1), base, "l t"),
        *(percent_tick(across, at, base + LINE) for at in QUARTERS),
    ]
