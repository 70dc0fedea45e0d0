"""How often the pages that need no login may be asked for, counted by all workers together."""

from __future__ import annotations

import hashlib
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

NETWORK = 64  # bits of an IPv6 address that one household or office has for itself


class Shared(SimpleRateThrottle):
    """Counts what `counted` returns, under a hash: nobody's address is kept."""

    cache = caches["shared"]
    scope = "shared"

    def counted(self, request: Request, view: Any) -> str:
        """Returns what is counted together."""
        raise NotImplementedError

    def get_cache_key(self, request: Request, view: Any) -> str:
        digest = hashlib.sha256(self.counted(request, view).encode()).hexdigest()
        return f"throttle.{self.scope}.{digest[:40]}"


class PerAddress(Shared):
    """So many questions an hour from one address."""

    scope = "address"
    rate = "120/hour"

    def counted(self, request: Request, view: Any) -> str:
        return neighbourhood(caller(request))


class PerLink(Shared):
    """So many replies an hour by one link, sent by whom they may be."""

    scope = "link"
    rate = "20/hour"

    def allow_request(self, request: Request, view: Any) -> bool:
        return request.method != "POST" or super().allow_request(request, view)

    def counted(self, request: Request, view: Any) -> str:
        return str(view.kwargs["token"])


def caller(request: Request) -> str:
    """Returns the address of who asks.

    Behind the proxy that ends TLS it is the one that the proxy has added to the header; without
    TRACKER_HTTPS nobody is believed.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def neighbourhood(address: str) -> str:
    """Returns an IPv4 address as it is and an IPv6 address by its network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(int(found) >> (128 - NETWORK))
    return str(getattr(found, "ipv4_mapped", None) or found)
