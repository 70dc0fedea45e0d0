"""Hedges: the words that say how sure a speaker is, and the numbers that readers give them.

Probabilities are kept in permille. Kinds of evidence are never merged: interpolations say so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from tracker.domain.errors import BadTable
from tracker.domain.phrases import is_hedge, is_negated, pattern

# Words that mark the future rather than doubt: beside any other hedge, that one governs
# ("you can be sure other groups will be targeted").
FUTURE = frozenset({"will", "would", "is going to"})
# Modal verbs that a doubt about the whole clause outweighs ("I doubt that they could").
MODALS = frozenset({"can", "could", "should", "must"})
# Frames of belief and hearsay, which the hedge inside them outweighs ("I expect they might yet").
FRAMES = frozenset(
    {"I think", "I suspect", "I believe", "I expect", "we believe", "we expect", "seems", "appears"}
    | {"apparently", "reportedly", "evidence suggests", "he/she believes (no other hedge)"}
)
# Phrases under which no forecast is made, whatever verb follows ("no evidence that Russia would").
ABSTENTIONS = frozenset(
    {"it remains unclear", "remains to be seen", "no evidence that", "little evidence that"}
    | {"cannot be ruled out", "there is no reason to believe that ... could not"}
)
_ALONE = "(no other hedge)"
_CLAUSE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bGen)(?<!\bMr)(?<!\bDr)(?<!\bLt)[.!?][”\"’')\]]*\s+(?=[A-Z“\"‘'])"
    r"|;|[,—–]\s*(?=(?:but|and|yet|while|whereas|so|although|though)\s)"
)
_CONDITION = re.compile(r"\b(?:if|unless|whether|provided|assuming|until)\b[^,;.!?—–]*", re.I)
_COMMENT_BEFORE = re.compile(r"[,—–(]\s*$")
_COMMENT_AFTER = re.compile(r"^\s*(?:[.!?)”\"]|$)")


class KindCode(StrEnum):
    """What a term's numbers rest on."""

    PUBLISHED_RAW = "published_raw"
    PUBLISHED_RAW_WEAK = "published_raw_weak"
    PUBLISHED_STANDARD_RANGE = "published_standard_range"
    RULE = "rule"
    INTERPOLATION = "interpolation"


class DefaultMode(StrEnum):
    """What a claim under this hedge enters: the scores, the scores with a flag, or no score."""

    SCORE = "score"
    SCORE_FLAG_POSSIBILITY = "score_flag_possibility"
    VERDICT_ONLY = "verdict_only"


# As the table words them; the longer beginning first where one contains the other.
_KINDS = (
    ("published_raw_weak", KindCode.PUBLISHED_RAW_WEAK),
    ("published_raw", KindCode.PUBLISHED_RAW),
    ("published_standard_range", KindCode.PUBLISHED_STANDARD_RANGE),
    ("interpolation (published rule", KindCode.RULE),
    ("interpolation", KindCode.INTERPOLATION),
)


@dataclass(frozen=True)
class HedgeTerm:
    """One phrase of a lexicon: permille of readers' median, 10th and 90th percentile, and mean."""

    phrase: str
    point: int
    low: int
    high: int
    n: int | None
    source: str
    kind: str
    kind_code: KindCode
    score_p: int
    score_p_exact: Decimal
    score_sd: Decimal
    default_mode: DefaultMode
    base_phrase: str = ""
    note: str = ""
    licence_note: str = ""


@dataclass(frozen=True)
class Lexicon:
    version: str
    terms: tuple[HedgeTerm, ...]


@dataclass(frozen=True)
class Band:
    """Permille: low <= point <= high."""

    low: int
    point: int
    high: int


@dataclass(frozen=True)
class Hit:
    """A hedge in a text, by code-point offsets.

    negated: a negation outside the phrase touches it ("could not", "not very likely"), so a coder
    must decide what is affirmed. aside: it stands in an if-clause. comment: it trails the sentence
    (", I think."). clause: number of the clause within the text.
    """

    start: int
    end: int
    term: HedgeTerm
    negated: bool = False
    aside: bool = False
    comment: bool = False
    clause: int = 0


@dataclass(frozen=True)
class Governing:
    """The hedge nearest the event; `stacked`: others stand in its clause; `all`: every hit."""

    term: HedgeTerm
    hit: Hit
    stacked: bool
    all: tuple[Hit, ...]


def parse(rows: Iterable[Mapping[str, str]]) -> tuple[HedgeTerm, ...]:
    """Return the terms of a lexicon table whose numbers are percentages (score_p, score_sd: 0..1).

    Raises BadTable with the fact `lines`: line number (the header is line 1) to sentence.
    """
    terms: list[HedgeTerm] = []
    lines: dict[int, str] = {}
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        try:
            term = _term(row)
        except (KeyError, ValueError) as error:
            lines[line] = (
                f"column {error} is missing" if isinstance(error, KeyError) else str(error)
            )
            continue
        if term.phrase.casefold() in seen:
            lines[line] = f"“{term.phrase}” stands in the table twice"
        seen.add(term.phrase.casefold())
        terms.append(term)
    if lines:
        raise BadTable(field="rows", lines=lines)
    return tuple(terms)


def find(text: str, lexicon: Lexicon) -> tuple[Hit, ...]:
    """Return the hedges of the text in order, each the longest phrase at its place."""
    terms = lexicon.terms
    matcher = _matcher(tuple(term.phrase for term in terms))
    breaks = [found.end() for found in _CLAUSE_END.finditer(text)]
    conditions = [found.span() for found in _CONDITION.finditer(text)]
    hits: list[Hit] = []
    at = 0
    while found := matcher.search(text, at):
        term = terms[int(str(found.lastgroup)[1:])]
        start, end = found.span()
        at = end
        if not is_hedge(term.phrase, text, start, end):
            continue
        after = _COMMENT_AFTER.search(text[end : end + 4])
        comment = bool(after and _COMMENT_BEFORE.search(text[max(0, start - 4) : start]))
        negated = is_negated(term.phrase, text, start, end)
        aside = any(opens <= start < closes for opens, closes in conditions)
        clause = bisect_right(breaks, start)
        hits.append(Hit(start, end, term, negated, aside, comment, clause))
    if len(hits) > 1:
        hits = [hit for hit in hits if not hit.term.phrase.endswith(_ALONE)]
    return tuple(hits)


def governing(hits: tuple[Hit, ...], event_position: int | None = None) -> Governing | None:
    """Return the hedge that governs the event, or None when there is none.

    The event stands at a code-point offset, else in the last clause that is hedged. The last hedge
    before it governs, by the rules of FUTURE, MODALS, FRAMES and ABSTENTIONS. Hedges are never
    multiplied.
    """
    if not hits:
        return None
    clause = _clause_of(hits, event_position)
    own = [hit for hit in hits if hit.clause == clause]
    own = [hit for hit in own if not hit.aside] or own
    pool = own
    if event_position is not None:
        pool = [hit for hit in own if hit.start <= event_position] or own[:1]
    chosen = _chosen(pool)
    doubts = [hit for hit in own if hit.term.phrase not in FUTURE]
    return Governing(chosen.term, chosen, len(doubts) > 1, hits)


def band(term: HedgeTerm) -> Band:
    """Return the readers' range of the term in permille."""
    return Band(term.low, term.point, term.high)


def flagged_possibility(term: HedgeTerm) -> bool:
    """Return whether claims under this term are scored with the flag "names a possibility"."""
    return term.default_mode is DefaultMode.SCORE_FLAG_POSSIBILITY


def scorable(term: HedgeTerm) -> bool:
    """Return whether claims under this term enter scores unless a coder decides otherwise."""
    return term.default_mode is not DefaultMode.VERDICT_ONLY


def _clause_of(hits: tuple[Hit, ...], event_position: int | None) -> int:
    if event_position is None:
        return hits[-1].clause
    before = [hit for hit in hits if hit.start <= event_position]
    return (before[-1] if before else hits[0]).clause


def _chosen(pool: list[Hit]) -> Hit:
    abstained = [hit for hit in pool if hit.term.phrase in ABSTENTIONS]
    if abstained:
        return abstained[0]
    doubts = [hit for hit in pool if hit.term.phrase not in FUTURE]
    doubts = [hit for hit in doubts if not hit.comment] or doubts
    if not doubts:
        return pool[-1]
    stronger = [hit for hit in doubts if hit.term.phrase not in MODALS | FRAMES]
    return stronger[-1] if stronger and doubts[-1].term.phrase in MODALS else doubts[-1]


@lru_cache(maxsize=8)
def _matcher(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(range(len(phrases)), key=lambda n: -len(phrases[n]))
    forms = [f"(?P<t{n}>{pattern(phrases[n])})" for n in longest_first]
    return re.compile("|".join(forms) or r"(?!)", re.IGNORECASE)


def _term(row: Mapping[str, str]) -> HedgeTerm:
    if not row["phrase"].strip() or not row["source"].strip():
        raise ValueError("a term needs a phrase and a source")
    low, point, high = (_permille(row, name) for name in ("low", "point", "high"))
    if not low <= point <= high:
        raise ValueError("low <= point <= high does not hold")
    mean, sd = _share(row, "score_p"), _share(row, "score_sd")
    return HedgeTerm(
        phrase=row["phrase"],
        point=point,
        low=low,
        high=high,
        n=_respondents(row["n_respondents"]),
        source=row["source"],
        kind=row["kind"],
        kind_code=_kind(row["kind"]),
        score_p=round(mean * 1000),
        score_p_exact=mean,
        score_sd=sd,
        default_mode=DefaultMode(row["default_mode"]),
        base_phrase=row["base_phrase"],
        note=row["note"],
        licence_note=row["licence_note"],
    )


def _number(row: Mapping[str, str], name: str) -> Decimal:
    try:
        number = Decimal(row[name])
    except InvalidOperation as error:
        raise ValueError(f"{name} is not a number") from error
    if not number.is_finite():
        raise ValueError(f"{name} is not a number")
    return number


def _permille(row: Mapping[str, str], name: str) -> int:
    number = _number(row, name) * 10
    if not 0 <= number <= 1000 or number != int(number):
        raise ValueError(f"{name} is not a percentage from 0 to 100 with one decimal at most")
    return int(number)


def _share(row: Mapping[str, str], name: str) -> Decimal:
    number = _number(row, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} is not between 0 and 1")
    return number


def _respondents(given: str) -> int | None:
    if not given:
        return None
    if not re.fullmatch(r"\d+(?:\.0+)?", given):
        raise ValueError("n_respondents is not a whole number")
    return int(given.split(".")[0])


def _kind(given: str) -> KindCode:
    for beginning, code in _KINDS:
        if given.startswith(beginning):
            return code
    raise ValueError(f"kind “{given}” is unknown")
