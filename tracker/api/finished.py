"""Finished answers, kept as bytes for as long as nothing whatever has changed in the database.

PostgreSQL tells in its snapshot which transactions a query sees. Where two snapshots read alike,
the same rows are seen: what was answered under the first, from the database alone, is the answer
under the second. Any write of anybody ends it, so there is nothing to invalidate or to forget.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.db import connection
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.access import sight_of

MOST = 32
"""Pages that a process keeps; the largest takes some 400 kB."""
KEPT_HEADERS = ("Content-Type", "Link")

Key: TypeAlias = tuple[Any, ...]
_kept: OrderedDict[Key, tuple[bytes, dict[str, str]]] = OrderedDict()


def finished(get: Callable[..., Response]) -> Callable[..., HttpResponse]:
    """Lets a view answer what it has answered before, to the same reader at the same address.

    Only for what follows from the database alone. A moment such as `as_of` stays that of the first
    answer, since when nothing has changed. Judges are always answered anew: what they may see
    hangs on the hour, too.
    """

    @wraps(get)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if key is None:
            return get(view, request, *args, **kwargs)
        if key in _kept:
            content, headers = _kept[key]
            return HttpResponse(content, headers=headers)
        response = get(view, request, *args, **kwargs)
        response.add_post_render_callback(lambda done: _keep(key, done))
        return response

    return answer


def forget() -> None:
    """Drops what this process keeps."""
    _kept.clear()


def _key(request: Request) -> Key | None:
    """What an answer hangs on, or None where it cannot be told."""
    sight = sight_of(request)
    # What a transaction has written itself is not in its snapshot.
    if sight.judges or connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        (snapshot,) = cursor.fetchone()
    reader = sight.user.pk if sight.user else None
    shape = request.accepted_renderer.format
    return snapshot, request.build_absolute_uri(), shape, reader, sight.roles


def _keep(key: Key, response: HttpResponse) -> None:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    _kept[key] = response.content, headers
    while len(_kept) > MOST:
        _kept.popitem(last=False)
