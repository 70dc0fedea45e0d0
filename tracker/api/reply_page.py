"""A named speaker's page, /reply/<token>/: what was settled, and the form to answer it once.

It takes no login and no cookie: the signed token in its address is all, and opens nothing else.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.actions.links import Purpose, hash_of
from tracker.actions.reply_links import answer_by_link, find_reply_link
from tracker.api.base import refuse_unknown_parameters
from tracker.api.bodies import Body
from tracker.api.fields import Text
from tracker.api.reply_story import ReplyPageRead, page_of
from tracker.api.throttles import PerAddress, PerLink
from tracker.api.wire import AlwaysJSON, BodyTooLarge, JSONParser, JSONRenderer
from tracker.domain.replies import MOST_CHARACTERS, MOST_IN_LINE

LARGEST_REPLY = 128 * 1024  # bytes; 5,000 characters of any script, as a form encodes them
HEADERS = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Vary": "Accept",
}
TOKEN = OpenApiParameter(
    "token", str, OpenApiParameter.PATH, description="Signed; see reply-links."
)


class SpeakersReply(Body):
    author = Text(help_text="As you sign.")
    text = Text(help_text=f"Plain text, {MOST_CHARACTERS:,} characters at most.")


class FormParser(BaseParser):
    """Reads what a browser sends from a plain form."""

    media_type = "application/x-www-form-urlencoded"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return QueryDict(stream.read(), encoding="utf-8").dict()
        except (SuspiciousOperation, UnicodeError) as error:
            raise ParseError("This form cannot be read.") from error


class Page(BaseRenderer):
    """Writes the page for people, from the same facts that programs get as JSON."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(self, data: Any, media_type: Any = None, context: Any = None) -> str:
        view, response = context["view"], context["response"]
        facts = {
            "contact": settings.TRACKER_FROM_EMAIL,
            "most": MOST_CHARACTERS,
            "most_written": f"{MOST_CHARACTERS:,}",
            "most_in_line": MOST_IN_LINE,
            "sent": view.sent_words,
        }
        if response.status_code < 400:
            return render_to_string("tracker/reply.html", {**facts, **data})
        problem = {"problem": data, "faults": {one["field"]: one for one in data["errors"]}}
        if view.page and response.status_code in (400, 422):
            return render_to_string("tracker/reply.html", {**facts, **view.page, **problem})
        return render_to_string("tracker/reply_problem.html", {**facts, **problem})


class PageOrJSON(AlwaysJSON):
    """A page for who prefers one, which browsers say; JSON for everyone else."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        html = next(r for r in renderers if r.media_type == Page.media_type)
        plain = next(r for r in renderers if r.media_type == JSONRenderer.media_type)
        accepted = request.META.get("HTTP_ACCEPT", "")
        chosen = html if html.media_type in accepted else plain
        return (
            chosen,
            f"{chosen.media_type}; charset=utf-8" if chosen is html else chosen.media_type,
        )


class ReplyPage(APIView):
    """What was settled about a named speaker's words, and their reply to it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PerAddress, PerLink)
    renderer_classes = (JSONRenderer, Page)
    parser_classes = (JSONParser, FormParser)
    content_negotiation_class = PageOrJSON
    format_kwarg = None
    page: dict[str, Any] | None = None
    sent_words: dict[str, Any] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses a forged token before anything is asked or counted."""
        hash_of(kwargs["token"], Purpose.REPLY)
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, ())
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REPLY:
            raise BodyTooLarge(f"A reply has {LARGEST_REPLY // 1024} kB at most.")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Adds what keeps the address to its owner; a refusal that is a page says so."""
        found = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(found, Response) and isinstance(found.accepted_renderer, Page):
            found.content_type = None
        for name, value in HEADERS.items():
            found[name] = value
        return found

    @extend_schema(
        operation_id="reply_page",
        summary="Read what was settled about your words",
        parameters=[TOKEN],
        responses={200: ReplyPageRead},
    )
    def get(self, request: Request, token: str) -> Response:
        return Response(page_of(find_reply_link(token, now=timezone.now())))

    @extend_schema(
        operation_id="reply_by_link",
        summary="Reply to it, once",
        parameters=[TOKEN],
        request=SpeakersReply,
        responses={201: ReplyPageRead},
    )
    def post(self, request: Request, token: str) -> Response | HttpResponseRedirect:
        link = find_reply_link(token, now=timezone.now())
        self.page = page_of(link)
        sent = request.data if isinstance(request.data, dict) else {}
        self.sent_words = {name: str(sent.get(name, "")) for name in ("author", "text")}
        said = SpeakersReply.read(request.data)
        answer_by_link(by=None, now=timezone.now(), link=link, **said)
        if isinstance(request.accepted_renderer, Page):
            # To be read again without being sent again.
            return HttpResponseRedirect(request.path, status=303)
        return Response(page_of(find_reply_link(token, now=timezone.now())), status=201)
