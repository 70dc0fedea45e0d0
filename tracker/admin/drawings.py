"""Small pictures and words of a claim: the band of a hedge, a probability, an excerpt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.actions.weeks import MOST, Week
from tracker.domain.deadlines import Precision
from tracker.models import Quotation

WIDTH, HEIGHT, MARGIN = 240, 44, 8
PERCENT = "\N{NO-BREAK SPACE}%"


def percent(permille: int | None) -> str:
    """A probability in permille as people read it: 690 is 69 %, 5 is 0.5 %."""
    if permille is None:
        return "–"
    whole, rest = divmod(permille, 10)
    return f"{whole}.{rest}{PERCENT}" if rest else f"{whole}{PERCENT}"


def signed(value: float | None, digits: int = 3) -> str:
    """A score with its sign, so that 0 can be read as "no skill"."""
    if value is None:
        return "–"
    rounded = round(value, digits) + 0.0
    return f"{rounded:+.{digits}f}".replace("-", "−") if rounded else f"{0:.{digits}f}"


def excerpt(text: str, most: int) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


class Dated(SafeString):
    """A day as people read it; `plain` is the day alone, for files."""

    plain: str


def dated(first: date | None, last: date | None, words: str = "", note: str = "") -> Dated | str:
    """A day or an interval, with the words that it was read from and what is to be noted of it."""
    days = sorted({day.isoformat() for day in (first, last) if day})
    if not days and not words:
        return ""
    shown = format_html_join(
        " to ", '<span class="t-day">{}</span>', ((day,) for day in days)
    ) or SafeString("no day")
    quoted = f"“{excerpt(words, 60)}”" if words else ""
    below = ", ".join(part for part in (quoted, note) if part)
    found = Dated(
        format_html('{}<span class="t-note t-below">{}</span>', shown, below) if below else shown
    )
    found.plain = "/".join(days)
    return found


def said_on(quotation: Quotation) -> str:
    """When words were said: the day or the interval, and the text's own words for it."""
    before = "or before" if quotation.said_precision == Precision.BEFORE else ""
    return dated(quotation.said_first, quotation.said_last, quotation.said_words, before)


def _x(permille: int) -> float:
    return round(MARGIN + permille / 1000 * (WIDTH - 2 * MARGIN), 1)


def band(low: int | None, point: int | None, high: int | None) -> SafeString:
    """A line from 0 to 1 with the band from low to high and a mark at the point, in permille."""
    if low is None or point is None or high is None:
        return SafeString("")
    spoken = f"{percent(low)} to {percent(high)}, most often {percent(point)}"
    return format_html(
        '<svg class="t-band" viewBox="0 0 {w} {h}" role="img" aria-label="{spoken}">'
        '<line class="t-band-axis" x1="{left}" x2="{right}" y1="18" y2="18"/>'
        '<line class="t-band-tick" x1="{left}" x2="{left}" y1="13" y2="23"/>'
        '<line class="t-band-tick" x1="{mid}" x2="{mid}" y1="13" y2="23"/>'
        '<line class="t-band-tick" x1="{right}" x2="{right}" y1="13" y2="23"/>'
        '<rect class="t-band-range" x="{low}" y="11" width="{span}" height="14" rx="4"/>'
        '<line class="t-band-point" x1="{point}" x2="{point}" y1="6" y2="30"/>'
        '<text class="t-band-label" x="{left}" y="42">0</text>'
        '<text class="t-band-label" x="{mid}" y="42" text-anchor="middle">50 %</text>'
        '<text class="t-band-label" x="{right}" y="42" text-anchor="end">100 %</text></svg>',
        w=WIDTH,
        h=HEIGHT,
        spoken=spoken,
        left=_x(0),
        mid=_x(500),
        right=_x(1000),
        low=_x(low),
        span=max(3.0, round(_x(high) - _x(low), 1)),
        point=_x(point),
    )


BAR, STEP, TALL = 11, 34, 88


def weeks(shown: Sequence[Week]) -> SafeString:
    """Two bars a week: logged, full, and resolved, hollow, so that they differ without colour."""
    most = max([1, *(max(week.logged, week.resolved) for week in shown)])
    wide = STEP * len(shown) + 8
    bars = format_html_join(
        "", "{}", ((_week(n, week, most, len(shown) - 1),) for n, week in enumerate(shown))
    )
    logged, resolved = sum(w.logged for w in shown), sum(w.resolved for w in shown)
    spoken = f"{len(shown)} weeks: {logged:,} claims logged, {resolved:,} resolved; most {most:,}"
    return format_html(
        '<svg class="t-weeks" viewBox="0 0 {wide} {tall}" role="img" aria-label="{spoken}">'
        '<line class="t-band-axis" x1="0" x2="{wide}" y1="{foot}" y2="{foot}"/>{bars}</svg>',
        wide=wide,
        tall=TALL + 38,
        foot=TALL + 14.5,
        spoken=spoken,
        bars=bars,
    )


def _week(place: int, week: Week, most: int, last: int) -> SafeString:
    left = STEP * place + 6
    drawn = [
        format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
            kind,
            x,
            round(TALL + 14 - TALL * n / most, 1),
            BAR,
            round(TALL * n / most, 1),
            f"{week.name}: {n:,}{'+' if n >= MOST else ''} {said}",
        )
        for kind, x, n, said in (
            ("t-logged", left, week.logged, "logged"),
            ("t-resolved", left + BAR + 1, week.resolved, "resolved"),
        )
        if n
    ]
    label = format_html(
        '<text class="t-week-label" x="{}" y="{}" text-anchor="middle">{}</text>',
        left + BAR,
        TALL + 32,
        # Every third, and the last: all of them would run into each other.
        week.name[-3:] if (last - place) % 3 == 0 else "",
    )
    return format_html_join("", "{}", ((piece,) for piece in (*drawn, label)))
