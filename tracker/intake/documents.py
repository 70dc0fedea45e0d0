"""What is read from a captured page, and why one cannot be read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tracker.domain.errors import TrackerError

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Unreadable(TrackerError):
    """The page cannot be read: paste the words that matter."""

    code: ClassVar[str] = "unreadable"


class WrongKind(Unreadable):
    """Only HTML, PDF and plain text can be read: upload one of them, or paste the words."""

    code: ClassVar[str] = "wrong_kind"


class NothingToRead(Unreadable):
    """The page holds no article, only menus or a notice: paste the words from a browser."""

    code: ClassVar[str] = "nothing_to_read"


class LockedDocument(Unreadable):
    """The PDF is locked with a password: upload a copy that is not."""

    code: ClassVar[str] = "locked_document"


class PicturesOnly(Unreadable):
    """The PDF holds pictures of text: upload a copy with recognised text, or paste the words."""

    code: ClassVar[str] = "pictures_only"


class BrokenDocument(Unreadable):
    """The page is damaged or built to break its readers: paste the words that matter."""

    code: ClassVar[str] = "broken_document"


@dataclass(frozen=True)
class Reading:
    """NFC text and what the page says of itself; "", () and None where it does not.

    `canonical_url` is the page's own `rel=canonical`, which may name another site's page; `stated`
    are all addresses that its markup names as its own, the likeliest first. A PDF's `published_on`
    is the day on which the file was made.
    """

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    outlet: str = ""
    canonical_url: str = ""
    language: str = ""
    stated: tuple[str, ...] = ()


def line(text: str) -> str:
    """Return what a page says of itself as one NFC line that any column can hold."""
    plain = storable(text).replace("\ufffd", " ")
    return " ".join(unicodedata.normalize("NFC", plain).split())


def storable(text: str) -> str:
    """Return the text with U+FFFD for every NUL and every lone surrogate, as browsers show them."""
    units = text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace")


def names(text: str) -> tuple[str, ...]:
    """Return the authors of a list divided by semicolons, each once."""
    return tuple(dict.fromkeys(filter(None, map(line, text.split(";")))))


def language(tag: str) -> str:
    """Return the language tag, or "" if it is none."""
    tag = tag.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""
