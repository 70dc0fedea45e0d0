"""Sources as reference managers exchange them: CSL-JSON, BibTeX and RIS, out and in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, ClassVar

import orjson
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.actions.citations import Filed, file_citations
from tracker.api.base import Noun, Records
from tracker.api.errors import printable
from tracker.api.formats import Shape, body_of
from tracker.api.wire import JSONParser
from tracker.domain.citations import MEDIA_TYPES, Entry, Format, Issued, Reference, key_of
from tracker.domain.citations_bibtex import to_bibtex
from tracker.domain.citations_csl import read_csl, to_csl
from tracker.domain.citations_ris import to_ris
from tracker.intake.citations import LARGEST_FILE, read_bibtex, read_ris
from tracker.models import Snapshot, Source
from tracker.models.documents import CaptureMethod

# Under these names Zotero and the styles know the public archives.
ARCHIVES: dict[str, str] = {
    CaptureMethod.WAYBACK: "Internet Archive",
    CaptureMethod.PERMA: "Perma.cc",
    CaptureMethod.ARCHIVE_TODAY: "archive.today",
}
OURS = "Expert-claim tracker"


# --- out -----------------------------------------------------------------------------


class CslShape(Shape):
    """An item, or a list of them."""

    media_type = MEDIA_TYPES[Format.CSL]
    format = Format.CSL
    charset = None

    def page(self, records: list[Any], links: Mapping[str, Any]) -> bytes:
        return orjson.dumps([to_csl(reference) for reference in records])

    def record(self, record: Any) -> bytes:
        return orjson.dumps(to_csl(record))


class BibtexShape(Shape):
    media_type = MEDIA_TYPES[Format.BIBTEX]
    format = Format.BIBTEX

    def page(self, records: list[Any], links: Mapping[str, Any]) -> bytes:
        return to_bibtex(records).encode()

    def record(self, record: Any) -> bytes:
        return self.page([record], {})


class RisShape(Shape):
    media_type = MEDIA_TYPES[Format.RIS]
    format = Format.RIS

    def page(self, records: list[Any], links: Mapping[str, Any]) -> bytes:
        return to_ris(records).encode()

    def record(self, record: Any) -> bytes:
        return self.page([record], {})


def references(sources: Sequence[Source], context: Mapping[str, Any]) -> list[Reference]:
    """Returns the sources as references; what archives hold of them, where one may see that."""
    latest = _latest(sources, context)
    return [_reference(source, latest.get(source.pk), context["request"]) for source in sources]


def _latest(sources: Iterable[Source], context: Mapping[str, Any]) -> dict[int, Snapshot]:
    """Returns the newest snapshot of each source that has one for these eyes."""
    seen = context["sight"].see(Snapshot.objects.filter(source__in=sources)).defer("text")
    newest = seen.order_by("source_id", "-captured_at", "-id").distinct("source_id")
    return {snapshot.source_id: snapshot for snapshot in newest}


def _reference(source: Source, snapshot: Snapshot | None, request: Request) -> Reference:
    archive, location = "", ""
    if snapshot:
        archive = ARCHIVES.get(snapshot.method, "") if snapshot.archive_url else OURS
        ours = reverse("snapshots-text", args=[snapshot.pk], request=request)
        location = snapshot.archive_url or ours
    return Reference.of(
        key=key_of(source.uuid),
        kind=source.kind,
        title=source.title,
        authors=source.bylines,
        outlet=source.outlet.name if source.outlet else "",
        issued=Issued.of(source.published_on, source.published_words),
        accessed=snapshot.captured_at.date() if snapshot else None,
        url=source.url,
        archive=archive,
        archive_location=location,
        language=source.language,
    )


# --- in ------------------------------------------------------------------------------


class CslParser(JSONParser):
    media_type = MEDIA_TYPES[Format.CSL]

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns the entries; raises BadCitation, or what JSONParser raises."""
        return read_csl(super().parse(stream, media_type, parser_context))


class BibtexParser(BaseParser):
    media_type = MEDIA_TYPES[Format.BIBTEX]

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns the entries; raises BadCitation, or BodyTooLarge."""
        return read_bibtex(body_of(stream, LARGEST_FILE))


class RisParser(BaseParser):
    media_type = MEDIA_TYPES[Format.RIS]

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns the entries; raises BadCitation, or BodyTooLarge."""
        return read_ris(body_of(stream, LARGEST_FILE))


class FiledEntry(serializers.Serializer[Any]):
    """What became of one entry of a file."""

    entry = serializers.IntegerField(help_text="From 1, in the order of the file.")
    key = serializers.CharField(allow_blank=True, help_text="As the file has it.")
    status = serializers.CharField(help_text="made or recognised")
    ignored = serializers.ListField(
        child=serializers.CharField(), help_text="Fields of the entry that sources do not have."
    )
    source: Any = serializers.IntegerField(help_text="Its id.")
    url = serializers.URLField(help_text="Its address here.")


class FiledEntries(serializers.Serializer[Any]):
    """What became of a file."""

    made = serializers.IntegerField()
    recognised = serializers.IntegerField()
    entries: Any = FiledEntry(many=True)


# --- the noun ------------------------------------------------------------------------

_ITEM = {"type": "object", "required": ["id", "type", "title"], "additionalProperties": True}


def shapes_of(record: Any, item: Any) -> dict[Any, Any]:
    """Returns the answers to describe: a record or list as JSON and in every other shape."""
    others = {(200, MEDIA_TYPES[kind]): OpenApiTypes.STR for kind in (Format.BIBTEX, Format.RIS)}
    return {(200, "application/json"): record, (200, MEDIA_TYPES[Format.CSL]): item, **others}


def described(read: type[Any], full: type[Any], body: type[Any]) -> dict[str, Any]:
    """Returns how to describe the noun's operations that know these formats."""
    files = dict.fromkeys((MEDIA_TYPES[Format.BIBTEX], MEDIA_TYPES[Format.RIS]), OpenApiTypes.STR)
    items = {"oneOf": [_ITEM, {"type": "array", "items": _ITEM}]}
    return {
        "list": extend_schema(
            responses=shapes_of(read(many=True), {"type": "array", "items": _ITEM}),
        ),
        "retrieve": extend_schema(responses=shapes_of(full, _ITEM)),
        "create": extend_schema(
            summary="File a source, or a file of citations",
            description="A citation file is filed whole or not at all; entries that are on record "
            "already are recognised by address, or by title, date and outlet.",
            request={"application/json": body, MEDIA_TYPES[Format.CSL]: items, **files},
            responses={200: FiledEntries, 201: full},
        ),
    }


class Cited(Noun):
    """What makes a noun's records references."""

    shapes: ClassVar[tuple[type[Shape], ...]] = (CslShape, BibtexShape, RisShape)
    takes: ClassVar[tuple[type[BaseParser], ...]] = (CslParser, BibtexParser, RisParser)

    @classmethod
    def present(cls, records: Records, context: Mapping[str, Any], *, full: bool) -> list[Any]:
        if isinstance(context["request"].accepted_renderer, cls.shapes):
            return references(list(records), context)
        return super().present(records, context, full=full)

    def create(self, request: Request) -> Response:
        if isinstance(request.data, tuple):
            return self._filed(request.data)
        made: Response = super().create(request)  # type: ignore[misc]  # Creates stands behind it
        return made

    def _filed(self, entries: Sequence[Entry]) -> Response:
        filed = file_citations(by=self.by, references=[entry.reference for entry in entries])
        rows = [
            self._row(number, entry, done)
            for number, (entry, done) in enumerate(zip(entries, filed, strict=True), 1)
        ]
        made = sum(done.new for done in filed)
        body = {"made": made, "recognised": len(rows) - made, "entries": rows}
        return Response(body, status=201 if made else 200)

    def _row(self, number: int, entry: Entry, done: Filed) -> dict[str, Any]:
        return {
            "entry": number,
            "key": entry.reference.key,
            "status": "made" if done.new else "recognised",
            "ignored": printable(entry.ignored),
            "source": done.source.pk,
            "url": reverse("sources-detail", args=[done.source.pk], request=self.request),
        }
