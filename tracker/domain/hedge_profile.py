"""The hedge profile: which words a speaker uses, what readers take from them, what came true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    paragraph,
    percent,
    percent_tick,
    picture,
    rect,
    width_of,
)
from tracker.domain.hedges import Band, HedgeTerm, KindCode, band
from tracker.domain.shares import share_interval
from tracker.domain.thresholds import MIN_EVENTS_FOR_A_NUMBER

KIND_WORDS: Mapping[KindCode, str] = {
    KindCode.PUBLISHED_RAW: "survey of readers",
    KindCode.PUBLISHED_RAW_WEAK: "small or indirect survey",
    KindCode.PUBLISHED_STANDARD_RANGE: "published standard",
    KindCode.RULE: "published rule, applied by us",
    KindCode.INTERPOLATION: "our interpolation",
}
_OURS = frozenset({KindCode.RULE, KindCode.INTERPOLATION})
_LANE = 26.0
_MOST_DRAWN = 12
_BAR_WIDTH, _BAR_HEIGHT = 120.0, 16.0


@dataclass(frozen=True, slots=True)
class HedgeUse:
    """How often a phrase was used, how many of these claims are resolved, how many came true.

    What came true is what the words said: of a claim that denies, the opposite of its proposition.
    Raises ValueError unless 0 <= hits <= resolved <= uses.
    """

    phrase: str
    band: Band
    kind: KindCode
    uses: int
    resolved: int
    hits: int
    source: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.resolved <= self.uses:
            raise ValueError("hits, resolved and uses must rise from 0")

    @classmethod
    def of(cls, term: HedgeTerm, *, uses: int, resolved: int, hits: int) -> HedgeUse:
        """Returns the use of a lexicon entry."""
        return cls(term.phrase, band(term), term.kind_code, uses, resolved, hits, term.source)

    @property
    def countable(self) -> bool:
        """Whether enough claims are resolved for a share to be drawn."""
        return self.resolved >= MIN_EVENTS_FOR_A_NUMBER


@dataclass(frozen=True, slots=True)
class HedgeProfile:
    """One subject's phrases, from the least to the most probable, and its claims without one.

    `unlisted` claims hedge in words that no lexicon holds, `bare` ones do not hedge.
    """

    subject: str
    uses: tuple[HedgeUse, ...]
    unlisted: int = 0
    bare: int = 0

    @classmethod
    def of(
        cls, subject: str, uses: Iterable[HedgeUse], *, unlisted: int = 0, bare: int = 0
    ) -> HedgeProfile:
        """Returns the phrases by their point, then by their words."""
        ordered = sorted(uses, key=lambda use: (use.band.point, use.phrase))
        return cls(subject, tuple(ordered), unlisted, bare)

    @property
    def drawn(self) -> tuple[HedgeUse, ...]:
        """The phrases that a picture has room for, those used most; the table has all."""
        if len(self.uses) <= _MOST_DRAWN:
            return self.uses
        often = sorted(self.uses, key=lambda use: (-use.uses, use.phrase))[:_MOST_DRAWN]
        return tuple(use for use in self.uses if use in often)


def hedge_profile_svg(shown: HedgeProfile, *, key: str = "") -> str:
    """Returns a row per phrase: the readers' band with its point, and the share that came true."""
    heading, y = paragraph(EDGE + HEADING, _title(shown), "h")
    body = [heading]
    if shown.uses:
        body.append(_legend(y + 4))
        y += 4 + 2 * LINE + 4
    scale = Scale(0, 1, 2 * EDGE, WIDTH - 2 * EDGE)
    for use in shown.drawn:
        row, y = _row(use, y, scale)
        body += row
    if shown.uses:
        body += [percent_tick(scale, at, y + 6) for at in QUARTERS]
        y += 2 * LINE - 4
    note, y = paragraph(y + 8, _note(shown), "m")
    return picture(_title(shown), _description(shown), [*body, note], height=y, key=key)


def hedge_profile_table(shown: HedgeProfile) -> Table:
    """Returns a row per phrase with band, kind of evidence, counts and the share that came true."""
    headers = ("Phrase", "Low", "Point", "High", "Basis", "Source", "Used", "Scored", "Came true")
    rows = tuple(
        (
            use.phrase,
            _percent(use.band.low),
            _percent(use.band.point),
            _percent(use.band.high),
            KIND_WORDS[use.kind],
            use.source or "–",
            str(use.uses),
            str(use.resolved),
            str(use.hits),
            _share_words(use),
        )
        for use in shown.uses
    )
    return Table(
        f"{_title(shown)}. {_description(shown)}", (*headers, "Share that came true"), rows
    )


def band_bar_svg(given: Band, *, words: str = "", key: str = "") -> str:
    """Returns one line from 0 to 100 % with the band and its point, small enough for a table cell.

    `words` is the hedge, for those who hear the picture; `key` tells equal bars of a page apart.
    """
    scale = Scale(0, 1000, 4, _BAR_WIDTH - 4)
    y = _BAR_HEIGHT / 2
    body = [
        line(scale(0), y, scale(1000), y, "l t g"),
        *(line(scale(at), y - 3, scale(at), y + 3, "l t g") for at in (0, 500, 1000)),
        *_band(given, scale, y, ours=False),
    ]
    title = f"“{words}”: {band_words(given)}" if words else band_words(given)
    return picture(
        title,
        "A line from 0 to 100 %: the bar is the range of readers, the upright mark their middle.",
        body,
        width=_BAR_WIDTH,
        height=_BAR_HEIGHT,
        key=key,
        bar=True,
    )


def band_bar_table(given: Band) -> Table:
    """Returns the three numbers of a band bar."""
    row = (_percent(given.low), _percent(given.point), _percent(given.high))
    return Table(band_words(given), ("Low", "Point", "High"), (row,))


def band_words(given: Band) -> str:
    """Returns a band as people read it: 20 % to 65 %, around 40 %."""
    return f"{_percent(given.low)} to {_percent(given.high)}, around {_percent(given.point)}"


def _percent(permille: int) -> str:
    return percent(permille / 1000)


def _share_words(use: HedgeUse) -> str:
    interval = share_interval(use.hits, use.resolved)
    if interval is None or not use.countable:
        return "–"
    share = percent(round(use.hits / use.resolved, 2))
    return f"{share} ({percent(round(interval.low, 2))} to {percent(round(interval.high, 2))})"


def _title(shown: HedgeProfile) -> str:
    return f"Hedge words: {shown.subject}"


def _description(shown: HedgeProfile) -> str:
    phrases = count_of(len(shown.uses), "phrase")
    claims = count_of(sum(use.uses for use in shown.uses), "claim")
    return f"{phrases} in {claims}, from the least to the most probable. {_note(shown)}"


def _note(shown: HedgeProfile) -> str:
    """Returns what the picture does not show, and what its intervals are worth."""
    said = [] if shown.uses else ["No claim is hedged in words of the lexicon yet."]
    if shown.unlisted:
        said.append(f"{count_of(shown.unlisted, 'claim')} hedged in words outside the lexicon.")
    if shown.bare:
        said.append(f"{count_of(shown.bare, 'claim')} without a hedge.")
    if len(shown.drawn) < len(shown.uses):
        most, of = len(shown.drawn), len(shown.uses)
        said.append(f"Drawn are the {most} phrases used most, of {of}; the table has all.")
    if shown.uses:
        said.append(f"A share is shown from {MIN_EVENTS_FOR_A_NUMBER} scored claims on.")
    if any(use.countable for use in shown.drawn):
        said.append(
            "Its interval takes the claims for independent: where several are about one event, it"
            " is too short."
        )
    return " ".join(said)


def _legend(y: float) -> Svg:
    sample = Scale(0, 1000, EDGE, EDGE + 40)
    second = y + LINE
    return group(
        "",
        *_band(Band(150, 450, 850), sample, y - 4, ours=False),
        label(EDGE + 48, y, "what readers take from it (dashed: our estimate)"),
        *_share(0.2, 0.5, 0.8, Scale(0, 1, EDGE, EDGE + 40), second - 4),
        label(EDGE + 48, second, "share that came true, 90 % interval"),
    )


def _row(use: HedgeUse, y: float, scale: Scale) -> tuple[list[Svg], float]:
    """Returns a phrase with its evidence, its band and its share, and where the next one begins."""
    count = _count_words(use)
    room = WIDTH - 2 * EDGE - width_of(count) - 10
    drawn = [
        label(EDGE, y + LINE - 2, f"“{use.phrase}”", "b", most=room),
        label(WIDTH - EDGE, y + LINE - 2, count, anchor="end"),
    ]
    y += LINE
    for words in (f"{band_words(use.band)}; {KIND_WORDS[use.kind]}", use.source):
        if words:
            drawn.append(label(EDGE, y + LINE - 3, words, "m", most=WIDTH - 2 * EDGE))
            y += LINE - 1
    return drawn + _lane(use, y + 4, scale), y + _LANE + 12


def _lane(use: HedgeUse, top: float, scale: Scale) -> list[Svg]:
    permille = Scale(0, 1000, scale.start, scale.end)
    drawn = [
        *(line(scale(at), top, scale(at), top + _LANE, "l t q") for at in QUARTERS),
        *_band(use.band, permille, top + 8, ours=use.kind in _OURS),
    ]
    interval = share_interval(use.hits, use.resolved)
    if use.countable and interval:
        share = use.hits / use.resolved
        drawn += _share(interval.low, share, interval.high, scale, top + 21)
    return drawn


def _count_words(use: HedgeUse) -> str:
    if not use.resolved:
        return f"{count_of(use.uses, 'claim')}, none scored"
    rest = use.uses - use.resolved
    others = f", {rest:,} not scored" if rest else ""
    return f"{use.hits:,} of {use.resolved:,} came true{others}"


def _band(given: Band, scale: Scale, y: float, *, ours: bool) -> list[Svg]:
    low, point, high = scale(given.low), scale(given.point), scale(given.high)
    outline = "l t d" if ours else "l t"
    return [
        rect(low, y - 4, high - low, 8, "f s"),
        rect(low, y - 4, high - low, 8, outline),
        line(point, y - 6, point, y + 6, "l w"),
    ]


def _share(low: float, share: float, high: float, scale: Scale, y: float) -> list[Svg]:
    return [
        line(scale(low), y, scale(high), y, "a l"),
        *(line(scale(end), y - 3, scale(end), y + 3, "a l") for end in (low, high)),
        circle(scale(share), y, 3.5, "af"),
    ]
