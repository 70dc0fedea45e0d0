"""Addresses of web pages: one page has many, and `canonical` gives them one form.

Two addresses with the same canonical form are taken for the same page. The form is for comparing
and storing, not for fetching. It drops what does not choose the page:

- the scheme (all become https), credentials, the default ports and the fragment;
- the hosts' prefixes www., m., mobile., amp. (en.m.wikipedia.org too), a final dot, upper case;
- AMP: /amp at either end of the path, .amp.html, ?amp, and the wrappers of Google's AMP cache;
- parameters that track the reader, and the order of the others (repeated ones keep theirs);
- the path's final slash and dot segments, and needless percent-encoding (RFC 3986, 6.2.2).

It keeps the path's upper and lower case, doubled slashes, other ports, and parameters it does not
know: to take one page for two is mended by a merge, to take two for one hides evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit, urlunsplit

import idna
from tld import get_fld

from tracker.domain.errors import BadAddress

LONGEST = 2_000
_PORTS = frozenset({None, 80, 443})
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\\]")
_READER_HOSTS = frozenset({"www", "m", "mobile", "amp"})
# Names as the vendors document them; the list only grows, for it decides which pages are one.
_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh"
    r"|mc_cid|mc_eid|mkt_tok|_ga|_gl|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id|s_cid|cmpid|cmp"
    r"|ocid|ncid|smid|ref_src|ref_url|guccounter|guce_referrer|guce_referrer_sig|at_medium"
    r"|at_campaign|xtor|__twitter_impression|amp|amp_js_v|usqp",
    re.IGNORECASE,
)
_RESERVED = "!$&'()*+,;=:@/"
_AMP_CACHE = re.compile(r"/[cviar]/(?P<secure>s/)?(?P<page>.+)")
_GOOGLE_AMP = re.compile(r"/amp/(?P<secure>s/)?(?P<page>.+)")

_WAYBACK_HOSTS = frozenset({"web.archive.org", "archive.org", "www.archive.org"})
_TODAY_HOSTS = frozenset(f"archive.{end}" for end in ("today", "ph", "is", "li", "vn", "fo", "md"))
_WAYBACK = re.compile(r"/web/(?:(?P<stamp>\d{1,14})\*?(?:[a-z]{2}_)?/|\*/)?(?P<page>[^/].*)", re.S)
_TODAY = re.compile(
    r"/(?:(?P<stamp>\d{4}[\d.-]*)/|newest/|oldest/|timegate/|o/\w+/)?(?P<page>https?:/.+)", re.S
)
_SHORT = re.compile(r"/\w{4,6}(?:/[\w-]*)?")


class Archive(StrEnum):
    """A public web archive whose links name the page they keep, or at least themselves."""

    WAYBACK = "wayback"
    ARCHIVE_TODAY = "archive_today"
    PERMA = "perma"


@dataclass(frozen=True)
class Archived:
    """What an archive's link says of the page: None where the link does not say it."""

    original: str | None
    captured_at: datetime | None
    archive: Archive


def canonical(url: str) -> str:
    """Return the one form of all addresses of a page; raises BadAddress if it is none."""
    parts = _split(url)
    inner = _amp_wrapped(parts)
    if inner:
        parts = _split(inner)
    host = _plain_host(_host(parts))
    port = _port(parts)
    path = _path(parts.path)
    query = _query(parts.query)
    authority = f"[{host}]" if ":" in host else host
    authority += "" if port in _PORTS else f":{port}"
    return f"https://{authority}{path}" + (f"?{query}" if query else "")


def at_archive(url: str) -> bool:
    """Return whether the address is on the site of a public web archive; raises BadAddress."""
    host = _host(_split(url)).removeprefix("www.")
    return host in _WAYBACK_HOSTS | _TODAY_HOSTS | {"perma.cc"}


def bare(url: str) -> str:
    """Return the address as it was found, less what is one reader's own: credentials, fragment.

    Raises BadAddress.
    """
    parts = _split(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def same_site(one: str, other: str) -> bool:
    """Return whether two addresses are under one registrable name; raises BadAddress.

    Names are registrable by the Public Suffix List with its private part, so that two blogs of one
    provider are two sites; a host that the list does not know is a site of its own.
    """
    return _site(one) == _site(other)


def is_front_page(url: str) -> bool:
    """Return whether this is a site's first page, which careless pages name as their own."""
    parts = urlsplit(canonical(url))
    return parts.path == "/" and not parts.query


def _site(url: str) -> str:
    form = canonical(url)
    name = get_fld(form, fail_silently=True, search_private=True)
    return name or urlsplit(form).netloc


def unwrap_archive(url: str) -> Archived | None:
    """Return the page and time that an archive's link names, or None for any other address.

    Only a full time stamp is the time of the capture: a shorter one leads to the nearest.
    Raises BadAddress.
    """
    parts = _split(url)
    host = _host(parts)
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    if host in _WAYBACK_HOSTS and (found := _WAYBACK.fullmatch(rest)):
        return Archived(_original(found["page"]), _stamp(found["stamp"]), Archive.WAYBACK)
    if host in _TODAY_HOSTS and (found := _TODAY.fullmatch(rest)):
        return Archived(_original(found["page"]), _stamp(found["stamp"]), Archive.ARCHIVE_TODAY)
    if host in _TODAY_HOSTS and _SHORT.fullmatch(parts.path):
        return Archived(None, None, Archive.ARCHIVE_TODAY)
    if host.removeprefix("www.") == "perma.cc" and parts.path.strip("/"):
        return Archived(None, None, Archive.PERMA)
    return None


def _split(url: str) -> SplitResult:
    url = url.strip()
    if not url or len(url) > LONGEST or _UNSEEN.search(url):
        raise BadAddress(field="url")
    try:
        url.encode()
        parts = urlsplit(url)
    except ValueError as error:  # lone surrogates, unclosed IPv6 brackets
        raise BadAddress(field="url") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadAddress(field="url")
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    try:
        if ":" in host:
            return IPv6Address(host).compressed
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode()
    except (AddressValueError, idna.IDNAError) as error:
        raise BadAddress(field="url") from error
    if not _HOST.fullmatch(host) or ".." in host:
        raise BadAddress(field="url")
    return host


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise BadAddress(field="url") from error


def _plain_host(host: str) -> str:
    labels = host.split(".")
    # "m.com" is a site of its own: a prefix leaves a name with a dot behind it.
    while len(labels) > 2 and labels[0] in _READER_HOSTS:
        labels = labels[1:]
    if len(labels) > 3 and labels[1] == "m":
        del labels[1]
    return ".".join(labels)


def _amp_wrapped(parts: SplitResult) -> str:
    host = _host(parts)
    wrapper = None
    if host.endswith(".cdn.ampproject.org"):
        wrapper = _AMP_CACHE.fullmatch(parts.path)
    elif _plain_host(host) == "google.com":
        wrapper = _GOOGLE_AMP.fullmatch(parts.path)
    if not wrapper:
        return ""
    return f"https://{wrapper['page']}" + (f"?{parts.query}" if parts.query else "")


def _path(path: str) -> str:
    segments: list[str] = []
    for segment in _encoded(path, _RESERVED).split("/")[1:]:
        if segment == ".." and segments:
            segments.pop()
        elif segment not in {".", ".."}:
            segments.append(segment)
    while segments and not segments[-1]:
        segments.pop()
    return "/" + "/".join(_without_amp(segments))


def _without_amp(segments: list[str]) -> list[str]:
    while len(segments) > 1 and segments[-1] == "amp":
        segments = segments[:-1]
    while len(segments) > 1 and segments[0] == "amp":
        segments = segments[1:]
    if segments:
        last = re.sub(r"(?<=.)\.amp(?:\.html)?$", "", segments[-1])
        ends_html = segments[-1] != last and segments[-1].endswith(".html")
        segments = [*segments[:-1], last + ".html" * ends_html]
    return segments


def _query(query: str) -> str:
    pairs = [pair.partition("=") for pair in _encoded(query, _RESERVED + "?").split("&") if pair]
    kept = [
        pair
        for pair in pairs
        if not _TRACKING.fullmatch(pair[0]) and (pair[0].lower(), pair[2]) != ("outputtype", "amp")
    ]
    return "&".join("".join(pair) for pair in sorted(kept, key=lambda pair: pair[0]))


def _encoded(text: str, keep: str) -> str:
    """Return the text with percent-encoding only, and wherever, it is needed."""
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(
        _unescaped(piece) if n % 2 else quote(piece, safe=keep) for n, piece in enumerate(pieces)
    )


def _unescaped(escape: str) -> str:
    # quote() leaves exactly RFC 3986's unreserved characters as they are.
    return quote(unquote_to_bytes(escape), safe="")


def _original(page: str) -> str | None:
    page = re.sub(r"^(https?):/+", r"\1://", page, flags=re.IGNORECASE)
    if not re.match(r"https?://", page, re.IGNORECASE):
        page = f"http://{page}"
    try:
        canonical(page)
    except BadAddress:
        return None
    return page


def _stamp(stamp: str | None) -> datetime | None:
    digits = re.sub(r"\D", "", stamp or "")
    if len(digits) != 14:
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:  # no such time
        return None
