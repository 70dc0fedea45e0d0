"""Other shapes of the same records: chosen by `?format=` or Accept; refusals stay JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.wire import LARGEST_BODY, AlwaysJSON, BodyTooLarge, JSONRenderer

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


def names(request: Request) -> list[str]:
    """Returns the names of the shapes that there are for what is asked, JSON first."""
    view = request.parser_context["view"]
    if not issubclass(view.content_negotiation_class, ByRequest):
        return [JSONRenderer.format]
    return [renderer.format for renderer in view.get_renderers()]


def body_of(stream: Any, largest: int = LARGEST_BODY) -> bytes:
    """Returns the bytes that were sent; raises BodyTooLarge."""
    body: bytes = stream.read(largest + 1)
    if len(body) > largest:
        raise BodyTooLarge
    return body
