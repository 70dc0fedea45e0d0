"""Imports: files of claims, checked line by line and taken as a whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import imports
from tracker.api.base import Noun
from tracker.api.bodies import Body, Maker, NoBody
from tracker.api.bulk_files import (
    BulkFormParser,
    ExportParser,
    LinesParser,
    Sent,
    TableParser,
)
from tracker.api.fields import Truth, chosen
from tracker.api.filters import Filter, Flag
from tracker.api.pages import Order
from tracker.api.refs import Read, UserRef, link
from tracker.api.uploads import File
from tracker.api.wire import JSONParser
from tracker.domain.import_columns import CLAIMS
from tracker.domain.imports import ImportFormat, ImportState
from tracker.domain.spreadsheets import neutral
from tracker.models import Import

SHOWN = 100
FAULT_COLUMNS = ("line", "field", "code", "message")
ENDINGS = {
    ".csv": ImportFormat.CSV,
    ".tsv": ImportFormat.CSV,
    ".txt": ImportFormat.CSV,
    ".jsonl": ImportFormat.JSONL,
    ".ndjson": ImportFormat.JSONL,
    ".zip": ImportFormat.EXPORT,
}
COLUMNS = "\n".join(f"- `{name}` {column.says}" for name, column in CLAIMS.columns.items())
EXPLAINED = f"""Takes up to a million claims as CSV (UTF-8; commas, semicolons or tabs), as JSON
Lines (each line the body of `POST /claims/`), or as an export of ours (zip); as a form with `file`
or as the bare body. A worker checks every line and then writes all, or none: ask for the import
until `finished_at` is there. Rows whose `external_id` (or `uuid`) is on record with the same
content are counted as `rows_there`; with other content they are faults.

Columns are named by their place in the body of `POST /claims/`; `speaker.person`,
`speaker.organisation`, `source.outlet` and `probability` may stand alone. In a table, empty cells
say nothing, names in one cell are divided by `|`, and a leading `'` before = + - @ is taken off.

{COLUMNS}"""


class FaultRead(serializers.Serializer[Any]):
    """What is wrong in one line."""

    line = serializers.IntegerField(help_text="The file's first is 1; 0 is the whole.")
    field = serializers.CharField(allow_blank=True, help_text="The column.")
    code = serializers.CharField()
    message = serializers.CharField(help_text="What to do about it.")


class ImportRead(Read):
    requested_by = UserRef()
    url = link("imports")

    class Meta:
        model = Import
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "filename",
            "format",
            "size",
            "dry_run",
            "state",
            "reason",
            "rows_read",
            "rows_checked",
            "rows_written",
            "rows_there",
            "faults_found",
            "requested_by",
            "requested_at",
            "started_at",
            "finished_at",
            "url",
        )


class ImportFull(ImportRead):
    faults: Any = serializers.SerializerMethodField(
        help_text=f"The first {SHOWN}; `faults/` has all, as CSV."
    )

    class Meta(ImportRead.Meta):
        fields = (*ImportRead.Meta.fields, "faults")

    @extend_schema_field(FaultRead(many=True))
    def get_faults(self, run: Import) -> list[dict[str, Any]]:
        return list(run.faults.values(*FAULT_COLUMNS)[:SHOWN])


def _sent(*, file: Any, dry_run: str = "", format: str = "") -> dict[str, Any]:
    ending = f".{file.name.rpartition('.')[2].casefold()}"
    found = format or ENDINGS.get(ending)
    if not found:
        message = "Say the format, or end the file's name in .csv, .jsonl or .zip."
        raise ValidationError({"format": message}, code="incomplete")
    sent = Sent(file, file.size, ImportFormat(found), file.name)
    return {**vars(sent), "dry_run": dry_run == "true"}


class ImportBody(Body):
    """A file, what it is in, and whether it is only to be checked."""

    file = File(allow_empty_file=True, help_text="2 GB at most.")
    dry_run = serializers.ChoiceField(
        choices=["true", "false"], required=False, help_text="Check everything, write nothing."
    )
    format = chosen(
        Import, "format", required=False, help_text="Left out: by the end of the file's name."
    )

    makes: ClassVar[Maker] = _sent


class Again(Body):
    """The same file once more."""

    dry_run = Truth(required=False, help_text="Check everything, write nothing.")


class ImportFilter(Filter):
    state = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in ImportState])
    ended = Flag(field_name="finished_at", lookup_expr="isnull", exclude=True)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def _faults(run: Import) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(FAULT_COLUMNS)
    for found in run.faults.values_list(*FAULT_COLUMNS).iterator(chunk_size=2_000):
        yield writer.writerow([neutral(str(value)) for value in found])


def faults_table(run: Import) -> StreamingHttpResponse:
    """Answers with all that was found wrong, as CSV."""
    name = f'attachment; filename="import-{run.pk}-faults.csv"'
    return StreamingHttpResponse(
        _faults(run),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name, "Cache-Control": "private, no-store"},
    )


DRY_RUN = OpenApiParameter(
    "dry_run", bool, description="Of a bare body: check everything, write nothing."
)


@extend_schema_view(
    create=extend_schema(
        summary="Import claims from a file",
        description=EXPLAINED,
        parameters=[DRY_RUN],
        request={
            "multipart/form-data": ImportBody,
            "text/csv": OpenApiTypes.BINARY,
            "application/x-ndjson": OpenApiTypes.BINARY,
            "application/zip": OpenApiTypes.BINARY,
        },
        responses={202: ImportFull},
    ),
    retrieve=extend_schema(responses=ImportFull),
)
class Imports(Noun):
    """Files of claims: how far each is, and what its lines lack; one's own, and for editors all."""

    noun = "imports"
    queryset = Import.objects.select_related("requested_by")
    serializer_class = ImportRead
    full_serializer_class = ImportFull
    filterset_class = ImportFilter
    parser_classes = (BulkFormParser, TableParser, LinesParser, ExportParser)
    order = Order(("id",))
    bodies = {"create": ImportBody, "retry": Again, "cancel": NoBody}

    def _parameters(self) -> set[str]:
        return {"dry_run"} if self.action == "create" else super()._parameters()

    def create(self, request: Request) -> Response:
        run = imports.request_import(**self.act, **self._file(request))
        return self.shown(run, status=202)

    def _file(self, request: Request) -> dict[str, Any]:
        found = request.data
        if not isinstance(found, Sent):
            sent: dict[str, Any] = self.sent()
            return sent
        dry_run = request.query_params.get("dry_run", "false")
        if dry_run not in ("true", "false"):
            raise ValidationError({"dry_run": "Write true or false."})
        return {**vars(found), "dry_run": dry_run == "true"}

    @extend_schema(summary="Import the same file again", responses={202: ImportFull})
    @action(methods=["post"], detail=True, parser_classes=(JSONParser,))
    def retry(self, request: Request, key: str) -> Response:
        run = self.get_object()
        return self.shown(imports.retry_import(**self.act, run=run, **self.sent()), status=202)

    @extend_schema(summary="Give up an import that waits", responses={200: ImportFull})
    @action(methods=["post"], detail=True, parser_classes=(JSONParser,))
    def cancel(self, request: Request, key: str) -> Response:
        run = self.get_object()
        self.sent()
        return self.shown(imports.cancel_import(**self.act, run=run))

    @extend_schema(
        summary="All that is wrong with a file, as CSV",
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    @action(methods=["get"], detail=True)
    def faults(self, request: Request, key: str) -> StreamingHttpResponse:
        return faults_table(self.get_object())
