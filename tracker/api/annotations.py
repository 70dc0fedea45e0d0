"""Quotations as W3C Web Annotations, out and in: same words, same place, same capture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO, Any, ClassVar

import orjson
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.actions.annotations import Marked, keep_marked
from tracker.actions.documents import find_source
from tracker.api.base import Noun, Records
from tracker.api.fields import span
from tracker.api.formats import PARAMETER, Shape
from tracker.api.sight import Sight
from tracker.api.wire import JSONParser
from tracker.domain.annotations import (
    EXTRAS,
    PROFILE,
    NotCaptured,
    Note,
    Passage,
    read_annotation,
    to_annotation,
    to_page,
)
from tracker.domain.citations import address
from tracker.domain.quotes import Anchor
from tracker.models import Quotation, Snapshot, Source, User

MEDIA_TYPE = f'application/ld+json; profile="{PROFILE}"'
_OUR_TEXT = re.compile(r"/api/v1/snapshots/([0-9]{1,18})/text/?$")


class AnnotationShape(Shape):
    """An annotation, or a page of them."""

    media_type = MEDIA_TYPE
    format = "annotation"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        self.address = (renderer_context or {})["request"].build_absolute_uri()
        return super().render(data, accepted_media_type, renderer_context)

    def page(self, records: list[Any], links: Mapping[str, Any]) -> bytes:
        return orjson.dumps(to_page(records, self.address, links["next"]))

    def record(self, record: Any) -> bytes:
        return orjson.dumps(record)


class AnnotationParser(JSONParser):
    media_type = "application/ld+json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns what the annotation says; raises BadAnnotation, or what JSONParser raises."""
        return read_annotation(super().parse(stream, media_type, parser_context))


def passage(quotation: Quotation, request: Request, sight: Sight) -> Passage:
    """Returns the quotation as annotations tell it; the text it stands in is not the public's."""
    snapshot, source = quotation.snapshot, quotation.snapshot.source
    url = reverse("quotations-detail", args=[quotation.pk], request=request)
    here = reverse("sources-detail", args=[source.pk], request=request)
    ours = reverse("snapshots-text", args=[snapshot.pk], request=request)
    said = span(quotation.said_first, quotation.said_last, quotation.said_precision)
    names = [name for name in EXTRAS.values() if name != "said_on"]
    return Passage(
        url=url,
        source=address(source.url) or here,
        anchor=Anchor(
            quotation.start,
            quotation.end,
            quotation.exact,
            quotation.prefix,
            quotation.suffix,
        ),
        captured_at=snapshot.captured_at,
        cached=tuple(filter(None, (ours if sight.staff else "", address(snapshot.archive_url)))),
        text_sha256=snapshot.text_sha256,
        provenance=quotation.provenance,
        extras=(*((name, getattr(quotation, name)) for name in names), ("said_on", said)),
    )


def marked(sight: Sight, by: User, note: Note) -> Marked:
    """Keeps the passage that a note marks; raises NotCaptured where no page of it is seen."""
    source = find_source(note.uri)
    seen = source and sight.see(Source.objects.filter(pk=source.pk)).first()
    if not seen:
        raise NotCaptured(field="uri", url=note.uri)
    first = _named(sight, note)
    return keep_marked(by=by, now=timezone.now(), source=seen, note=note, first=first)


def _named(sight: Sight, note: Note) -> Snapshot | None:
    """The snapshot whose text here the note names as the state that it is about."""
    ids = [found[1] for url in note.cached if (found := _OUR_TEXT.search(url))]
    return sight.see(Snapshot.objects.filter(pk__in=ids[:1])).first() if ids else None


# --- the noun ------------------------------------------------------------------------

FORMAT = OpenApiParameter(
    PARAMETER, str, enum=["json", "annotation"], description="The shape; overrides Accept."
)
_ANNOTATION = {
    "type": "object",
    "description": "A W3C Web Annotation.",
    "required": ["type", "target"],
    "properties": {
        "type": {"const": "Annotation"},
        "target": {"type": "object", "required": ["source", "selector"]},
    },
}


def operations(read: Any, full: Any, body: Any) -> dict[str, Any]:
    """Returns how to describe the noun's operations that know annotations."""

    def answers(status: int, shape: Any, annotation: Any = _ANNOTATION) -> dict[Any, Any]:
        return {(status, "application/json"): shape, (status, MEDIA_TYPE): annotation}

    page = {"type": "object", "description": "A page of W3C Web Annotations."}
    return {
        "list": extend_schema(responses=answers(200, read(many=True), page)),
        "retrieve": extend_schema(responses=answers(200, full)),
        "create": extend_schema(
            summary="Quote a snapshot word for word",
            parameters=[FORMAT],
            description="An annotation is anchored in the newest snapshot of its page; a passage "
            "that is quoted already is answered with 200.",
            request={"application/json": body, AnnotationParser.media_type: _ANNOTATION},
            responses={**answers(200, full), **answers(201, full)},
        ),
    }


class Annotated(Noun):
    """What makes a noun's records annotations."""

    shapes: ClassVar[tuple[type[Shape], ...]] = (AnnotationShape,)
    takes: ClassVar[tuple[type[BaseParser], ...]] = (AnnotationParser,)
    shaped_actions = ("list", "retrieve", "create")

    @classmethod
    def present(cls, records: Records, context: Mapping[str, Any], *, full: bool) -> list[Any]:
        if not isinstance(context["request"].accepted_renderer, cls.shapes):
            return super().present(records, context, full=full)
        request, sight = context["request"], context["sight"]
        return [to_annotation(passage(record, request, sight)) for record in records]

    def create(self, request: Request) -> Response:
        if isinstance(request.data, Note):
            done = marked(self.sight, self.by, request.data)
            return self.shown(done.quotation, status=201 if done.new else 200)
        made: Response = super().create(request)  # type: ignore[misc]  # Creates stands behind it
        return made
