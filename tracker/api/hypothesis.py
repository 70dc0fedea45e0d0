"""Rows of Hypothesis' search: each becomes a quotation, or is told why it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.api.access import sight_of
from tracker.api.annotations import marked
from tracker.api.base import refuse_unknown_parameters
from tracker.api.bodies import Body
from tracker.api.documents import QuotationRead, Quotations
from tracker.api.errors import printable, problem
from tracker.api.fields import Whole, optional_text
from tracker.api.receipts import Receipted
from tracker.domain.annotations import MOST_ROWS, read_row
from tracker.domain.errors import TrackerError
from tracker.domain.roles import Verb
from tracker.models import Quotation, User


@extend_schema_field({})
class Anything(serializers.JSONField):
    """What others have written, null too; what it means is found out later."""

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        return (True, None) if data is None else super().validate_empty_values(data)


class Search(Body):
    """What `GET https://api.hypothes.is/api/search` answers, as it is."""

    rows: Any = serializers.ListField(child=Anything(), max_length=MOST_ROWS)
    total = Whole(required=False)
    said_on = optional_text(help_text="When the words were said, for rows without `tr:saidOn`.")


class Row(serializers.Serializer[Any]):
    """One row of such an answer, alone; what else stands in it is left aside."""

    target: Any = Anything(help_text="As Hypothesis has it.")


EITHER = PolymorphicProxySerializer("SearchOrRow", [Search, Row], resource_type_field_name=None)


class Refusal(serializers.Serializer[Any]):
    """Why a row is no quotation."""

    code = serializers.CharField()
    detail = serializers.CharField(help_text="A sentence for people.")
    field = serializers.CharField(allow_blank=True)
    facts = serializers.DictField(
        help_text="Such as `nearest`: the passage that comes nearest to the words."
    )


class RowRead(serializers.Serializer[Any]):
    """What became of one row."""

    row = serializers.IntegerField(help_text="From 1.")
    id = serializers.CharField(allow_blank=True, help_text="As Hypothesis has it.")
    status = serializers.CharField(help_text="made, recognised or refused")
    quotation: Any = QuotationRead(allow_null=True)
    refusal: Any = Refusal(allow_null=True)


class RowsRead(serializers.Serializer[Any]):
    """What became of all rows."""

    made = serializers.IntegerField()
    recognised = serializers.IntegerField()
    refused = serializers.IntegerField()
    rows: Any = RowRead(many=True)


class Annotations(Receipted, APIView):
    """Annotations that others have made in their own tools."""

    @extend_schema(
        operation_id="annotations_import",
        summary="Quote the passages that Hypothesis' rows mark",
        description="Each row is kept or refused on its own; a row alone may be sent as it is, "
        "and is answered in the same way. Nothing of a refused row is kept.",
        request=EITHER,
        responses={200: RowsRead, 201: RowsRead},
    )
    def post(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ())
        by = request.user
        assert isinstance(by, User), "MayEnter lets only users with a role write"
        by.must_be_allowed(Verb.LOG)
        rows, said_on = _rows(request.data)
        done = [self._kept(number, row, said_on, by) for number, row in enumerate(rows, 1)]
        counts = {
            status: sum(row["status"] == status for row in done)
            for status in ("made", "recognised", "refused")
        }
        return Response({**counts, "rows": done}, status=201 if counts["made"] else 200)

    def _kept(self, number: int, row: object, said_on: str, by: User) -> dict[str, Any]:
        name = row.get("id") if isinstance(row, Mapping) else ""
        told = {"row": number, "id": printable(str(name or "")[:80])}
        try:
            done = marked(sight_of(self.request), by, read_row(row, said_on))
        except TrackerError as error:
            return {**told, "status": "refused", "quotation": None, "refusal": _refusal(error)}
        status = "made" if done.new else "recognised"
        shown = self._shown(done.quotation)
        return {**told, "status": status, "quotation": shown, "refusal": None}

    def _shown(self, quotation: Quotation) -> Any:
        found = Quotations.queryset.filter(pk=quotation.pk)
        context = {"request": self.request, "sight": sight_of(self.request)}
        return QuotationRead(found.get(), context=context).data


def _rows(sent: object) -> tuple[list[Any], str]:
    """Returns the rows of a search, or the one row that was sent alone; raises ValidationError."""
    if isinstance(sent, Mapping) and "rows" not in sent:
        if "target" not in sent:
            raise ValidationError({"rows": "Send rows, or one row as it is."}, code="required")
        return [sent], ""
    asked = Search.read(sent)
    return asked["rows"], asked.get("said_on", "")


def _refusal(error: TrackerError) -> dict[str, Any]:
    found = problem(422, error.code, error.message, facts=error.facts)
    return {
        "code": error.code,
        "detail": error.message,
        "field": error.field,
        "facts": found.get("facts", {}),
    }
