"""Exports: claims, codes and resolutions as streams, and all of them in one verified package."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any, ClassVar

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.api.access import MayEnter, sight_of
from tracker.api.base import refuse_unknown_parameters
from tracker.api.claim_filters import ClaimFilter
from tracker.api.export_tables import TABLES, Table
from tracker.api.sight import Sight
from tracker.intake.export_files import lines, measured, package, packed, resource, table
from tracker.models import Claim

FORMS = {"csv": ("text/csv; charset=utf-8", table), "jsonl": ("application/x-ndjson", lines)}
PRIVATE = {"Cache-Control": "private, no-store"}
EXPLAINED = """Streamed, in the order of ids, the same bytes for the same record. In CSV, cells
that a spreadsheet would compute (= + - @ tab, carriage return) begin with a `'`, and so do those
that begin with a `'`; an import takes the mark off. Claims take the filters of their list."""
STEP = 1 << 20


def parts(found: Table, form: str, sight: Sight, chosen: Any = None) -> Iterator[bytes]:
    """Yields one table in one form, as this sight may see it."""
    return FORMS[form][1](list(found.fields), found.rows(sight, chosen))


class Exports(APIView):
    """Where the exports are."""

    permission_classes = (MayEnter,)

    @extend_schema(
        summary="List the exports",
        responses={200: {"type": "object", "additionalProperties": {"type": "string"}}},
    )
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ())
        names = [f"{one.name}.{form}" for one in TABLES for form in FORMS]
        names += ["datapackage.json", "all.zip"]
        return Response({name: reverse(f"exports-{name}", request=request) for name in names})


class ExportView(APIView):
    """One table in one form."""

    permission_classes = (MayEnter,)
    queryset = Claim.objects.all()
    filterset_class = ClaimFilter
    found: ClassVar[Table]
    form: ClassVar[str]
    filtered: ClassVar[bool]

    def get(self, request: Request) -> StreamingHttpResponse:
        sight = sight_of(request)
        chosen = self._chosen(request, sight)
        name = f"{self.found.name}.{self.form}"
        return StreamingHttpResponse(
            parts(self.found, self.form, sight, chosen),
            content_type=FORMS[self.form][0],
            headers={**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _chosen(self, request: Request, sight: Sight) -> Any:
        """Returns the claims that the filters of their list choose, or None for everything."""
        known = ClaimFilter.get_filters() if self.filtered else {}
        refuse_unknown_parameters(request, known)
        if not request.query_params:
            return None
        seen = sight.see(Claim.objects.all())
        filters = ClaimFilter(request.query_params, seen, request=request)
        if not filters.is_valid():
            raise ValidationError(filters.errors)
        return Claim.objects.filter(pk__in=filters.qs.order_by().values("pk"))


def _package(sight: Sight) -> Iterator[dict[str, Any]]:
    for one in TABLES:
        for form in FORMS:
            digest, size = measured(parts(one, form, sight))
            yield resource(f"{one.name}.{form}", one.fields, digest, size)


class DataPackage(APIView):
    """The description of all exports, with the hash of each."""

    permission_classes = (MayEnter,)

    @extend_schema(
        summary="The exports' columns and hashes",
        description="A Frictionless data package: each file with its fields' types and SHA-256.",
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        refuse_unknown_parameters(request, ())
        found = package(list(_package(sight_of(request))))
        return HttpResponse(found, content_type="application/json", headers=PRIVATE)


class WholeExport(APIView):
    """All exports and their description in one file."""

    permission_classes = (MayEnter,)

    @extend_schema(
        summary="All exports in one file",
        description="The tables in both forms with their data package; `POST /imports/` takes it.",
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        refuse_unknown_parameters(request, ())
        name = 'attachment; filename="expert-claims.zip"'
        return StreamingHttpResponse(
            whole(sight_of(request)),
            content_type="application/zip",
            headers={**PRIVATE, "Content-Disposition": name},
        )


def whole(sight: Sight) -> Iterator[bytes]:
    """Yields the zip, which is made on the disk first."""
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as zipped:
            resources = []
            for one in TABLES:
                for form in FORMS:
                    name = f"{one.name}.{form}"
                    digest, size = packed(zipped, name, parts(one, form, sight))
                    resources.append(resource(name, one.fields, digest, size))
            packed(zipped, "datapackage.json", [package(resources)])
        file.seek(0)
        while part := file.read(STEP):
            yield part


def _view(one: Table, form: str) -> Any:
    media_type = FORMS[form][0].partition(";")[0]
    described = extend_schema(
        summary=f"Export {one.name} as {form.upper()}",
        description=f"{one.says} {EXPLAINED}",
        responses={(200, media_type): OpenApiTypes.STR},
    )
    declared = {"found": one, "form": form, "filtered": one.name == "claims"}
    return described(type(f"{one.name.title()}{form.title()}", (ExportView,), declared))


def addresses() -> Iterator[URLPattern]:
    """Yields the address of every export."""
    yield path("exports/", Exports.as_view(), name="exports")
    for one in TABLES:
        for form in FORMS:
            name = f"{one.name}.{form}"
            yield path(f"exports/{name}", _view(one, form).as_view(), name=f"exports-{name}")
    yield path("exports/datapackage.json", DataPackage.as_view(), name="exports-datapackage.json")
    yield path("exports/all.zip", WholeExport.as_view(), name="exports-all.zip")
