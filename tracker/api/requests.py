"""Every request has a name: in its answer, in the log, in the history of what it changed."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware

from tracker.environment import REQUEST

HEADER = "X-Request-Id"
_NAME = re.compile(r"[A-Za-z0-9._:-]{8,128}")


def uuid7(milliseconds: int, chance: int) -> UUID:
    """Returns a UUID of version 7 (RFC 9562): in the order of time, then by 74 bits of chance."""
    high, low = chance >> 62 & 0xFFF, chance & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


class RequestNames:
    """Takes the name that a proxy or client gives a request, or makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        made = _NAME.fullmatch(given) is None
        name = str(uuid7(time.time_ns() // 1_000_000, secrets.randbits(74))) if made else given
        request.name = name  # type: ignore[attr-defined]  # the log reads it when all is over
        before = REQUEST.set(name)
        try:
            response = self.get_response(request)
        finally:
            REQUEST.reset(before)
        response[HEADER] = name
        return response


class History(HistoryMiddleware):
    """Writes the request's name beside who changed what."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_context(request), "request": REQUEST.get()}
