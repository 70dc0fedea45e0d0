"""The OpenAPI description: what each view declares, and the one error shape on every operation."""

from __future__ import annotations

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from tracker.api import expansions, fieldsets, formats, receipts
from tracker.api.errors import MEDIA_TYPE
from tracker.api.fieldsets import Told
from tracker.api.tables import Table
from tracker.domain.ranking import Tier
from tracker.models import (
    Anchoring,
    Benchmark,
    Claim,
    Delivery,
    Duplicate,
    Event,
    HedgeTerm,
    Import,
    Organisation,
    Quotation,
    Resolution,
    Round,
    ScoreItem,
    ScoreRun,
    Snapshot,
    Source,
    Webhook,
)

ALWAYS = {
    400: "The request cannot be read, or names a field or parameter that does not exist.",
    401: "Nobody is logged in.",
    403: "Your role does not allow this.",
    429: "You ask too often: Retry-After says in how many seconds to go on.",
}
ON_QUESTIONS = {422: "A parameter names what is not there, or two of them cannot both hold."}
ON_RECORDS = {404: "There is no such record, or you may not see it."}
ON_WRITES = {
    409: "A rule of the record stands against it.",
    413: "The body is too large.",
    415: "The body is of a type that is not taken here.",
    422: "What was sent cannot be carried out.",
}
ON_CHANGES = {
    412: "The record has changed since it was read: `facts.current` is how it stands now.",
    428: "If-Match is missing.",
}
SEEN = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the record as you have read it, or several, or `*` for any state.",
)
KEY = OpenApiParameter(
    receipts.HEADER,
    {"type": "string", "pattern": receipts.KEY},
    OpenApiParameter.HEADER,
    description="A name of your own for this request, such as a UUID. Sent again with the same "
    "request within 24 hours it has no second effect and gets the same answer, marked "
    "`Idempotency-Replayed: true`; with another request it is 422; while the first is still at "
    "work, 409 `in_progress` with Retry-After. Refused requests are not kept. Where the answer "
    "holds a secret (tokens, calendars, reply-links, webhooks) no key is taken: 400.",
)


# Names for the sets of values of which several columns share one name.
CLAIM_KIND = Claim._meta.get_field("kind").choices
ORGANISATION_KIND = Organisation._meta.get_field("kind").choices
SOURCE_KIND = Source._meta.get_field("kind").choices
BENCHMARK_KIND = Benchmark._meta.get_field("kind").choices
REPORT_MODE = Quotation._meta.get_field("mode").choices
HEDGE_MODE = HedgeTerm._meta.get_field("mode").choices
CAPTURE_METHOD = Snapshot._meta.get_field("method").choices
RESOLUTION_METHOD = Resolution._meta.get_field("method").choices
CLAIM_STATE = Claim._meta.get_field("state").choices
ROUND_STATE = Round._meta.get_field("state").choices
DUPLICATE_STATE = Duplicate._meta.get_field("state").choices
SUBJECT_KIND = ScoreRun._meta.get_field("subject").choices
PROBABILITY_TIER = ScoreItem._meta.get_field("tier").choices
SCORE_TIER = [(tier.value, tier.value) for tier in Tier]
WEBHOOK_STATE = Webhook._meta.get_field("state").choices
DELIVERY_STATE = Delivery._meta.get_field("state").choices
EVENT_KIND = Event._meta.get_field("kind").choices
IMPORT_STATE = Import._meta.get_field("state").choices
IMPORT_FORMAT = Import._meta.get_field("format").choices
ANCHORING_STATE = Anchoring._meta.get_field("state").choices


class FaultSchema(serializers.Serializer[Any]):
    """What is wrong with one field."""

    field = serializers.CharField(
        allow_blank=True, help_text="Dotted name; of a query parameter or header, its name."
    )
    pointer = serializers.CharField(
        allow_blank=True, help_text="JSON pointer into the body that was sent, if it lies there."
    )
    code = serializers.CharField()
    detail = serializers.CharField(help_text="A sentence for people.")


class ProblemSchema(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; for programs.")
    detail = serializers.CharField(help_text="A sentence for people.")
    instance = serializers.CharField(
        required=False, help_text="Names this request, as X-Request-Id and the server's log do."
    )
    errors: Any = FaultSchema(many=True)
    facts = serializers.DictField(
        required=False,
        help_text="What helps to put it right: `nearest`, the passage that comes nearest to a "
        "quotation that was refused, with the difference; `state`, where a round, resolution or "
        "dispute stands now that has moved on.",
    )


class Schema(AutoSchema):
    """Reads the request from a view's `bodies` and documents problems everywhere."""

    def get_request_serializer(self) -> Any:
        bodies = getattr(self.view, "bodies", {})
        body = bodies.get(getattr(self.view, "action", ""))
        return body() if body else None

    def get_override_parameters(self) -> list[Any]:
        """What a request may carry besides: what to tell, the state it is made on, its own key."""
        if self._is_told:
            view: Any = self.view
            known, shape = view.expansions, view.shape(full=not self._is_list)
            further = [expansions.parameter(known)] if known else []
            return [fieldsets.parameter(shape, known), *further]
        if self.method == "PATCH":
            return [SEEN]
        step = getattr(self.view, "action", None) or "post"
        takes_key = step not in getattr(self.view, "told_once", (step,))
        return [KEY] if self.method == "POST" and takes_key else []

    def get_filter_backends(self) -> list[Any]:
        # An export is no list, and takes the filters of one.
        if getattr(self.view, "filtered", False):
            return [DjangoFilterBackend]
        found: list[Any] = super().get_filter_backends()
        return found

    def get_tags(self) -> list[str]:
        return (self._tokenize_path() or ["root"])[:1]

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        found: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]  # spectacular is untyped
        # A Body refuses what it does not name.
        if hasattr(serializer, "makes"):
            found["additionalProperties"] = False
        return found

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        answers: dict[str, Any] = super()._get_response_bodies(direction)
        content = answers.get("200", {}).get("content", {})
        if self._is_tabled and "application/json" in content:
            content[Table.media_type] = {"schema": {"type": "string"}}
        if self._is_told:
            part = fieldsets.reference(listed=self._is_list)
            content[fieldsets.MEDIA_TYPE] = {"schema": part}
        shape = self.resolve_serializer(ProblemSchema, "response").ref
        for status, meaning in self._problems().items():
            content = {MEDIA_TYPE: {"schema": shape}}
            answers.setdefault(str(status), {"description": meaning, "content": content})
        return answers

    @property
    def _is_told(self) -> bool:
        """Whether this reads a noun's list or record, of which parts can be asked for."""
        return isinstance(self.view, Told) and self.view.action in fieldsets.READS

    @property
    def _is_list(self) -> bool:
        return getattr(self.view, "action", "") == "list"

    @property
    def _is_tabled(self) -> bool:
        """Whether what is read here can be read as a table, too."""
        view = self.view
        return self.method == "GET" and any(isinstance(r, Table) for r in view.get_renderers())

    def map_renderers(self, attribute: str) -> list[str]:
        found: list[str] = super().map_renderers(attribute)
        return [one for one in found if one not in (Table.media_type, Table.format)]

    def _get_parameters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super()._get_parameters()
        if self._is_tabled:
            found = [one for one in found if one["name"] != formats.PARAMETER]
            found.append(_format([one.format for one in self.view.get_renderers()]))
        for parameter in found:
            shape = parameter["schema"]
            # An empty parameter is refused, as one that nobody knows.
            if parameter["in"] == "query" and shape == {"type": "string"}:
                parameter["schema"] = {**shape, "minLength": 1}
        return found

    def _get_response_for_code(
        self,
        serializer: Any,
        status_code: str,
        media_types: list[str] | None = None,
        direction: Any = "response",
    ) -> dict[str, Any]:
        answer: dict[str, Any] = super()._get_response_for_code(  # type: ignore[no-untyped-call]  # spectacular is untyped
            serializer, status_code, media_types, direction
        )
        # Only our own JSON says where the next page is; other shapes leave that to the Link header.
        for media_type, content in answer.get("content", {}).items():
            paged = content["schema"].get("properties", {}).get("results")
            if paged and media_type != "application/json":
                content["schema"] = paged["items"]
        return answer

    def _problems(self) -> dict[int, str]:
        found = dict(ALWAYS)
        if any(one["in"] in ("query", "header") for one in self._get_parameters()):
            found |= ON_QUESTIONS
        if "{" in self.path:
            found |= ON_RECORDS
        if self.method in ("POST", "PATCH"):
            found |= ON_WRITES
        if self.method == "PATCH":
            found |= ON_CHANGES
        return found


def _format(names: list[str]) -> dict[str, Any]:
    return {
        "name": formats.PARAMETER,
        "in": "query",
        "description": "The shape of the answer; overrides Accept.",
        "schema": {"type": "string", "enum": names, "default": names[0]},
    }


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped base
    """How the description speaks of tokens."""

    target_class = "tracker.api.access.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and the token, which POST /api/v1/tokens/ gives.",
        }


class NameScheme(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # untyped base
    """How the description speaks of names: a string, or the object that says more."""

    target_class = "tracker.api.drafts.Named"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        body = auto_schema.resolve_serializer(self.target.body, direction)
        return {"oneOf": [{"type": "string"}, body.ref]}
