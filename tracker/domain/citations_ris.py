"""RIS out, and what its dates and names mean, as EndNote and Zotero have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracker.domain.citations import ARTICLE, Issued, Reference, bounded

TYPES = {
    ARTICLE: "NEWS",
    "post": "BLOG",
    "webpage": "ELEC",
    "report": "RPRT",
    "broadcast": "VIDEO",
    "interview": "PCOMM",
    "speech": "SLIDE",
    "dataset": "DATA",
}
_DATE = re.compile(r"(\d{4})?(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?", re.ASCII | re.DOTALL)


def to_ris(references: Iterable[Reference]) -> str:
    """Returns the file; a line holds one value, so no value can begin another field."""
    return "".join(
        "".join(f"{tag}  - {value}\r\n" for tag, value in _fields(reference)) + "ER  - \r\n\r\n"
        for reference in references
    )


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[reference.kind]
    singles = {
        "ID": reference.key,
        "TI": reference.title,
        "PB" if reference.publisher else "T2": reference.outlet,
        "PY": reference.issued.exact[:4],
        "DA": _date_out(reference.issued),
        "Y2": _date_out(Issued(reference.accessed)),
        "UR": reference.url,
        "DB": reference.archive,
        "AV": reference.archive_location,
        "LA": reference.language,
    }
    yield from (("AU", _name_out(name)) for name in reference.authors)
    yield from ((tag, value) for tag, value in singles.items() if value)


def _date_out(issued: Issued) -> str:
    """Returns YYYY/MM/DD/words, each part empty where it is not known."""
    if not issued.exact and not issued.literal:
        return ""
    if "/" in issued.exact:
        return f"{issued.exact[:4]}///{issued.exact}"
    year, month, day = (*issued.exact.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/{issued.literal}"


def read_date(given: str) -> Issued:
    """Returns a date of RIS: its day, else its words, else as much of it as there is."""
    found = _DATE.fullmatch(given.strip())
    if not found:
        return Issued.of(None, given)
    year, month, day, words = (part or "" for part in found.groups())
    known = year and (month or not day)
    exact = "-".join(part.zfill(2) for part in (year, month, day) if part) if known else ""
    if words:
        return Issued.of(Issued.of(None, exact).on, words)
    return Issued.of(None, exact or given.strip("/ "))


def _name_out(name: str) -> str:
    """Returns the name; a comma within it is doubled, as EndNote has it, for one would invert."""
    return name.replace(",", ",,", 1)


def read_name(given: str) -> str:
    """Returns "Family, Given, Suffix" in the order in which it is spoken; ",," is a comma."""
    name = bounded(given, "AU")
    if ",," in name:
        return name.replace(",,", ",", 1)
    family, *rest = (part.strip() for part in name.split(",", 2))
    return " ".join(part for part in (*rest[:1], family, *rest[1:]) if part)
