"""Quotations as W3C Web Annotations, and what annotations of others say of a passage.

The model: https://www.w3.org/TR/annotation-model/. Its positions count code points of the text;
clients written in JavaScript count UTF-16 units, and may say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tracker.domain.errors import OffsetsOutsideText, TrackerError
from tracker.domain.headlines import locate_in_body
from tracker.domain.provenance import Mode
from tracker.domain.quotes import Anchor, clean, from_utf16, locate

PROFILE = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = "urn:expert-claim-tracker:terms#"
CONTEXT = [PROFILE, {"tr": NAMESPACE}]
MOST_ROWS = 200  # as many as Hypothesis answers at once
_DEEPEST = 5
# What the model has no words for, under the tracker's names.
EXTRAS = {
    "tr:mode": "mode",
    "tr:speakerWords": "speaker_words",
    "tr:roleWords": "role_words",
    "tr:saidOn": "said_on",
    "tr:saidWords": "said_words",
    "tr:channel": "channel",
}
Json = dict[str, Any]


class BadAnnotation(TrackerError):
    """This is not an annotation that quotes a page: send its source and a TextQuoteSelector."""

    code = "bad_annotation"


class NotCaptured(TrackerError):
    """There is no text of this page yet: capture it first, then send the annotation again."""

    code = "not_captured"


@dataclass(frozen=True)
class Note:
    """What an annotation says of a passage.

    `placed`: start and end count in the text of a snapshot; else they count in a text of the
    client's own and only hint at which of several passages is meant.
    """

    uri: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    utf16: bool = False
    placed: bool = True
    cached: tuple[str, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Passage:
    """A quotation with all that its annotation tells; extras by their names in EXTRAS."""

    url: str
    source: str
    anchor: Anchor
    captured_at: datetime
    cached: tuple[str, ...]
    text_sha256: str
    provenance: str
    extras: tuple[tuple[str, str], ...]


# --- out -----------------------------------------------------------------------------


def to_annotation(passage: Passage) -> Json:
    """Returns the annotation; what is not known is left out."""
    here = passage.anchor
    target: Json = {
        "type": "SpecificResource",
        "source": passage.source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": here.exact,
                "prefix": here.prefix,
                "suffix": here.suffix,
            },
            {"type": "TextPositionSelector", "start": here.start, "end": here.end},
        ],
        "state": {
            "type": "TimeState",
            "sourceDate": passage.captured_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            **({"cached": list(passage.cached)} if passage.cached else {}),
        },
    }
    given = dict(passage.extras)
    return {
        "@context": CONTEXT,
        "id": passage.url,
        "type": "Annotation",
        "motivation": "highlighting",
        "target": target,
        **{name: given[ours] for name, ours in EXTRAS.items() if given.get(ours)},
        "tr:provenance": passage.provenance,
        "tr:textSha256": passage.text_sha256,
    }


def to_page(annotations: list[Json], url: str, following: str | None) -> Json:
    """Returns a page of annotations."""
    page = {"@context": CONTEXT, "id": url, "type": "AnnotationPage", "items": annotations}
    return page | ({"next": following} if following else {})


# --- in ------------------------------------------------------------------------------


def read_annotation(body: object) -> Note:
    """Returns what a W3C annotation says; raises BadAnnotation."""
    if not isinstance(body, Mapping):
        raise BadAnnotation("An annotation is an object.")
    target = _only(body.get("target"), "target")
    if "Annotation" not in _names(body.get("type", body.get("@type"))):
        raise BadAnnotation("Its type is Annotation.", field="type")
    states = [state for state in _listed(target.get("state")) if isinstance(state, Mapping)]
    cached = [url for state in states for url in _listed(state.get("cached"))]
    return _note(
        _iri(target.get("source"), "target.source"),
        target,
        placed=True,
        cached=tuple(url for url in cached if isinstance(url, str)),
        extras=_extras(body),
    )


def read_row(row: object, said_on: str = "") -> Note:
    """Returns what a row of Hypothesis' search says; raises BadAnnotation.

    Its positions count UTF-16 units of the page as the browser had it. said_on: the date of the
    words, where the row has none of its own (`tr:saidOn`).
    """
    if not isinstance(row, Mapping):
        raise BadAnnotation("A row is an object.")
    extras = {**({"said_on": said_on} if said_on else {}), **dict(_extras(row))}
    target = _only(row.get("target"), "target")
    uri = row.get("uri") or target.get("source")
    return _note(_iri(uri, "uri"), target, placed=False, utf16=True, extras=tuple(extras.items()))


def place(text: str, title: str, note: Note, outlets: tuple[str, ...] = ()) -> Anchor:
    """Returns where in this text the words of a note stand: not in its headline, unless as such.

    Placed offsets hold where the words stand there; else the words decide, then their
    neighbours, then the nearest to the start. Raises what headlines.locate_in_body raises.
    """
    start, end = _offset(text, note.start, note), _offset(text, note.end, note)
    hints: dict[str, Any] = {"start": start, "prefix": note.prefix, "suffix": note.suffix}
    if note.placed and start != end and text[start:end] == note.exact:
        hints = {"start": start, "end": end}
    if dict(note.extras).get("mode") == Mode.HEADLINE:
        return locate(text, note.exact, **hints)
    return locate_in_body(text, title, note.exact, outlets=outlets, **hints)


def _offset(text: str, given: int | None, note: Note) -> int | None:
    if given is None or not note.utf16:
        return given
    try:
        return from_utf16(text, given)
    except OffsetsOutsideText:
        # A hint into a longer text still says "far down".
        return None if note.placed else len(text)


def _note(uri: str, target: Mapping[str, Any], **more: Any) -> Note:
    selectors = list(_selectors(target.get("selector"), _DEEPEST))
    quote = _of_type(selectors, "TextQuoteSelector")
    position = _of_type(selectors, "TextPositionSelector")
    exact = _text(quote, "exact")
    if not exact.strip():
        raise BadAnnotation(
            "It quotes nothing: a TextQuoteSelector with exact words is needed.",
            field="target.selector",
        )
    more.setdefault("utf16", _unit(position))
    return Note(
        uri=uri,
        exact=exact,
        prefix=_text(quote, "prefix"),
        suffix=_text(quote, "suffix"),
        start=_count(position, "start"),
        end=_count(position, "end"),
        **more,
    )


def _unit(position: Mapping[str, Any]) -> bool:
    unit = position.get("tr:unit", "code_point")
    if unit not in ("code_point", "utf16"):
        raise BadAnnotation("tr:unit is code_point or utf16.", field="target.selector.tr:unit")
    return bool(unit == "utf16")


def _selectors(value: object, deepest: int) -> Iterator[Mapping[str, Any]]:
    for one in _listed(value):
        if isinstance(one, Mapping) and deepest:
            yield one
            yield from _selectors(one.get("refinedBy"), deepest - 1)


def _of_type(selectors: list[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    return next((one for one in selectors if name in _names(one.get("type"))), {})


def _only(value: object, field: str) -> Mapping[str, Any]:
    found = _listed(value)
    if len(found) != 1 or not isinstance(found[0], Mapping):
        raise BadAnnotation(f"{field} is one object with source and selector.", field=field)
    return found[0]


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _names(value: object) -> set[str]:
    return {name for name in _listed(value) if isinstance(name, str)}


def _iri(value: object, field: str) -> str:
    if isinstance(value, Mapping):
        value = value.get("id", value.get("@id"))
    if not isinstance(value, str) or not value.strip():
        raise BadAnnotation(f"{field} is the address of the page.", field=field)
    return clean(value, field=field)


def _text(selector: Mapping[str, Any], name: str) -> str:
    value = selector.get(name) or ""
    if not isinstance(value, str):
        raise BadAnnotation(f"{name} is text.", field=f"target.selector.{name}")
    return clean(value, field=f"target.selector.{name}")


def _count(selector: Mapping[str, Any], name: str) -> int | None:
    value = selector.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise BadAnnotation(f"{name} is a count of letters.", field=f"target.selector.{name}")
    return value


def _extras(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found = {name: body[name] for name in EXTRAS if body.get(name)}
    for name, value in found.items():
        if not isinstance(value, str):
            raise BadAnnotation(f"{name} is text.", field=name)
    return tuple((EXTRAS[name], clean(value, field=name)) for name, value in found.items())
