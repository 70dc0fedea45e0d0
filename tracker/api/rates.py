"""How often the API may be asked, by token and by address, and the headers that say so.

A process counts by itself and tells the others each hundredth of a limit, so that a request on
its way costs no query; where the limit is small, as for passwords, each one is told.
"""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from tracker.actions.usage import count_requests
from tracker.api.throttles import caller, neighbourhood
from tracker.models import User
from tracker.models.tokens import Shown

MINUTE, QUARTER = 60, 900  # seconds
SHARE = 100  # a process tells the others each hundredth of a limit
MOST_CALLERS = 10_000  # that a process remembers


@dataclass(frozen=True)
class Policy:
    """So many requests in a window of so many seconds."""

    name: str
    limit: int
    window: int


@dataclass(frozen=True)
class Standing:
    """Where a caller stands: what is left, and in how many seconds the window closes."""

    policy: Policy
    left: int
    closes: int

    @property
    def headers(self) -> dict[str, str]:
        """RateLimit and its policy, as draft-ietf-httpapi-ratelimit-headers-10 has them."""
        policy = self.policy
        return {
            "RateLimit-Policy": f'"{policy.name}";q={policy.limit};w={policy.window}',
            "RateLimit": f'"{policy.name}";r={max(self.left, 0)};t={self.closes}',
        }


@dataclass
class Tally:
    """A caller's window: what all had told when we last asked, and what we have not told yet."""

    began: int
    told: int = 0
    untold: int = 0


class Meter:
    """Counts the callers of one process; two requests at once are two."""

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}
        self._lock = Lock()

    def forget(self) -> None:
        """Begins anew, as a process does."""
        self._tallies.clear()

    def take(self, who: str, policy: Policy, now: float) -> Standing:
        """Counts one request and says where the caller stands after it."""
        subject = sha256(f"{policy.name} {who}".encode()).hexdigest()[:40]
        began = int(now) // policy.window * policy.window
        closes = began + policy.window - int(now)
        with self._lock:
            tally = self._tally(subject, began)
            if tally.told > policy.limit:
                return Standing(policy, -1, closes)
            tally.untold += 1
            number = tally.untold if tally.untold * SHARE >= policy.limit else 0
            tally.untold -= number
        if number:
            told = count_requests(subject=subject, began=began, number=number)
            with self._lock:
                tally.told = max(tally.told, told)
                return Standing(policy, policy.limit - told - tally.untold, closes)
        return Standing(policy, policy.limit - tally.told - tally.untold, closes)

    def _tally(self, subject: str, began: int) -> Tally:
        tally = self._tallies.get(subject)
        if tally is None or tally.began != began:
            if len(self._tallies) >= MOST_CALLERS:
                self._tallies.clear()
            tally = self._tallies[subject] = Tally(began)
        return tally


METER = Meter()


class Metered(BaseThrottle):
    """Refuses with 429 who asks more often than a policy allows; a limit of 0 is none."""

    closes = 0

    def policy(self, request: Request) -> Policy:
        """Returns what applies to this request."""
        raise NotImplementedError

    def who(self, request: Request) -> str:
        """Returns whose requests are counted together; "" counts nobody."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: Any) -> bool:
        policy, who = self.policy(request), self.who(request)
        if not policy.limit or not who:
            return True
        standing = METER.take(who, policy, time.time())
        request._request.standing = standing  # type: ignore[attr-defined]  # RateHeaders reads it
        self.closes = standing.closes
        return standing.left >= 0

    def wait(self) -> float:
        return float(self.closes)


class PerCaller(Metered):
    """By token, else by user, else by address."""

    def policy(self, request: Request) -> Policy:
        if isinstance(request.user, User):
            return Policy("token", settings.TRACKER_RATE_TOKEN, MINUTE)
        return Policy("address", settings.TRACKER_RATE_ADDRESS, MINUTE)

    def who(self, request: Request) -> str:
        if isinstance(request.auth, Shown):
            return request.auth.digest
        return str(request.user.pk) if isinstance(request.user, User) else neighbour(request)


def count_refused(request: Request, throttle: Metered) -> None:
    """Counts a request that is refused before throttles are asked; raises Throttled beyond them."""
    if not throttle.allow_request(request, None):
        raise Throttled(throttle.wait())


class PerAddress(Metered):
    """What an address asks that nobody is logged in for."""

    def policy(self, request: Request) -> Policy:
        return Policy("address", settings.TRACKER_RATE_ADDRESS, MINUTE)

    def who(self, request: Request) -> str:
        return neighbour(request)


class PerLoginAddress(Metered):
    """Attempts at passwords from one address."""

    def policy(self, request: Request) -> Policy:
        return Policy("login-address", settings.TRACKER_RATE_LOGIN * 3, QUARTER)

    def who(self, request: Request) -> str:
        return neighbour(request)


class PerLoginName(Metered):
    """Attempts at one user's password, from wherever."""

    def policy(self, request: Request) -> Policy:
        return Policy("login-name", settings.TRACKER_RATE_LOGIN, QUARTER)

    def who(self, request: Request) -> str:
        scheme, _, word = get_authorization_header(request).partition(b" ")
        name: Any = ""
        if scheme.lower() == b"basic":
            with suppress(ValueError):
                name = b64decode(word).decode().partition(":")[0]
        elif isinstance(request.data, dict):
            name = request.data.get("username", "")
        return name.casefold()[:150] if isinstance(name, str) and name.isprintable() else ""


def neighbour(request: Request) -> str:
    """Returns the address that asks, an IPv6 one by its network."""
    return neighbourhood(caller(request)) or "unknown"


class RateHeaders:
    """Says in every metered answer what is left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        standing: Standing | None = getattr(request, "standing", None)
        if standing:
            for name, value in standing.headers.items():
                response[name] = value
        return response
