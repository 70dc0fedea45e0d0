"""One web page by HTTP: only from public addresses, within limits, with a reason if it fails.

Every redirect is a new connection, judged like the first (connections.py). Proxies, netrc and
certificates that the environment names are ignored; nothing is sent but the request for the page.
"""

from __future__ import annotations

import re
import ssl
import time
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar

import httpcore
import httpx

from tracker.domain.addresses import LONGEST
from tracker.domain.errors import TrackerError
from tracker.intake.connections import (
    Clock,
    Forbidden,
    Guarded,
    NameUnknown,
    Resolver,
    Transport,
    resolve,
)
from tracker.intake.guard import allowance

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_HEADERS = {
    "User-Agent": "expert-claim-tracker/1.0 (one request per capture of a quoted page)",
    "Accept": "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_HOST = re.compile(rb"[a-z0-9._:-]+")
_GZIP = zlib.MAX_WBITS | 16
_STEP = 65_536
_OTHER_WAY = "open it in a browser, then paste or upload it"
_MISSING = frozenset({404, 410})
_PASSING = frozenset({408, 425, 429, *range(500, 600)})


class Reason(StrEnum):
    """Why a page was not fetched: the status and the advice of a capture depend on it."""

    BAD_ADDRESS = "bad_address"
    BLOCKED = "blocked"
    NAME_UNKNOWN = "name_unknown"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    REDIRECTS = "redirects"
    STATUS = "status"
    CONTENT_TYPE = "content_type"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


class FetchFailed(TrackerError):
    """The page could not be fetched: open it in a browser, then paste or upload it."""

    code: ClassVar[str] = "fetch_failed"

    def __init__(
        self, reason: Reason, message: str, *, retriable: bool = False, **facts: Any
    ) -> None:
        self.reason = reason
        self.retriable = retriable
        super().__init__(message, field="url", reason=reason.value, retriable=retriable, **facts)


@dataclass(frozen=True)
class Limits:
    """What one fetch may use: `bytes` of body both sent and unpacked, `seconds` in all."""

    bytes: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5
    content_types: frozenset[str] = PAGE_TYPES


@dataclass(frozen=True)
class Fetched:
    """A page as it came: `body` is unpacked; headers in lower case and without cookies."""

    requested_url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    fetched_at: datetime


def fetch(
    url: str,
    *,
    now: datetime,
    allow: Collection[str] = (),
    limits: Limits | None = None,
    resolver: Resolver = resolve,
    clock: Clock = time.monotonic,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Return the page at an address, following redirects; raises FetchFailed.

    `now` is stamped on the result. `allow` exempts addresses from the guard, each as
    guard.allowance reads it (ValueError otherwise). `tls` replaces the public authorities.
    """
    limits = limits or Limits()
    exempt = tuple(allowance(entry) for entry in allow)
    requested = _address(url)
    guarded = Guarded(exempt, resolver, clock, limits.seconds)
    transport = Transport(guarded, tls or _public_authorities())
    with httpx.Client(transport=transport, headers=_HEADERS, trust_env=False) as client:
        try:
            return _followed(client, requested, limits, now)
        except _FOREIGN as error:
            raise _failure(error) from error


def _followed(client: httpx.Client, requested: httpx.URL, limits: Limits, now: datetime) -> Fetched:
    here = requested
    for _ in range(limits.redirects + 1):
        with client.stream("GET", here) as answer:
            if not answer.has_redirect_location:
                content_type = _accepted(answer, limits)
                return Fetched(
                    requested_url=str(requested),
                    final_url=str(here),
                    status=answer.status_code,
                    content_type=content_type,
                    body=_body(answer, limits.bytes),
                    headers=_kept(answer.headers),
                    fetched_at=now,
                )
            here = _address(answer.headers["location"], here)
    raise FetchFailed(
        Reason.REDIRECTS, f"The page redirects more than {limits.redirects} times: {_OTHER_WAY}."
    )


@cache
def _public_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _address(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """Return the address without its fragment, which is for the browser alone."""
    try:
        url = base.join(text) if base else httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise _bad("This is not the address of a web page.") from error
    if url.scheme not in {"http", "https"}:
        raise _bad("Pages are fetched from http and https addresses.")
    if url.userinfo:
        raise _bad("Send the address without user name and password.")
    plain = url.copy_with(fragment=None)
    real = _HOST.fullmatch(plain.raw_host) and 0 < (plain.port or 80) < 65_536
    if not real or len(str(plain)) > LONGEST:
        raise _bad("This is not the address of a web page.")
    return plain


# --- answers ---


def _accepted(answer: httpx.Response, limits: Limits) -> str:
    """Return the content type of an answer that is worth reading; raises FetchFailed."""
    status = answer.status_code
    if status not in {200, 203}:
        raise FetchFailed(
            Reason.STATUS, _status_sentence(status), retriable=status in _PASSING, status=status
        )
    content_type = str(answer.headers.get("content-type", ""))
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in limits.content_types:
        named = f"is {kind[:100]}" if kind else "does not say what it is"
        raise FetchFailed(
            Reason.CONTENT_TYPE,
            f"The page {named}, not HTML, text or PDF: paste the words, or upload it as one.",
        )
    if int(answer.headers.get("content-length", 0)) > limits.bytes:
        raise _too_large(limits.bytes)
    return content_type


def _status_sentence(status: int) -> str:
    if status in _MISSING:
        return f"The page is not there ({status}): check the address, or send an archive's link."
    if status in _PASSING:
        return f"The site cannot answer now ({status}): try again later, or paste the page."
    return f"The site does not hand the page over ({status}): {_OTHER_WAY}."


def _body(answer: httpx.Response, most: int) -> bytes:
    """Return the unpacked body; neither it nor what is sent may be longer than `most` bytes."""
    sent = _within(answer.iter_raw(), most)
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"identity", ""}:
        return b"".join(sent)
    if encoding in {"gzip", "x-gzip"}:
        return b"".join(_within(_unzipped(sent), most))
    raise FetchFailed(
        Reason.BROKEN, f"The page comes packed as {encoding[:100]}, unasked: {_OTHER_WAY}."
    )


def _within(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise _too_large(most)
        yield chunk


def _unzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces of bounded size, so that a bomb is met by the limit and not by the memory."""
    engine = zlib.decompressobj(_GZIP)
    for chunk in chunks:
        while chunk:
            if engine.eof:
                engine = zlib.decompressobj(_GZIP)
            yield engine.decompress(chunk, _STEP)
            chunk = engine.unconsumed_tail or engine.unused_data
    yield engine.flush()
    if not engine.eof:
        raise zlib.error("The packed page breaks off.")


def _kept(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in headers.multi_items() if pair[0] != "set-cookie")


# --- failures ---

_FOREIGN = (
    Forbidden,
    NameUnknown,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpx.RequestError,  # a redirect to what is no address
    zlib.error,
)


def _failure(error: Exception) -> FetchFailed:
    if isinstance(error, Forbidden):
        return FetchFailed(Reason.BLOCKED, f"The address {error}: {_OTHER_WAY}.")
    if isinstance(error, NameUnknown):
        return FetchFailed(
            Reason.NAME_UNKNOWN,
            f"No site called {error.host} is known: check the address.",
            retriable=error.passing,
        )
    if isinstance(error, httpcore.TimeoutException):
        sentence = "The site takes too long to answer: try again later, or paste the page."
        return FetchFailed(Reason.TIMEOUT, sentence, retriable=True)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args):
        sentence = f"The site does not prove that it is what its address says: {_OTHER_WAY}."
        return FetchFailed(Reason.CERTIFICATE, sentence)
    if isinstance(error, httpcore.NetworkError):
        sentence = "The site cannot be reached: try again later, or paste the page."
        return FetchFailed(Reason.UNREACHABLE, sentence, retriable=True)
    sentence = f"What the site sends is broken: try again later, or {_OTHER_WAY}."
    return FetchFailed(Reason.BROKEN, sentence, retriable=True)


def _bad(sentence: str) -> FetchFailed:
    return FetchFailed(Reason.BAD_ADDRESS, sentence)


def _too_large(most: int) -> FetchFailed:
    size = f"{most / 1_000_000:g} MB"
    return FetchFailed(
        Reason.TOO_LARGE, f"The page is larger than {size}: paste the passage instead."
    )
