"""Scores as pictures: SVG that stands alone, prints, and says in words what it shows.

Each picture has three addresses: `.svg` for the eye, `.json` with the data behind it, and `.html`
with both side by side, for readers of either kind and to be embedded whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.safestring import mark_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.reverse import reverse

from tracker.actions import pictures
from tracker.actions.pictures import Picture, Sitter
from tracker.actions.scoreboards import scoreboard
from tracker.actions.scores import record_of
from tracker.api.access import sight_of
from tracker.api.moments import AS_OF
from tracker.api.scores import KEY, KIND, ScoreView
from tracker.api.selections import FILTERS
from tracker.api.wire import JSONRenderer
from tracker.domain.ranking import Tier
from tracker.models import Claim

SVG, JSON, HTML = "svg", "json", "html"
MEDIA_TYPES = {SVG: "image/svg+xml", JSON: "application/json", HTML: "text/html"}
KEPT = 300
"""Seconds for which anybody may keep a public picture without asking again."""
# A picture runs nothing and fetches nothing, wherever it stands.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STANDING = OpenApiParameter("standing", str, enum=[t.value for t in Tier])
PAGE = OpenApiParameter(
    "page",
    {"type": "integer", "minimum": 1, "maximum": 999_999, "default": 1},
    description="From 1; a page too far is the last one.",
)


class TableRead(serializers.Serializer[Any]):
    """The data behind a picture, as text for people to read; every row as long as the headers."""

    title = serializers.CharField()
    caption = serializers.CharField(help_text="The title, and in words what the picture shows.")
    headers = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    svg = serializers.URLField(help_text="Where the picture is.")


ANSWERS: Mapping[str, Any] = {
    SVG: OpenApiResponse(OpenApiTypes.STR, description="An SVG picture."),
    JSON: OpenApiResponse(TableRead, description="The data behind the picture."),
    HTML: OpenApiResponse(OpenApiTypes.STR, description="The picture with its data table."),
}


class OnePicture(BaseContentNegotiation):
    """A picture has the shape of its address, whatever the client likes; errors stay JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class PictureView(ScoreView):
    """A score drawn."""

    content_negotiation_class = OnePicture
    renderer_classes = (JSONRenderer,)
    where: ClassVar[str] = "<key>/"
    name: ClassVar[str]
    summary: ClassVar[str]
    described: ClassVar[tuple[OpenApiParameter, ...]] = (KIND, KEY, *FILTERS, AS_OF)
    shape: ClassVar[str] = SVG

    def drawn(self, picture: Picture) -> HttpResponseBase:
        """Returns the picture in the shape that is asked for, or 304 where the client has it."""
        body = {SVG: self._svg, JSON: self._json, HTML: self._html}[self.shape](picture)
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        kind = MEDIA_TYPES[self.shape]
        answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8", headers={"ETag": etag})
        self._say_who_may_have_it(answer)
        request: HttpRequest = self.request._request
        return get_conditional_response(request, etag, response=answer) or answer

    def _svg(self, picture: Picture) -> bytes:
        return picture.whole.encode()

    def _json(self, picture: Picture) -> bytes:
        table = picture.table
        return JSONRenderer().render(
            {
                "title": picture.title,
                "caption": table.caption,
                "headers": table.headers,
                "rows": table.rows,
                "svg": self._address_of(SVG),
            }
        )

    def _html(self, picture: Picture) -> bytes:
        # Every word in a picture was escaped when it was drawn.
        parts = [mark_safe(part) for part in picture.parts]
        context = {"picture": picture, "parts": parts, "json": self._address_of(JSON)}
        return render_to_string("tracker/picture.html", context).encode()

    def _address_of(self, shape: str) -> str:
        match = self.request._request.resolver_match
        assert match is not None, "the request came by an address"
        found: str = reverse(name_of(self.name, shape), kwargs=match.kwargs, request=self.request)
        query = self.request._request.META.get("QUERY_STRING", "")
        return f"{found}?{query}" if query else found

    def _say_who_may_have_it(self, answer: HttpResponse) -> None:
        """What anybody may read is kept by anybody and shown anywhere; all else stays here."""
        public = settings.TRACKER_PUBLIC_READ and not sight_of(self.request).staff
        answer["Cache-Control"] = f"public, max-age={KEPT}" if public else "private, no-cache"
        answer["Cross-Origin-Resource-Policy"] = "cross-origin" if public else "same-origin"
        anywhere = "*" if public else "'none'"
        answer["Content-Security-Policy"] = f"{POLICY}; frame-ancestors {anywhere}"
        vars(answer)["xframe_options_exempt"] = public
        patch_vary_headers(answer, ("Authorization", "Cookie"))


class SubjectPicture(PictureView):
    """One subject drawn, as of any moment."""

    def get(self, request: Request, kind: str, key: str) -> HttpResponseBase:
        subject, seen = self.subjects(kind)
        with self.then():
            found = self.named(seen, key)
            picture = self.draw(Sitter(record_of(subject, found.pk), str(found)))
        return self.drawn(picture)

    def draw(self, sitter: Sitter) -> Picture:
        """Returns the picture of this subject."""
        raise NotImplementedError


class CalibrationPicture(SubjectPicture):
    """How often what a subject said came true, beside a perfectly calibrated speaker's band."""

    name = "calibration"
    summary = "Draw one subject's calibration"

    def draw(self, sitter: Sitter) -> Picture:
        return pictures.calibration(sitter)


class ScorePicture(SubjectPicture):
    """A subject's improvement over the base rate, with its interval and its reader band."""

    name = "score"
    summary = "Draw one subject's score"

    def draw(self, sitter: Sitter) -> Picture:
        return pictures.score(sitter)


class HedgePicture(SubjectPicture):
    """Which words a subject uses, what readers take from them, and what came true."""

    name = "hedges"
    summary = "Draw one subject's hedge words"

    def draw(self, sitter: Sitter) -> Picture:
        return pictures.hedges(sitter)


class TimelinePicture(SubjectPicture):
    """A subject's newest claims: when said, when due, what happened, what was ruled."""

    name = "timeline"
    summary = "Draw one subject's claims and outcomes"

    def draw(self, sitter: Sitter) -> Picture:
        seen = sight_of(self.request).see(Claim.objects.all())
        return pictures.timeline(sitter, seen)


class CaterpillarPicture(PictureView):
    """Everybody's improvement with interval and reader band, by tier and name, never by rank."""

    where = ""
    name = "caterpillar"
    summary = "Draw the scores of one kind"
    parameters = (*ScoreView.parameters, "standing", "page")
    described = (KIND, STANDING, PAGE, *FILTERS, AS_OF)

    def get(self, request: Request, kind: str) -> HttpResponseBase:
        subject, seen = self.subjects(kind)
        only, page = self._standing(), self._page()
        with self.then():
            board = scoreboard(subject, seen, only=only, page=page)
        return self.drawn(board.picture)

    def _standing(self) -> Tier | None:
        given = self.request.query_params.get("standing")
        if given is not None and given not in set(Tier):
            sentence = f"standing is one of: {', '.join(Tier)}."
            raise ValidationError({"standing": sentence}, code="invalid_choice")
        return Tier(given) if given else None

    def _page(self) -> int:
        given = self.request.query_params.get("page", "1")
        if not (given.isascii() and given.isdecimal() and 0 < len(given) < 7 and int(given)):
            raise ValidationError({"page": "page is a number from 1 on."}, code="invalid")
        return int(given)


VIEWS: tuple[type[PictureView], ...] = (
    CalibrationPicture,
    ScorePicture,
    HedgePicture,
    TimelinePicture,
    CaterpillarPicture,
)


def name_of(picture: str, shape: str) -> str:
    """Returns the name of a picture's address."""
    return f"scores-{picture}-{shape}"


def _shaped(view: type[PictureView], shape: str) -> type[PictureView]:
    """Returns the view of one shape, which the description of the API can tell from the others."""
    described = extend_schema(
        operation_id=f"scores_{view.name}_{shape}",
        summary=f"{view.summary} ({shape.upper()})",
        parameters=list(view.described),
        responses={(200, MEDIA_TYPES[shape]): ANSWERS[shape]},
    )
    shaped = type(view.__name__, (view,), {"shape": shape, "__doc__": view.__doc__})
    return extend_schema_view(get=described)(shaped)


def addresses() -> Iterator[URLPattern]:
    """Every picture in every shape, as paths below that of the scores."""
    for view in VIEWS:
        for shape in MEDIA_TYPES:
            address = f"<kind>/{view.where}{view.name}.{shape}"
            yield path(address, _shaped(view, shape).as_view(), name=name_of(view.name, shape))
