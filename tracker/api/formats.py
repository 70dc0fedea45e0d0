"""Other shapes of the same records: chosen by `?format=` or Accept; refusals stay JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.base import Noun, is_offered
from tracker.api.wire import LARGEST_BODY, AlwaysJSON, BodyTooLarge, JSONParser, JSONRenderer

PARAMETER = "format"


class Shape(BaseRenderer):
    """Another shape of what a noun presents."""

    charset: str | None = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Returns the shape of a record, or of a page of them; a problem is JSON whatever it is."""
        response: Response = (renderer_context or {})["response"]
        if response.exception:
            return JSONRenderer().render(data)
        if isinstance(data, Mapping) and data.keys() >= {"results", "next", "previous"}:
            return self.page(data["results"], data)
        return self.record(data)

    def page(self, records: list[Any], links: Mapping[str, Any]) -> bytes:
        """Returns the shape of a list's page."""
        raise NotImplementedError

    def record(self, record: Any) -> bytes:
        """Returns the shape of one record."""
        raise NotImplementedError


class ByRequest(AlwaysJSON):
    """Takes the shape that `?format=` names, else the one that Accept likes best, else JSON."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        named = request.query_params.get(PARAMETER)
        chosen = next((shape for shape in renderers if shape.format == named), None)
        if named is None:
            offered = [renderer.media_type for renderer in renderers]
            liked = request._request.get_preferred_type(offered)
            chosen = renderers[offered.index(liked)] if liked else None
        chosen = chosen or renderers[0]
        return chosen, chosen.media_type


class Shaped(Noun):
    """A noun whose lists and records have further shapes, and which takes further ones."""

    content_negotiation_class = ByRequest
    shapes: ClassVar[tuple[type[Shape], ...]] = ()
    takes: ClassVar[tuple[type[BaseParser], ...]] = ()
    shaped_actions: ClassVar[tuple[str, ...]] = ("list", "retrieve")

    @property
    def default_response_headers(self) -> dict[str, str]:
        vary = {"Vary": "Accept"} if self.shapes else {}
        return {**super().default_response_headers, **vary}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        names = [renderer.format for renderer in self.get_renderers()]
        if is_offered(request) and request.query_params.get(PARAMETER, names[0]) not in names:
            sentence = f"format is one of: {', '.join(names)}."
            raise ValidationError({PARAMETER: sentence}, code="unknown_format")

    def _parameters(self) -> set[str]:
        return super()._parameters() | ({PARAMETER} if self._shaped else set())

    @property
    def _shaped(self) -> bool:
        return bool(self.shapes) and getattr(self, "action", "") in self.shaped_actions

    def get_renderers(self) -> list[BaseRenderer]:
        return [JSONRenderer(), *(shape() for shape in (self.shapes if self._shaped else ()))]

    def get_parsers(self) -> list[BaseParser]:
        # The action is not known yet when a request is opened; its method and address are.
        filing = self.request is not None and self.request.method == "POST" and not self.kwargs
        return [JSONParser(), *(taken() for taken in (self.takes if filing else ()))]


def body_of(stream: Any, largest: int = LARGEST_BODY) -> bytes:
    """Returns the bytes that were sent; raises BodyTooLarge."""
    body: bytes = stream.read(largest + 1)
    if len(body) > largest:
        raise BodyTooLarge
    return body
