"""Snapshots as mementos (RFC 7089): which is nearest to a moment, and how they are linked.

Moments go by the second, as HTTP's do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

LINK_FORMAT = "application/link-format"
# What escape means in a path: everything but a URI's own characters, and the percent sign too.
_IN_PATH = "/:@!$&'()*+,;=-._~[]"


@dataclass(frozen=True)
class Memento:
    """One snapshot: its address here, and when the page stood like that."""

    url: str
    at: datetime


@dataclass(frozen=True)
class Places:
    """The addresses that belong to one original page."""

    original: str
    timegate: str
    timemap: str
    timemap_json: str


def nearest(mementos: Sequence[Memento], moment: datetime | None) -> Memento:
    """Returns the memento nearest to the moment, the earlier of two; the newest for None.

    The mementos are in order of time, and at least one.
    """
    if moment is None:
        return mementos[-1]
    return min(mementos, key=lambda memento: abs(memento.at - moment))


def links(places: Places, mementos: Sequence[Memento], chosen: Memento) -> str:
    """Returns the Link header beside one memento, or beside the redirection to it."""
    at = mementos.index(chosen)
    shown = {0, max(at - 1, 0), at, min(at + 1, len(mementos) - 1), len(mementos) - 1}
    return ", ".join(
        [
            _link(places.original, "original"),
            _link(places.timegate, "timegate"),
            _link(places.timemap, "timemap", type=LINK_FORMAT),
            *(_memento(mementos, n, at) for n in sorted(shown)),
        ]
    )


def timemap(places: Places, mementos: Sequence[Memento]) -> str:
    """Returns all mementos of a page in link format (RFC 6690)."""
    first, last = http_date(mementos[0].at), http_date(mementos[-1].at)
    return ",\n".join(
        [
            _link(places.original, "original"),
            _link(places.timemap, "self", type=LINK_FORMAT, **{"from": first, "until": last}),
            _link(places.timegate, "timegate"),
            *(_memento(mementos, n) for n in range(len(mementos))),
        ]
    )


def timemap_json(places: Places, mementos: Sequence[Memento]) -> dict[str, Any]:
    """Returns all mementos of a page as the Time Travel service writes them."""
    rows = [{"datetime": _iso(memento.at), "uri": memento.url} for memento in mementos]
    return {
        "original_uri": places.original,
        "timegate_uri": places.timegate,
        "timemap_uri": {"link_format": places.timemap, "json_format": places.timemap_json},
        "mementos": {"first": rows[0], "last": rows[-1], "list": rows},
    }


def http_date(moment: datetime) -> str:
    """Returns the moment as HTTP writes it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def originals(path: str, query: str) -> tuple[str, ...]:
    """Returns what address a decoded path and an encoded query may have meant, likeliest first.

    A client may send the original's address as it is, or encoded as one piece. Servers and proxies
    may have merged its two slashes into one.
    """
    tail = f"?{query}" if query else ""
    as_it_is = quote(path, safe=_IN_PATH) + tail
    in_one_piece = path + tail
    found = (_two_slashes(url) for url in (as_it_is, in_one_piece))
    return tuple(dict.fromkeys(found))


def _two_slashes(url: str) -> str:
    """Returns the address with its two slashes, and with a scheme where it has none."""
    if re.match(r"https?:/", url, re.IGNORECASE):
        return re.sub(r"^(https?):/+", r"\1://", url, flags=re.IGNORECASE)
    return f"http://{url}"


def _memento(mementos: Sequence[Memento], n: int, at: int | None = None) -> str:
    names = ["first"] * (n == 0) + ["last"] * (n == len(mementos) - 1)
    if at is not None:
        names += ["prev"] * (n == at - 1) + ["next"] * (n == at + 1)
    found = mementos[n]
    return _link(found.url, " ".join([*names, "memento"]), datetime=http_date(found.at))


def _link(url: str, rel: str, **attributes: str) -> str:
    pairs: Iterable[tuple[str, str]] = {"rel": rel, **attributes}.items()
    return f"<{url}>" + "".join(f'; {name}="{value}"' for name, value in pairs)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
