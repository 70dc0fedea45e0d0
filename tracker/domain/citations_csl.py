"""CSL-JSON, as citation processors and Zotero read and write it (CSL 1.0.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.domain.citations import (
    BadCitation,
    Entry,
    Issued,
    Reference,
    bounded,
    counted,
    listed,
    named_entry,
)

Json = dict[str, Any]
_READ = frozenset(
    {"id", "type", "title", "author", "container-title", "publisher", "issued", "accessed"}
    | {"URL", "archive", "archive_location", "language"}
)
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
# A name's parts in the order in which they are spoken.
_NAME = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")


def to_csl(reference: Reference) -> Json:
    """Returns the item; what is not known is left out."""
    item: Json = {
        "id": reference.key,
        "type": reference.kind,
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "publisher" if reference.publisher else "container-title": reference.outlet,
        "issued": _date_out(reference.issued),
        "accessed": _date_out(Issued(reference.accessed)),
        "URL": reference.url,
        "archive": reference.archive,
        "archive_location": reference.archive_location,
        "language": reference.language,
    }
    return {name: value for name, value in item.items() if value}


def read_csl(items: object) -> tuple[Entry, ...]:
    """Returns the entries of an item, a list of items, or Zotero's `{"items": [...]}`.

    Raises BadCitation, naming entry and field.
    """
    if isinstance(items, Mapping):
        inner = items.get("items")
        items = inner if isinstance(inner, list) else [items]
    if not isinstance(items, list):
        raise BadCitation("CSL-JSON is an item, or a list of items.")
    counted(len(items))
    entries = []
    for number, item in enumerate(items):
        found = item if isinstance(item, Mapping) else {}
        with named_entry(number, str(found.get("id", ""))):
            entries.append(_entry(item))
    return tuple(entries)


def _entry(item: object) -> Entry:
    if not isinstance(item, Mapping):
        raise BadCitation("An item is an object.")
    outlet, unused = _text(item, "container-title"), "publisher"
    if not outlet:
        outlet, unused = _text(item, "publisher"), "container-title"
    reference = Reference.of(
        key=_key(item),
        kind=_text(item, "type"),
        title=_text(item, "title"),
        authors=_authors(item.get("author") or []),
        outlet=outlet,
        issued=_date_in(item.get("issued"), "issued"),
        accessed=_date_in(item.get("accessed"), "accessed").on,
        url=_text(item, "URL"),
        archive=_text(item, "archive"),
        archive_location=_text(item, "archive_location"),
        language=_text(item, "language"),
    )
    ignored = {str(name)[:80] for name in item if name not in _READ}
    if item.get(unused):
        ignored.add(unused)
    return Entry(reference, tuple(sorted(ignored)))


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadCitation(f"{name} is text.", field=name)
    return bounded(value, name)


def _key(item: Mapping[str, Any]) -> str:
    given = item.get("id", "")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)[:80]
    return _text(item, "id")


def _authors(names: object) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, Mapping) for name in names):
        raise BadCitation("author is a list of names.", field="author")
    return [_author(name) for name in listed(names, "author")]


def _author(name: Mapping[str, Any]) -> str:
    parts = [name.get(part) or "" for part in (("literal",) if name.get("literal") else _NAME)]
    if not all(isinstance(part, str) for part in parts):
        raise BadCitation("The parts of a name are text.", field="author")
    return bounded(" ".join(part for part in parts if part), "author")


def _date_out(issued: Issued) -> Json:
    found: Json = {}
    if issued.exact:
        days = issued.exact.split("/")
        found["date-parts"] = [[int(part) for part in day.split("-")] for day in days]
    if issued.literal:
        found["literal"] = issued.literal
    return found


def _date_in(value: object, field: str) -> Issued:
    """Returns a CSL date: its parts, else its words; a season and "circa" are words."""
    if value in (None, "", {}):
        return Issued()
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        raise BadCitation(f"{field} is a date: {{'date-parts': [[2016, 4, 11]]}}.", field=field)
    words = _text(value, "literal") or _text(value, "raw")
    parts = value.get("date-parts")
    if not parts:
        return Issued.of(None, words)
    exact = _exact(parts, field)
    if words:
        return Issued.of(Issued.of(None, exact).on, words)
    if season := _season(value.get("season")):
        return Issued.of(None, f"{season} {exact}")
    return Issued.of(None, f"circa {exact}" if value.get("circa") else exact)


def _exact(parts: object, field: str) -> str:
    wrong = BadCitation(
        f"{field} has one or two days of one to three numbers: [[2016, 4, 11]].", field=field
    )
    if not isinstance(parts, list) or len(parts) > 2:
        raise wrong
    try:
        return "/".join(_day(day) for day in parts)
    except (TypeError, ValueError) as error:
        raise wrong from error


def _day(parts: Sequence[Any]) -> str:
    """Returns [2016, 4] as 2016-04; raises ValueError or TypeError where it is no date."""
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        raise TypeError(parts)
    if any(isinstance(part, bool | float) or len(str(part)) > 4 for part in parts):
        raise TypeError(parts)
    numbers = [int(part) for part in parts]
    padded = date(*(*numbers, 1, 1)[:3])
    return padded.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def _season(given: object) -> str:
    number = str(given)
    if number in ("1", "2", "3", "4"):
        return _SEASONS[int(number) - 1]
    return number.title() if isinstance(given, str) and given.isalpha() else ""
