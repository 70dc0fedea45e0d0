"""Reviews of others, as ClaimReview (schema.org): read leniently, their labels kept verbatim.

Publishers send strings where lists belong and the other way round; what can be understood is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tracker.domain.errors import TrackerError
from tracker.domain.judging import GRADES, OUTCOME_LABELS

MOST = 500
"""Reviews that are taken at once."""
_DEEPEST = 6
# Labels whose place between false (0) and true (1) their publishers state themselves: ours, and
# PolitiFact's Truth-O-Meter (https://www.politifact.com/truth-o-meter/), whose words others use.
LABELS: dict[str, float] = {
    **{OUTCOME_LABELS[answer].lower(): (grade - 1) / 4 for answer, grade in GRADES.items()},
    "true": 1.0,
    "mostly true": 0.8,
    "half true": 0.6,
    "mostly false": 0.4,
    "false": 0.2,
    "pants on fire": 0.0,
}


class BadReview(TrackerError):
    """This is no ClaimReview: send claimReviewed, url, author and reviewRating of each review."""

    code = "bad_review"


@dataclass(frozen=True)
class Review:
    """What somebody else found; `value` from 0 (false) to 1 (true), None where it is not said."""

    publisher: str
    site: str
    url: str
    claim: str
    label: str
    value: float | None
    reviewed_on: date | None = None
    language: str = ""
    title: str = ""
    claimant: str = ""
    claimed_on: date | None = None


def read_reviews(document: Any) -> list[Review]:
    """Returns every ClaimReview of a document, a list, a graph or a feed; raises BadReview."""
    nodes = list(_nodes(document, _DEEPEST))
    if not nodes:
        raise BadReview("There is no ClaimReview in this document.", field="@type")
    if len(nodes) > MOST:
        raise BadReview(f"Send {MOST} reviews at once at the most.", field="@graph")
    return [_review(node, number) for number, node in enumerate(nodes, 1)]


def value_of(label: str, rating: Mapping[str, Any]) -> float | None:
    """Returns the place of a rating between 0 and 1: by its label, else by its number."""
    known = LABELS.get(" ".join(label.lower().replace("-", " ").strip(" .!").split()))
    if known is not None:
        return known
    value = _number(rating.get("ratingValue"))
    worst, best = _number(rating.get("worstRating")), _number(rating.get("bestRating"))
    worst, best = 1.0 if worst is None else worst, 5.0 if best is None else best
    if value is None or best == worst:
        return None
    found = (value - worst) / (best - worst)
    return found if 0 <= found <= 1 else None


def _nodes(found: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The ClaimReviews in a document, wherever publishers put them."""
    if depth < 0:
        return
    if isinstance(found, list):
        for inner in found:
            yield from _nodes(inner, depth - 1)
    elif isinstance(found, Mapping):
        if "ClaimReview" in {_last(kind) for kind in _texts(found.get("@type"))}:
            yield found
            return
        for name in ("@graph", "dataFeedElement", "itemListElement", "item"):
            yield from _nodes(found.get(name), depth - 1)


def _review(node: Mapping[str, Any], number: int) -> Review:
    claim, url = _text(node.get("claimReviewed")), _text(node.get("url"), "@id")
    publisher = _first(node.get("author")) or _first(node.get("publisher"))
    name, site = _text(publisher, "name"), _site(_text(publisher, "url")) or _site(url)
    rating = _first(node.get("reviewRating"))
    label = _label(rating)
    told = {"claimReviewed": claim, "url": _site(url) and url, "author": name or site}
    for field, value in {**told, "reviewRating": label}.items():
        if not value:
            raise BadReview(f"Review {number} lacks its {field}.", field=field, review=number)
    item = _first(node.get("itemReviewed"))
    item = item if isinstance(item, Mapping) else {}
    return Review(
        publisher=name or site,
        site=site,
        url=url,
        claim=claim,
        label=label,
        value=value_of(label, rating if isinstance(rating, Mapping) else {}),
        reviewed_on=_day(node.get("datePublished")),
        language=_text(node.get("inLanguage"), "alternateName", "name"),
        title=_text(node.get("headline")) or _text(node.get("name")),
        claimant=_text(_first(item.get("author")), "name"),
        claimed_on=_day(item.get("datePublished")),
    )


def _label(rating: Any) -> str:
    """The words of a rating; a number alone is its own label."""
    words = _text(rating, "alternateName", "name")
    value = rating.get("ratingValue") if isinstance(rating, Mapping) else None
    return words or ("" if value is None or isinstance(value, dict | list) else str(value))


def _first(found: Any) -> Any:
    return (found[0] if found else None) if isinstance(found, list) else found


def _texts(found: Any) -> list[str]:
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]


def _text(found: Any, *names: str) -> str:
    """A text, be it in a list, or a member of an object by the first of these names."""
    found = _first(found)
    if isinstance(found, str):
        return found.strip()
    if isinstance(found, Mapping):
        members = (_text(found.get(name)) for name in (*names, "@value"))
        return next(filter(None, members), "")
    return ""


def _last(name: str) -> str:
    return name.replace("#", "/").rpartition("/")[2].rpartition(":")[2]


def _site(url: str) -> str:
    try:
        found = urlsplit(url if "//" in url else f"//{url}")
        host = (found.hostname or "").lower()
    except ValueError:
        return ""
    return (
        host.removeprefix("www.") if "." in host and found.scheme in ("", "http", "https") else ""
    )


def _number(found: Any) -> float | None:
    found = _first(found)
    if isinstance(found, bool):
        return None
    try:
        number = float(str(found).replace(",", ".")) if found is not None else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e9 else None


def _day(found: Any) -> date | None:
    try:
        return date.fromisoformat(_text(found)[:10])
    except ValueError:
        return None
