"""Pictures as SVG text: escaped, legible in light, dark and print, and the same byte for byte.

A picture is laid out in units of its viewBox and scales with the page, so that words stay readable
on a phone. It takes its ink from the page that it stands in; standing alone it brings its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import count
from math import ceil, floor, isfinite, log10
from typing import NewType
from unicodedata import combining, east_asian_width

Svg = NewType("Svg", str)
"""Markup that is already escaped; plain text becomes it through `label` and `words_of` only."""

Look = str
"""Names of the classes in `_STYLE`, with spaces between."""

WIDTH = 420.0
EDGE = 12.0
LINE = 16.0
SIZE, HEADING = 12.0, 14.0
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)

_STYLE = (
    ".tp{display:block;width:100%;height:auto;max-width:560px;font:12px system-ui,sans-serif;"
    "break-inside:avoid}"
    ".tp text{fill:currentColor;stroke:none}"
    ".tp .h{font-size:14px;font-weight:600}.tp .b{font-weight:600}.tp .m{opacity:.72}"
    ".tp .l{stroke:currentColor;fill:none}.tp .f{fill:currentColor;stroke:none}"
    ".tp .a{stroke:#2f7fc1;stroke:var(--tp-accent,#2f7fc1)}"
    ".tp .af{fill:#2f7fc1;fill:var(--tp-accent,#2f7fc1)}"
    ".tp .t{stroke-width:.75}.tp .w{stroke-width:2.5}.tp .x{stroke-width:5}"
    ".tp .q{opacity:.25}.tp .s{opacity:.14}.tp .g{opacity:.7}"
    ".tp .d{stroke-dasharray:4 3}.tp .o{stroke-dasharray:1 3;stroke-linecap:round}"
    "svg.tp:root{color:#1a1c20;background:#fff}"
    "@media (prefers-color-scheme:dark){"
    "svg.tp:root{color:#e8eaed;background:#16181d;--tp-accent:#5ba7e8}}"
    "@media print{.tp,svg.tp:root{color:#000;background:#fff;--tp-accent:#000}}"
)
_BAR = ".tp.bar{max-width:140px;min-width:70px}"
STYLES = (_STYLE, _STYLE + _BAR)
"""All that a picture can have as its style, for policies that allow a style by its hash."""

# What XML 1.0 cannot hold even when escaped, and what would turn the words around it.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LEAST_SPAN = 1e-6
_BOLD = 1.08


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, for those who do not look at it: every row as long as the headers."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to units of the viewBox; a value outside stays at the edge."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def words_of(given: str) -> Svg:
    """Returns plain text as markup, without characters that XML refuses or that reverse text."""
    return Svg(escape(_TURNS.sub("", _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", given))))


def number(value: float) -> str:
    """Returns a coordinate with one decimal at most, never -0; raises ValueError unless finite."""
    if not isfinite(value):
        raise ValueError("a coordinate must be a finite number")
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def element(name: str, given: Mapping[str, str | float], *children: Svg) -> Svg:
    """Returns one element; attribute values are escaped, numbers rounded, empty ones left out."""
    attributes = "".join(
        f' {key}="{words_of(value) if isinstance(value, str) else number(value)}"'
        for key, value in given.items()
        if value != ""
    )
    inside = "".join(children)
    return Svg(f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>")


def group(look: Look, *children: Svg) -> Svg:
    return element("g", {"class": look}, *children)


def line(x1: float, y1: float, x2: float, y2: float, look: Look = "l") -> Svg:
    return element("line", {"class": look, "x1": x1, "y1": y1, "x2": x2, "y2": y2})


def rect(x: float, y: float, width: float, height: float, look: Look = "f") -> Svg:
    given: dict[str, str | float] = {"class": look, "x": x, "y": y}
    return element("rect", {**given, "width": width, "height": height})


def circle(x: float, y: float, r: float, look: Look = "f") -> Svg:
    return element("circle", {"class": look, "cx": x, "cy": y, "r": r})


def outline(points: Iterable[tuple[float, float]], look: Look, *, closed: bool = False) -> Svg:
    """Returns straight lines from point to point; a closed outline is a polygon."""
    given = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return element("polygon" if closed else "polyline", {"class": look, "points": given})


def uprights(bars: Iterable[tuple[float, float, float]], look: Look) -> Svg:
    """Returns upright strokes, each given as x and two heights, as one short path."""
    given = "".join(f"M{number(x)} {number(y1)}V{number(y2)}" for x, y1, y2 in bars)
    return element("path", {"class": look, "d": given})


def diamond(x: float, y: float, r: float, look: Look = "f") -> Svg:
    return outline([(x - r, y), (x, y - r), (x + r, y), (x, y + r)], look, closed=True)


def label(
    x: float, y: float, words: str, look: Look = "", *, anchor: str = "", most: float = WIDTH
) -> Svg:
    """Returns one line of text on the baseline y, cut to `most` units; anchor start by default."""
    size = size_of(look)
    given: dict[str, str | float] = {"class": look, "x": x, "y": y, "text-anchor": anchor}
    return element("text", given, words_of(shortened(words, most, size)))


def paragraph(
    y: float, words: str, look: Look = "", *, x: float = EDGE, most: float = WIDTH - 2 * EDGE
) -> tuple[Svg, float]:
    """Returns text broken into lines of `most` units from the baseline y, and the next baseline."""
    rows = wrapped(words, most, size_of(look))
    step = LINE * HEADING / SIZE if "h" in look.split() else LINE
    drawn = [label(x, y + place * step, row, look) for place, row in enumerate(rows)]
    return Svg("".join(drawn)), y + len(rows) * step


def size_of(look: Look) -> float:
    """Returns the size by which `width_of` measures words of that look; bold ones run wider."""
    looks = look.split()
    if "h" in looks:
        return HEADING * _BOLD
    return SIZE * _BOLD if "b" in looks else SIZE


def width_of(words: str, size: float = SIZE) -> float:
    """Returns an estimate, on the wide side, of how many units the words take in a sans serif."""
    return size * sum(map(_breadth, words))


def _breadth(character: str) -> float:
    if combining(character):
        return 0.0
    if east_asian_width(character) in "WF":
        return 1.05
    if character in "iljtfrI.,:;'|!()[]‘’ ":
        return 0.38
    if character in "mwMW@%—…" or (ord(character) > 0x2FF and character not in "−–“”·≥≤"):
        return 0.98
    return 0.72 if character.isupper() else 0.63


def shortened(words: str, most: float, size: float = SIZE) -> str:
    """Returns the words on one line, cut with an ellipsis where they are wider than `most`."""
    words = " ".join(words.split())
    if width_of(words, size) <= most:
        return words
    room = most - width_of("…", size)
    kept = 0
    for character in words:
        room -= size * _breadth(character)
        if room < 0:
            break
        kept += 1
    return words[:kept].rstrip() + "…"


def wrapped(words: str, most: float, size: float = SIZE) -> list[str]:
    """Returns the words broken between words into lines of at most `most` units."""
    rows: list[str] = []
    for word in words.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and width_of(longer, size) <= most:
            rows[-1] = longer
            continue
        rows.append(shortened(word, most, size))
    return rows


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Returns at most `most` round values (three at least) that reach over low and high.

    Steps are 1, 2 or 5 times a power of ten. Values closer than a millionth are taken for one.
    """
    span = max(high - low, _LEAST_SPAN)
    exponents = count(floor(log10(span / (most - 1))))
    steps = (factor * 10.0**exponent for exponent in exponents for factor in (1, 2, 5))
    first, last, step = next(
        (first, last, step)
        for step in steps
        for first, last in [(floor(low / step + 1e-9), ceil(high / step - 1e-9))]
        if last - first < most
    )
    return [round(place * step, 10) + 0.0 for place in range(first, max(last, first + 1) + 1)]


def percent(share: float) -> str:
    """Returns a share of 0..1 as people read it: .69 is 69 %, .005 is 0.5 %."""
    return f"{number(share * 100)} %"


def percent_tick(across: Scale, share: float, y: float) -> Svg:
    """Returns the words under an axis of shares; those at the right end stay within it."""
    anchor = "end" if share == 1 else "middle"
    return label(across(share), y, percent(share), anchor=anchor)


def signed(value: float, digits: int = 3) -> str:
    """Returns a score with its sign, so that 0 can be read as "no skill"."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:+.{digits}f}".replace("-", "−") if rounded else f"{0:.{digits}f}"


def count_of(n: int, one: str, many: str = "") -> str:
    """Returns a number with its noun: 1 claim, 2 claims."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def picture(
    title: str,
    description: str,
    body: Sequence[Svg],
    *,
    height: float,
    width: float = WIDTH,
    key: str = "",
    bar: bool = False,
) -> str:
    """Returns the whole SVG, named and described for screen readers.

    The ids are made from the content and from `key`, which tells equal pictures on one page apart.
    """
    mark = sha256("\0".join([title, description, key]).encode(errors="replace")).hexdigest()[:12]
    names = {"title": f"t{mark}", "desc": f"d{mark}"}
    given: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": "tp bar" if bar else "tp",
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "role": "img",
        "aria-labelledby": f"{names['title']} {names['desc']}",
    }
    style = Svg(_STYLE + _BAR if bar else _STYLE)
    return element(
        "svg",
        given,
        element("title", {"id": names["title"]}, words_of(title)),
        element("desc", {"id": names["desc"]}, words_of(description)),
        element("style", {}, style),
        *body,
    )
