"""One message to another server by HTTP: to public addresses only, within limits, never elsewhere.

The guard is that of fetching (guard.py, connections.py): a name is judged by every address that it
has, and the connection goes to a judged address. Redirects are answers, not ways to go on.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import httpcore
import httpx

from tracker.domain.addresses import LONGEST
from tracker.intake.connections import (
    Clock,
    Forbidden,
    Guarded,
    NameUnknown,
    Resolver,
    Transport,
    resolve,
)
from tracker.intake.guard import Allowance, allowance, literal, objection

_HEADERS = {"User-Agent": "expert-claim-tracker/1.0 (webhooks)", "Connection": "close"}
_MOST_READ = 4_096  # bytes of an answer; the rest is left with its server


@dataclass(frozen=True)
class Posted:
    """An answer: its status, and how its text begins."""

    status: int
    excerpt: str


class NotPosted(Exception):
    """No answer came; the text is a sentence that says why."""


def objection_to(url: str, *, allow: Collection[str] = ()) -> str:
    """Return why nothing is sent to this address, as a sentence, or "" as far as it can be told.

    Asks no name service: what a name leads to is judged when it is reached.
    """
    exempt = tuple(allowance(entry) for entry in allow)
    try:
        found = httpx.URL(url)
        port = found.port or {"http": 80, "https": 443}.get(found.scheme, 0)
    except (httpx.InvalidURL, ValueError):
        return "This is not the address of a server."
    if found.scheme not in {"http", "https"} or not found.host or len(url) > LONGEST:
        return "This is not the address of a server: write https:// and its name."
    if found.userinfo or found.fragment:
        return "Send the address without user name, password and fragment."
    if found.scheme == "http" and not any(_names(one, found.host, port) for one in exempt):
        return "Messages go to https addresses."
    address = literal(found.host)
    why = objection(found.host, port, [address], exempt) if address else ""
    return f"The address {why}." if why else ""


def _names(entry: Allowance, host: str, port: int) -> bool:
    """Whether this exemption is for this host, be it a name or an address."""
    known = {host.lower().rstrip("."), str(literal(host))}
    return entry.host in known and entry.port in {None, port}


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float,
    allow: Collection[str] = (),
    longest: int = 500,
    resolver: Resolver = resolve,
    clock: Clock = time.monotonic,
    tls: ssl.SSLContext | None = None,
) -> Posted:
    """Send the body, and return the answer with `longest` characters of its text.

    `seconds` are for all of it; raises NotPosted. `allow` exempts addresses from the guard, each
    as guard.allowance reads it. `tls` replaces the public authorities.
    """
    if why := objection_to(url, allow=allow):
        raise NotPosted(why)
    exempt = tuple(allowance(entry) for entry in allow)
    guarded = Guarded(exempt, resolver, clock, seconds)
    transport = Transport(guarded, tls or _public_authorities())
    with httpx.Client(transport=transport, headers=_HEADERS, trust_env=False) as client:
        try:
            with client.stream("POST", url, content=body, headers=dict(headers)) as answer:
                return Posted(answer.status_code, _beginning(answer)[:longest])
        except _FOREIGN as error:
            raise NotPosted(_sentence(error)) from error


@cache
def _public_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _beginning(answer: httpx.Response) -> str:
    """Return how the answer begins; what comes packed was not asked for, and is not unpacked."""
    found = b""
    for chunk in answer.iter_raw():
        found += chunk
        if len(found) >= _MOST_READ:
            break
    text = found[:_MOST_READ].decode("utf-8", "replace").replace("\0", "\ufffd")
    return " ".join(text.split())


_FOREIGN = (
    Forbidden,
    NameUnknown,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpx.RequestError,
)


def _sentence(error: Exception) -> str:
    if isinstance(error, Forbidden):
        return f"The address {error}."
    if isinstance(error, NameUnknown):
        return f"No server called {error.host} is known."
    if isinstance(error, httpcore.TimeoutException):
        return "The server takes too long to answer."
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args):
        return "The server does not prove that it is what its address says."
    if isinstance(error, httpcore.NetworkError):
        return "The server cannot be reached."
    return "What the server answers is broken."
