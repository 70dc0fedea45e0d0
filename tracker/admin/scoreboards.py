"""The scoreboard: everybody by what may be said of them and by name, never from 1 to N."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from tracker.actions.scoreboards import Board, Row, scoreboard
from tracker.actions.scores import Subject
from tracker.admin.claim_filters import NOUNS
from tracker.admin.drawings import signed
from tracker.admin.pictures import Shown, shown_on
from tracker.admin.searches import named_like
from tracker.admin.steps import day
from tracker.domain.distributions import Interval
from tracker.domain.ranking import Tier
from tracker.domain.spreadsheets import neutral
from tracker.domain.thresholds import MIN_EVENTS_FOR_A_NUMBER, MIN_EVENTS_FOR_A_TIER
from tracker.models import Proposition, Topic
from tracker.models.moments import reading
from tracker.models.selections import Selection

DAYS = ("said_from", "said_to", "resolved_from", "resolved_to")

HEADINGS = {
    Tier.CLAIMS_ONLY: "Insufficient",
    Tier.UNRANKED: "Unranked",
    Tier.BETTER: "Better than the base rate",
    Tier.NOT_DISTINGUISHABLE: "Not distinguishable from the base rate",
    Tier.WORSE: "Worse than the base rate",
}
EXPLAINED = {
    Tier.CLAIMS_ONLY: f"Fewer than {MIN_EVENTS_FOR_A_NUMBER} resolved events make no number:"
    " read the claims.",
    Tier.UNRANKED: f"{MIN_EVENTS_FOR_A_NUMBER} to {MIN_EVENTS_FOR_A_TIER - 1} resolved events, or"
    " more noise than signal: a number with its interval, greyed and without a rank.",
    Tier.BETTER: "With a probability of 95 % or more.",
    Tier.NOT_DISTINGUISHABLE: "Enough events, and no clear difference.",
    Tier.WORSE: "With a probability of 95 % or more.",
}


@dataclass(frozen=True)
class Link:
    """One choice among several, with how many it leads to."""

    words: str
    address: str
    chosen: bool
    n: int | None = None


@dataclass(frozen=True)
class Line:
    """One subject in words; figures are "" where the events make none."""

    name: str
    address: str
    events: int
    scored: int
    claims: int
    improvement: str = ""
    interval: str = ""
    readers: str = ""
    shrunken: str = ""


@dataclass(frozen=True)
class Group:
    """The subjects of one tier on this page, by name."""

    key: str
    heading: str
    explained: str
    faint: bool
    numbered: bool
    lines: Sequence[Line]


@dataclass(frozen=True)
class BoardPage:
    """All that the page shows."""

    kinds: Sequence[Link]
    standings: Sequence[Link]
    groups: Sequence[Group]
    pictures: Sequence[Shown]
    words: str
    form: FilterForm
    filtered: bool
    everything: str
    kind: str
    standing: str
    page: int
    pages: int
    file: str
    earlier: str
    later: str


@dataclass(frozen=True)
class Asked:
    """What an address of the board asks for; what there is not is passed over."""

    subject: Subject
    only: Tier | None
    words: str
    page: int
    filters: Mapping[str, str]
    claims: Selection

    @classmethod
    def by(cls, request: HttpRequest) -> Asked:
        asked = request.GET
        given, tier = asked.get("kind", ""), asked.get("standing", "")
        number = asked.get("page", "1")
        counted = number.isascii() and number.isdecimal() and len(number) < 7
        days: dict[str, Any] = {name: on for name in DAYS if (on := _day(asked.get(name, "")))}
        topic = _topic(asked.get("topic", ""))
        about = {"topic": str(topic)} if topic else {}
        return cls(
            subject=Subject(given) if given in set(Subject) else Subject.PEOPLE,
            only=Tier(tier) if tier in set(Tier) else None,
            words=asked.get("q", "").strip().replace("\0", ""),
            page=int(number) if counted else 1,
            filters=about | {name: on.isoformat() for name, on in days.items()},
            claims=Selection(topic=topic, **days),
        )

    @property
    def query(self) -> dict[str, str]:
        """What the address says, but for the page."""
        only = self.only.value if self.only else ""
        return {"kind": self.subject.value, "standing": only, "q": self.words, **self.filters}

    def board(self) -> Board:
        """The page of the board, of the claims that are asked for."""
        seen = _sought(self.subject, self.words)
        with reading(only=self.claims):
            return scoreboard(self.subject, seen, only=self.only, page=self.page)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _topic(given: str) -> int | None:
    """The number of a topic that there is."""
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        return None
    return Topic.objects.filter(pk=given).values_list("pk", flat=True).first()


class FilterForm(forms.Form):
    """Which claims count: on a topic and all below it, said and published between two days."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        required=False,
        widget=AutocompleteSelect(Proposition._meta.get_field("topic"), admin.site),
    )
    said_from = day("Said from")
    said_to = day("Said until")
    resolved_from = day("Resolved from")
    resolved_to = day("Resolved until")


FILE = (
    *("kind", "key", "name", "standing", "claims", "events", "scored_claims"),
    *("improvement", "improvement_low", "improvement_high"),
    *("readers_low", "readers_high", "shrunken"),
)


def board_file(request: HttpRequest) -> str:
    """The page that is seen, as CSV; figures are empty where the events make none."""
    asked = Asked.by(request)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(FILE)
    for row in asked.board().rows:
        standing = row.standing
        known = [asked.subject.value, row.record.id, neutral(standing.name), standing.tier.value]
        counts = [row.claims, standing.events, standing.n]
        writer.writerow([*known, *counts, *(_plain(figure) for figure in _figures(row))])
    return file.getvalue()


def _figures(row: Row) -> list[float | None]:
    standing, score = row.standing, row.record.score
    if not standing.numbered or score is None:
        return [None] * 6
    limits = [standing.interval, standing.readers]
    ends = [end for given in limits for end in ((given.low, given.high) if given else (None, None))]
    shrunken = score.shrunken.score if score.shrunken and not standing.faint else None
    return [standing.mean, *ends, shrunken]


def _plain(figure: Any) -> str:
    return "" if figure is None else f"{float(figure):.6f}"


def board_page(request: HttpRequest) -> BoardPage:
    """The page of this address."""
    asked = Asked.by(request)
    subject, only, words, query = asked.subject, asked.only, asked.words, asked.query
    board = asked.board()
    numbered = any(row.standing.numbered for row in board.rows)
    # A search for a name is not part of the picture's address: it would show others.
    drawn = numbered and not words
    told = f"?{urlencode(asked.filters)}" if asked.filters else ""
    picture = shown_on(request, "caterpillar", board.picture, subject.value, query=told)
    return BoardPage(
        kinds=[
            Link(_named(kind), _at(query, kind=kind.value, standing=""), kind is subject)
            for kind in NOUNS
        ],
        standings=list(_standings(board, only, query)),
        groups=list(_groups(board)),
        pictures=[picture] if drawn else [],
        words=words,
        form=FilterForm(initial=dict(asked.filters)),
        filtered=bool(asked.filters),
        everything=_at({"kind": subject.value}),
        kind=subject.value,
        standing=query["standing"],
        page=board.page,
        pages=board.pages,
        file=reverse("admin:tracker_scoreboard_export") + _at(query, page=board.page),
        earlier=_at(query, page=board.page - 1) if board.page > 1 else "",
        later=_at(query, page=board.page + 1) if board.page < board.pages else "",
    )


def _named(subject: Subject) -> str:
    return subject.value.capitalize()


def _sought(subject: Subject, words: str) -> QuerySet[Any]:
    everyone: QuerySet[Any] = NOUNS[subject].objects.all()
    if not words:
        return everyone
    if subject is Subject.TOPICS:
        return everyone.filter(name__icontains=words)
    return named_like(everyone, words)


def _at(query: dict[str, str], **changes: str | int) -> str:
    kept = {name: value for name, value in {**query, **changes}.items() if value}
    return f"?{urlencode(kept)}"


def _standings(board: Board, only: Tier | None, query: dict[str, str]) -> Iterator[Link]:
    """The tiers that hold anybody, and all of them together."""
    total = sum(board.counts.values())
    yield Link("All", _at(query, standing=""), only is None, total)
    for tier, n in board.counts.items():
        if n or tier is only:
            yield Link(HEADINGS[tier], _at(query, standing=tier.value), tier is only, n)


def _groups(board: Board) -> Iterator[Group]:
    for tier in board.counts:
        rows = [row for row in board.rows if row.standing.tier is tier]
        if rows:
            yield Group(
                key=tier.value,
                heading=HEADINGS[tier],
                explained=EXPLAINED[tier],
                faint=rows[0].standing.faint,
                numbered=rows[0].standing.numbered,
                lines=[_line(board.subject, row) for row in rows],
            )


def _line(subject: Subject, row: Row) -> Line:
    standing, record = row.standing, row.record
    noun = NOUNS[subject]._meta.model_name
    page = reverse(f"admin:tracker_{noun}_change", args=[record.id])
    line = Line(standing.name, page, standing.events, standing.n, row.claims)
    if not standing.numbered or record.score is None:
        return line
    shrunken = record.score.shrunken
    shown = shrunken.score if shrunken and not standing.faint else None
    return Line(
        **{name: getattr(line, name) for name in ("name", "address", "events", "scored", "claims")},
        improvement=signed(standing.mean),
        interval=_range(standing.interval),
        readers=_range(standing.readers),
        shrunken=signed(shown) if shown is not None else "",
    )


def _range(given: Interval | None) -> str:
    return f"{signed(given.low)} to {signed(given.high)}" if given else "–"
