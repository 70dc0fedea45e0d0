"""References: what reference managers know of a source, one value for CSL, BibTeX and RIS.

Names are kept as they are printed: nobody guesses which part of a byline is the family name.
Dates may be imprecise: a day, a month, a year, a range of them, or only words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote

from tracker.domain.deadlines import date_span
from tracker.domain.errors import TrackerError
from tracker.domain.quotes import clean

Name = TypeVar("Name")
MOST_ENTRIES = 1_000
MOST_NAMES = 1_000  # of one entry
LONGEST_VALUE = 10_000  # code points; no title, name or address comes near it


class Format(StrEnum):
    """How references are written down, by the name of it in addresses."""

    CSL = "csl"
    BIBTEX = "bibtex"
    RIS = "ris"


MEDIA_TYPES = {
    Format.CSL: "application/vnd.citationstyles.csl+json",
    Format.BIBTEX: "application/x-bibtex",
    Format.RIS: "application/x-research-info-systems",
}

# CSL's types that sources have; those whose outlet publishes rather than contains them.
ARTICLE = "article-newspaper"
KINDS = frozenset(
    {ARTICLE, "post", "broadcast", "interview", "report", "speech", "webpage", "dataset"}
)
PUBLISHED = frozenset({"interview", "report", "speech", "dataset"})
# Other types of CSL 1.0.2, taken for the nearest that sources have.
_NEAREST = {
    **dict.fromkeys(("article", "article-journal", "article-magazine", "review"), ARTICLE),
    **dict.fromkeys(("book", "chapter", "thesis", "paper-conference", "manuscript"), "report"),
    **dict.fromkeys(("pamphlet", "document"), "report"),
    **dict.fromkeys(("motion_picture", "song"), "broadcast"),
    **dict.fromkeys(("post-weblog", "personal_communication"), "post"),
}
_UNSAFE_IN_ADDRESS = re.compile(r"[^!#-;=?-\[\]_a-z~]")
_BREAKS = re.compile("[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadCitation(TrackerError):
    """The file cannot be read as citations: the entry and the field at fault are named."""

    code = "bad_citation"


@dataclass(frozen=True)
class Issued:
    """When a source appeared: a day, or words where it is not a single one, or both."""

    on: date | None = None
    words: str = ""

    @classmethod
    def of(cls, on: date | None, words: str) -> Issued:
        """Returns the date with words only where they say more than the day."""
        words = plain(words)
        moment = _MOMENT.fullmatch(words)
        if on is None and moment and (span := date_span(moment[1])):
            on, words = span.last, ""
        if on and words in {f"{on}", f"{on}"[:7], f"{on}"[:4]}:
            words = ""
        return cls(on, words)

    @property
    def exact(self) -> str:
        """The date in ISO 8601: a day, a month, a year or a range of them; empty for words."""
        if self.on:
            return self.on.isoformat()
        known = date_span(self.words) if _DATES.fullmatch(self.words) else None
        return self.words if known else ""

    @property
    def literal(self) -> str:
        """The words, where they say what `exact` does not."""
        return "" if self.words == self.exact else self.words


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_ONE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_DATES = re.compile(rf"{_ONE}(?:/{_ONE})?", re.ASCII)


@dataclass(frozen=True)
class Reference:
    """A source as reference managers exchange it; absent text is empty."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...] = ()
    outlet: str = ""
    issued: Issued = Issued()
    accessed: date | None = None
    url: str = ""
    archive: str = ""
    archive_location: str = ""
    language: str = ""

    @property
    def publisher(self) -> bool:
        """Whether the outlet publishes this source, rather than contains it."""
        return self.kind in PUBLISHED

    @classmethod
    def of(
        cls,
        *,
        key: str,
        kind: str,
        title: str,
        authors: Iterable[str] = (),
        issued: Issued = Issued(),
        accessed: date | None = None,
        url: str = "",
        **texts: str,
    ) -> Reference:
        """Returns the reference on one line a value, with an address that is one."""
        return cls(
            plain(key),
            kind_of(kind),
            plain(title),
            tuple(name for name in map(plain, authors) if name),
            issued=issued,
            accessed=accessed,
            url=address(url),
            **{name: plain(text) for name, text in texts.items()},
        )


@dataclass(frozen=True)
class Entry:
    """One entry of a file: its reference, and the fields that the tracker does not keep."""

    reference: Reference
    ignored: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Returns the text in NFC on one line, without control characters and blanks at its ends."""
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", text)).strip()


def address(url: str) -> str:
    """Returns the address with everything encoded that no URI may hold (RFC 3986)."""
    return _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url.strip())


def kind_of(name: str) -> str:
    """Returns the kind of source that a CSL type stands for; raises BadCitation."""
    kind = name if name in KINDS else _NEAREST.get(name)
    if kind is None:
        names = ", ".join(sorted(KINDS))
        raise BadCitation(
            f"“{name[:40]}” is no type of source; it is one of: {names}.", field="type"
        )
    return kind


def key_of(uuid: object) -> str:
    """Returns the key by which a source is cited: the same for ever, here and elsewhere."""
    return f"source-{uuid}"


def bounded(value: str, field: str) -> str:
    """Returns the value of a field in NFC; raises BadCitation where it is too long to be one."""
    if len(value) > LONGEST_VALUE:
        raise BadCitation(f"The field is longer than {LONGEST_VALUE:,} characters.", field=field)
    return clean(value, field=field)


def counted(entries: int) -> None:
    """Raises BadCitation for a file without entries, or with more than are taken at once."""
    if not entries:
        raise BadCitation("There is no entry in this file.")
    if entries > MOST_ENTRIES:
        raise BadCitation(f"A file holds {MOST_ENTRIES:,} entries at most: send it in parts.")


def listed(names: Sequence[Name], field: str) -> Sequence[Name]:
    """Returns the names of one entry; raises BadCitation where they are too many to be authors."""
    if len(names) > MOST_NAMES:
        raise BadCitation(f"An entry has {MOST_NAMES:,} authors at most.", field=field)
    return names


@contextmanager
def named_entry(number: int, key: str) -> Iterator[None]:
    """Adds to every refusal within which entry it was, counted from 0 in the field's name."""
    try:
        yield
    except TrackerError as error:
        who = f"Entry {number + 1}" + (f" ({key[:80]})" if key else "")
        place = f"{number}.{error.field}" if error.field else str(number)
        raise type(error)(f"{who}: {error.message}", field=place, **error.facts) from error
