"""What a row of an import says: the columns, and each cell as the value that a claim takes.

A column is named by its place in the body that logs one claim, `speaker.person` or
`proposition.condition.deadline`: one documentation serves both. JSON Lines hold those bodies
themselves. In a table an empty cell says nothing, names and bylines are divided by `|`, and a
leading `'` before = + - @ tab, carriage return or another ' is the mark by which spreadsheets are
kept from computing: it is taken off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeAlias

from tracker.domain.errors import TrackerError, UnknownValue, UnstorableText
from tracker.domain.ids import LARGEST_ID
from tracker.domain.quotes import clean
from tracker.domain.spreadsheets import plain

Reader: TypeAlias = Callable[[Any, bool], Any]
Groups: TypeAlias = dict[str, dict[str, Any]]
LONGEST_KEY = 1_000  # characters of what stands in an index: names, slugs, references
MOST_NAMES = 1_000
TRUE, FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_WHOLE = re.compile(r"[0-9]{1,19}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnknownColumn(TrackerError):
    """There is no such field."""

    code = "unknown_field"


class WrongType(TrackerError):
    """This is not the kind of value that the field takes."""

    code = "invalid"


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read, and what they say; `nullable` in JSON only."""

    name: str
    reads: Reader
    says: str = ""
    nullable: bool = False

    @cached_property
    def place(self) -> tuple[str, str]:
        """The group of the claim's draft that the value belongs to, and its name there."""
        group, _, leaf = self.name.rpartition(".")
        return group, leaf


# --- readers: (value, from a table) -> value, or a TrackerError -----------------------------


def text(value: Any, cell: bool) -> str:
    if not isinstance(value, str):
        raise WrongType("Send text.")
    return clean(plain(value) if cell else value)


def key_text(value: Any, cell: bool) -> str:
    found = text(value, cell)
    if len(found) > LONGEST_KEY:
        raise UnstorableText(f"At most {LONGEST_KEY:,} characters stand here.")
    return found


def day(value: Any, cell: bool) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise WrongType("Write the day as 2016-04-11.")


def moment(value: Any, cell: bool) -> datetime:
    try:
        found = datetime.fromisoformat(text(value, cell))
    except ValueError as error:
        raise WrongType("Write the time as 2016-04-11T09:30:00Z.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def truth(value: Any, cell: bool) -> bool:
    if not cell and isinstance(value, bool):
        return value
    if cell and str(value).casefold() in TRUE | FALSE:
        return str(value).casefold() in TRUE
    raise WrongType("Write true or false.")


def whole(least: int = 0, most: int = LARGEST_ID) -> Reader:
    def read(value: Any, cell: bool) -> int:
        if cell and _WHOLE.fullmatch(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise WrongType(f"Write a whole number from {least} to {most}.")
        return value

    return read


def permille(value: Any, cell: bool) -> int:
    """A probability from 0 to 1 with at most three decimals, in thousandths."""
    try:
        if isinstance(value, bool) or not isinstance(value, str if cell else int | float):
            raise WrongType("A probability is a number from 0 to 1.")
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise WrongType("A probability is a number from 0 to 1, such as 0.8.") from error
    if not found.is_finite() or not 0 <= found <= 1:
        raise WrongType("A probability lies between 0 and 1.")
    if found.scaleb(3) != found.scaleb(3).to_integral_value():
        raise WrongType("A probability has at most three decimals.")
    return int(found.scaleb(3))


def one_of(*values: str, blank: bool = False) -> Reader:
    allowed = frozenset(values) | ({""} if blank else set())

    def read(value: Any, cell: bool) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise UnknownValue(f"It takes one of: {', '.join(values)}.")
        return value

    return read


def names(value: Any, cell: bool) -> tuple[str, ...]:
    given = [name.strip() for name in text(value, True).split("|")] if cell else value
    if not isinstance(given, list) or len(given) > MOST_NAMES:
        raise WrongType("Send a list of names.")
    return tuple(key_text(name, False) for name in given if name or not cell)


def hops(value: Any, cell: bool) -> tuple[dict[str, Any], ...]:
    """The hops of a relay: in a table as JSON, [{"mode": "direct_quote", "outlet": "The Wire"}]."""
    if cell:
        try:
            value = json.loads(text(value, cell))
        except (ValueError, RecursionError) as error:
            raise WrongType('Write hops as JSON: [{"mode": "direct_quote"}].') from error
    if not isinstance(value, list) or len(value) > MOST_NAMES:
        raise WrongType("Send a list of hops.")
    return tuple(_hop(one) for one in value)


def _hop(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict) or not {"mode"} <= given.keys() <= {"mode", "outlet", "channel"}:
        raise WrongType("A hop has a mode, and may have an outlet and a channel.")
    outlet = given.get("outlet")
    called = {"name": outlet} if isinstance(outlet, str) else outlet
    if not isinstance(called, dict | None) or not (called or {}).keys() <= ORGANISATION.keys():
        raise WrongType("An outlet is a name, or an object with name, slug, kind, aliases.")
    found = {n: ORGANISATION[n](value, False) for n, value in (called or {}).items()}
    channel = text(given.get("channel", ""), False)
    return {"mode": text(given["mode"], False), "channel": channel, "outlet": found or None}


ORGANISATION: dict[str, Reader] = {
    "name": key_text,
    "slug": key_text,
    "kind": text,
    "aliases": names,
}
PERSON: dict[str, Reader] = {"name": key_text, "slug": key_text, "aliases": names}


# --- the readings of whole rows --------------------------------------------------------------


@dataclass(frozen=True)
class Layout:
    """The columns by name, and the names of those that only tell and are passed over."""

    columns: Mapping[str, Column]
    ignored: frozenset[str] = frozenset()

    def column(self, name: str) -> Column | None:
        """Return the column, None for one that only tells; raises UnknownColumn, with the nearest.

        A person or an organisation may go by `speaker.person` alone.
        """
        found = self.columns.get(name) or self.columns.get(f"{name}.name")
        found = found or self.columns.get(f"{name}.point")
        if found or name in self.ignored:
            return found
        near = get_close_matches(name, self.columns, 1, 0.75)
        raise UnknownColumn(
            f"There is no column “{name[:80]}”" + (f"; {near[0]}?" if near else "."), field=name
        )

    def of_cells(
        self, header: list[Column | None], cells: list[str]
    ) -> tuple[Groups, list[TrackerError]]:
        """Return what a row of a table says, by groups of the draft, and what is wrong with it."""
        groups: Groups = {}
        wrong: list[TrackerError] = []
        for column, cell in zip(header, cells, strict=True):
            if cell and column:
                _take(groups, wrong, column, cell, True)
        return groups, wrong

    def of_body(self, body: Any) -> tuple[Groups, list[TrackerError]]:
        """Return the same of a body as JSON has it."""
        groups: Groups = {}
        wrong: list[TrackerError] = []
        if not isinstance(body, dict):
            return groups, [WrongType("A line is one object, in braces.")]
        self._walk(body, "", groups, wrong)
        return groups, wrong

    def _walk(
        self, body: dict[str, Any], before: str, groups: Groups, wrong: list[TrackerError]
    ) -> None:
        for name, value in body.items():
            path = f"{before}{name}"
            column = self.columns.get(path)
            if column:
                _take(groups, wrong, column, value, False)
            elif path in self.objects and isinstance(value, dict):
                groups.setdefault(path, {})
                self._walk(value, f"{path}.", groups, wrong)
            elif path in self.objects and value is None and path not in NEEDED:
                continue
            elif short := (self.columns.get(f"{path}.name") or self.columns.get(f"{path}.point")):
                _take(groups, wrong, short, value, False)
            elif path not in self.ignored:
                known = path in self.objects
                message = "Send an object." if known else "There is no such field."
                wrong.append((WrongType if known else UnknownColumn)(message, field=path[:200]))

    @cached_property
    def objects(self) -> frozenset[str]:
        """The names under which columns stand in an object of their own."""
        steps = [name.split(".") for name in self.columns]
        return frozenset(".".join(own[:n]) for own in steps for n in range(1, len(own)))


NEEDED = frozenset({"source", "snapshot", "quotation", "speaker"})


def _take(
    groups: Groups, wrong: list[TrackerError], column: Column, value: Any, cell: bool
) -> None:
    if value is None and column.nullable and not cell:
        return
    group, leaf = column.place
    try:
        groups.setdefault(group, {})[leaf] = column.reads(value, cell)
    except TrackerError as error:
        error.field = column.name
        wrong.append(error)
