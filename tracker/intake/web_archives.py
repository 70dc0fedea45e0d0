"""Pages kept by public web archives: what to ask for, and which page of which moment it is.

A Wayback link and a long one of archive.today name page and time. perma.cc's and short ones of
archive.today name only themselves: there the answer says so, in the headers of Memento (RFC 7089)
or in its markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from tracker.domain.addresses import Archive, Archived, at_archive, canonical, unwrap_archive
from tracker.domain.errors import BadAddress, TrackerError
from tracker.intake.fetch import Fetched

_STAMP = re.compile(r"/web/(?:(?P<stamp>\d{1,14})\*?(?:[a-z]{2}_)?/|\*/)?(?=[^/])")
_NEWEST = "2"  # the Wayback Machine fills a time up and goes to the nearest capture
_ORIGINAL = re.compile(r"<([^>]*)>\s*;[^<]*\brel=\"?(?:[^\"<]*\s)?original\b", re.IGNORECASE)


class OriginalUnnamed(TrackerError):
    """The archive does not say which page it keeps: give the source the page's own address."""

    code: ClassVar[str] = "original_unnamed"


class TimeUnnamed(TrackerError):
    """The archive does not say when it kept the page: send the link that has the time in it."""

    code: ClassVar[str] = "time_unnamed"


@dataclass(frozen=True)
class Kept:
    """A page in an archive: its own address, when it was captured, and the archive's link."""

    original: str
    captured_at: datetime
    link: str


def unchanged(link: str) -> str:
    """Return the address at which an archive hands out the page as it was captured.

    The Wayback Machine adds a toolbar and rewrites links unless it is asked for the bare bytes;
    any other link is returned as it is. Raises BadAddress.
    """
    archived = unwrap_archive(link)
    if archived is None or archived.archive is not Archive.WAYBACK:
        return link
    parts = urlsplit(link.strip())
    path = _STAMP.sub(lambda found: f"/web/{found['stamp'] or _NEWEST}id_/", parts.path, count=1)
    return urlunsplit(parts._replace(path=path, fragment=""))


def original_of(link: str, page: Fetched) -> str:
    """Return the page's own address by the link, by where it led, or by the headers; else ""."""
    named = (unwrap_archive(address) for address in (page.final_url, link))
    found = next((one.original for one in named if one and one.original), None)
    return found or _by_header(page)


def kept(link: str, page: Fetched, stated: Iterable[str] = (), *, named: str = "") -> Kept:
    """Return what the archive says of the page; raises OriginalUnnamed or TimeUnnamed.

    `stated` are the addresses that the page's markup names as its own, the likeliest first;
    `named` is what a person has said, for an archive that does not say it.
    """
    words = [_unwrapped(address) for address in (page.final_url, link, *stated)]
    archived = [one for one in words if isinstance(one, Archived)]
    originals = (one.original for one in archived if one.original)
    own = (word for word in words[2:] if isinstance(word, str))
    original = next(originals, None) or _by_header(page) or next(own, "") or named
    if not original:
        raise OriginalUnnamed(field="url")
    times = (one.captured_at for one in archived if one.captured_at)
    captured_at = next(times, None) or _moment(page)
    if captured_at is None:
        raise TimeUnnamed(field="url")
    return Kept(original, captured_at, _replayed(page.final_url))


def _unwrapped(address: str) -> Archived | str | None:
    """What an address says: an archive's link, a page's own address, or nothing."""
    try:
        canonical(address)
        archived = unwrap_archive(address)
        own = not at_archive(address)
    except BadAddress:
        return None
    return archived or (address if own else None)


def _by_header(page: Fetched) -> str:
    for name, value in page.headers:
        if name == "link" and (found := _ORIGINAL.search(value)):
            word = _unwrapped(found[1])
            return word if isinstance(word, str) else ""
    return ""


def _moment(page: Fetched) -> datetime | None:
    said = next((value for name, value in page.headers if name == "memento-datetime"), "")
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _replayed(address: str) -> str:
    """The link that shows the capture to people."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=re.sub(r"^(/web/\d{14})id_/", r"\1/", parts.path)))
