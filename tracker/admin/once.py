"""What is shown once and never again: an address that opens a door by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from tracker.actions.links import whole


def shown_once(
    admin: Any,
    request: HttpRequest,
    record: Any,
    *,
    title: str,
    path: str,
    explains: str,
    back: str,
    letter: str = "",
) -> HttpResponse:
    """The page with a new address; `letter` goes round it, with `{address}` where it stands."""
    address = whole(path, asked_at=f"{request.scheme}://{request.get_host()}")
    shown: HttpResponse = admin.page(
        request,
        "tracker/once.html",
        title,
        record,
        inside=True,
        address=address,
        explains=explains,
        letter=letter.format(address=address) if letter else "",
        back=back,
    )
    return shown
