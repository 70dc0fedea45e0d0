"""Conditional requests (RFC 9110): every answer has a tag; a change names the state it is of."""

from __future__ import annotations

import re
from functools import partial
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.wire import JSONRenderer

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_TAGS = re.compile(rf"[ \t,]*{_TAG.pattern}(?:[ \t]*,[ \t,]*{_TAG.pattern})*[ \t,]*")
PRIVATE = "private, no-cache"  # a copy may be kept, and must be asked about before it is used
VARY = ("Authorization", "Accept", "Cookie")


class PreconditionRequired(APIException):
    """Who changes a record says which state of it they have seen."""

    status_code = 428
    default_code = "precondition_required"
    header = "If-Match"
    default_detail = "Send If-Match with the ETag of the record as you have read it."


class PreconditionFailed(APIException):
    """Somebody was faster; `current` is the record as it stands now."""

    status_code = 412
    default_code = "precondition_failed"
    header = "If-Match"
    default_detail = (
        "The record has changed since you read it: look at facts.current, decide again, "
        "and send its new ETag."
    )

    def __init__(self, tag: str, current: object, *, weak: bool = False) -> None:
        hint = "A weak tag matches nothing here: send the ETag as it came, without W/."
        super().__init__(hint if weak else None)
        self.facts = {"etag": tag, "current": current}
        self.headers = {"ETag": tag}


def tag_of(content: bytes) -> str:
    """Returns the strong tag of a representation: what differs in a byte has another."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def tag_of_record(record: object) -> str:
    """Returns the tag that the record has when it goes out as JSON."""
    return tag_of(JSONRenderer().render(record))


def tags_of(header: str, name: str) -> frozenset[str] | None:
    """Returns the tags that a header lists, None for `*`; raises ValidationError."""
    if header.strip() == "*":
        return None
    if not _TAGS.fullmatch(header):
        sentence = f'{name} lists tags in double quotes, such as "5d41402a", or is *.'
        raise ValidationError({name: sentence}, code="malformed_tag")
    return frozenset(_TAG.findall(header))


def tags_wanted(request: Request) -> frozenset[str] | None:
    """Returns the states on which a change may be made, None for any.

    Raises PreconditionRequired where the client does not say, or ValidationError.
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise PreconditionRequired
    return tags_of(header, "If-Match")


def check(wanted: frozenset[str] | None, current: object) -> None:
    """Raises PreconditionFailed unless the record as it stands is one of the states wanted."""
    if wanted is None:
        return
    tag = tag_of_record(current)
    if tag not in wanted:
        raise PreconditionFailed(tag, current, weak=f"W/{tag}" in wanted)


def tagged(request: Request, response: HttpResponse) -> HttpResponse:
    """Has an answer carry its tag, and be 304 without a body where the client has it already."""
    if isinstance(response, Response) and response.status_code in (200, 201):
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = PRIVATE
        patch_vary_headers(response, VARY)
        response.add_post_render_callback(partial(_tag, request))
    return response


def _tag(request: Request, response: HttpResponse) -> HttpResponse | None:
    if not response.has_header("ETag"):
        response["ETag"] = tag_of(response.content)
    tag = response["ETag"]
    if request.method not in ("GET", "HEAD") or not _has(request, tag):
        return None
    unchanged = HttpResponse(status=304)
    for name in ("ETag", "Cache-Control", "Vary", "Link", "Location"):
        if response.has_header(name):
            unchanged[name] = response[name]
    del unchanged["Content-Type"]
    return unchanged


def _has(request: Request, tag: str) -> bool:
    header = request.headers.get("If-None-Match", "")
    known: Any = {one.removeprefix("W/") for one in _TAG.findall(header)}
    return header.strip() == "*" or tag in known
