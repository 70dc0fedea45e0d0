"""Feeds after Atom (RFC 4287): entries whose ids stay, whatever becomes of what they tell of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """One thing to tell; `updated` moves when it is told anew, `uuid` never."""

    uuid: UUID
    title: str
    text: str
    address: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """What is told at an address, the newest first."""

    address: str
    title: str
    author: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


def lasting(uuid: UUID, aspect: str) -> UUID:
    """Returns the id of an aspect of a record, the same for every version of it."""
    return uuid5(uuid, aspect)


def to_atom(feed: Feed) -> bytes:
    """Returns the document; the same feed gives the same bytes, whenever it is asked for."""
    root = Element(f"{{{ATOM}}}feed")
    _text(root, "id", feed.address)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _link(root, "self", feed.address)
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    for entry in feed.entries:
        _entry(root, entry)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Element, entry: Entry) -> None:
    found = SubElement(root, f"{{{ATOM}}}entry")
    _text(found, "id", f"urn:uuid:{entry.uuid}")
    _text(found, "title", entry.title)
    _text(found, "published", _moment(entry.published))
    _text(found, "updated", _moment(entry.updated))
    _link(found, "alternate", entry.address)
    _categories(found, entry.categories)
    _text(found, "content", entry.text).set("type", "text")


def _categories(parent: Element, names: Sequence[str]) -> None:
    for name in names:
        SubElement(parent, f"{{{ATOM}}}category", term=_writable(name))


def _text(parent: Element, name: str, text: str) -> Element:
    found = SubElement(parent, f"{{{ATOM}}}{name}")
    found.text = _writable(text)
    return found


def _link(parent: Element, relation: str, address: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", rel=relation, href=_writable(address))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
