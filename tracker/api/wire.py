"""JSON in and out: what cannot be read is refused, what PostgreSQL has built passes untouched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any
from urllib.parse import unquote, unquote_to_bytes

import orjson
from rest_framework.exceptions import APIException, ParseError
from rest_framework.metadata import BaseMetadata
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from tracker.intake.json_text import distinct, no_constant

LARGEST_BODY = 8 * 1024 * 1024  # bytes; the longest book review is a hundredth of that


class BodyTooLarge(APIException):
    """More than any claim with its article can need."""

    status_code = 413
    default_code = "too_large"
    default_detail = f"The body is larger than {LARGEST_BODY // 1024**2} MB."


class JSONParser(BaseParser):
    """Reads strict JSON: UTF-8, no NaN, no name twice, no nesting without end."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Returns the body; raises ParseError, or BodyTooLarge."""
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise BodyTooLarge
        try:
            return json.loads(
                body.decode("utf-8"), parse_constant=no_constant, object_pairs_hook=distinct
            )
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        except ValueError as error:
            raise ParseError(f"This is not JSON: {error}.") from error


class JSONRenderer(BaseRenderer):
    """Writes JSON; an orjson.Fragment is JSON already and passes as it is."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Returns UTF-8, and nothing at all for an answer without a body."""
        return b"" if data is None else orjson.dumps(data, default=str)


class Methods(BaseMetadata):
    """What OPTIONS answers: the methods that the address has, as Allow does."""

    def determine_metadata(self, request: Request, view: Any) -> dict[str, list[str]]:
        return {"methods": list(view.allowed_methods)}


class AlwaysJSON(BaseContentNegotiation):
    """There is one representation: whoever asks for another gets JSON and its true type."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Returns the parser for the content type that was declared, or None: refused with 415."""
        declared = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == declared), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


def garbled(request: Request) -> Iterator[str]:
    """Yields the parameters that are no UTF-8: Django would read them as if they were."""
    query = str(request.META.get("QUERY_STRING", ""))
    for part in query.split("&") if "%" in query else ():
        try:
            unquote_to_bytes(part).decode()
        except UnicodeDecodeError:
            yield unquote(part.partition("=")[0])
