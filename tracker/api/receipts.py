"""Idempotency-Key: the same key and the same request are one effect and one answer, for a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions.receipts import Answer, Once, do_once
from tracker.models import User

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = ("Content-Type", "Location", "ETag", "Cache-Control", "Vary", "Link")
# Printable ASCII; HTTP takes spaces off a header's ends.
KEY = r"^[!-~]([ -~]{0,253}[!-~])?$"


class KeyRefused(APIException):
    """What is told once is kept nowhere, so it cannot be told again."""

    status_code = 400
    default_code = "idempotency_key_refused"
    header = HEADER
    default_detail = (
        "This answer holds a secret that is stored nowhere, so it cannot be given twice: "
        "send the request without Idempotency-Key."
    )


class Hashing:
    """A request's body that remembers, as a hash, what was read from it."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.digest = stream, sha256()

    def read(self, *size: int) -> bytes:
        found: bytes = self._stream.read(*size)
        self.digest.update(found)
        return found

    def readline(self, *size: int) -> bytes:
        found: bytes = self._stream.readline(*size)
        self.digest.update(found)
        return found


@dataclass(frozen=True)
class Keyed:
    """A request's key, its body as far as it was read, and what will answer it."""

    key: str
    body: Hashing
    handler: Callable[..., Response]


class Receipted:
    """Adds Idempotency-Key to every POST of a view; it stands before APIView.

    `told_once` are the steps whose answers hold a secret: they take no key.
    """

    post: Callable[..., HttpResponse]
    told_once: ClassVar[tuple[str, ...]] = ()

    def initial(self: Any, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # APIView's, beside this
        key = request.headers.get(HEADER)
        if request.method != "POST" or key is None or not hasattr(self, "post"):
            return
        if not re.fullmatch(KEY, key):
            sentence = "A key has 1 to 255 characters, printable ASCII; a UUID does well."
            raise ValidationError({HEADER: sentence}, code="malformed_key")
        step = getattr(self, "action", None) or "post"
        if step in self.told_once or not isinstance(request.user, User):
            raise KeyRefused
        carrier: Any = request._request
        carrier._stream = body = Hashing(carrier._stream)
        self.post = partial(self._once, Keyed(key, body, self.post))

    def _once(self: Any, keyed: Keyed, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        once = Once(user, keyed.key, _fingerprint(request, keyed.body), timezone.now())
        answers: list[Response] = []

        def work() -> Answer:
            response = keyed.handler(request, *args, **kwargs)
            self.finalize_response(request, response, *args, **kwargs).render()
            if "no-store" in response.get("Cache-Control", ""):
                raise KeyRefused
            answers.append(response)
            headers = {name: response[name] for name in KEPT if response.has_header(name)}
            return Answer(response.status_code, headers, response.content)

        answer = do_once(once, work)
        return _again(answer) if answer.replayed else answers[-1]


def _fingerprint(request: Request, body: Hashing) -> str:
    """Returns a hash of what was sent and where; a form's parts count, not what divides them."""
    found = sha256(f"{request.method} {request.get_full_path()} ".encode())
    kind = (request.content_type or "").partition(";")[0].strip().lower()
    sent: Any = request.data
    found.update(f"{kind} ".encode())
    if kind != "multipart/form-data":
        found.update(body.digest.digest())
        return found.hexdigest()
    for name in sorted(sent):
        for value in sent.getlist(name):
            found.update(repr(name).encode())
            found.update(_digest(value))
    return found.hexdigest()


def _digest(value: Any) -> bytes:
    if not hasattr(value, "chunks"):
        return sha256(repr(value).encode()).digest()
    found = sha256(f"{value.name!r} {value.content_type} ".encode())
    for chunk in value.chunks():
        found.update(chunk)
    value.seek(0)
    return found.digest()


def _again(answer: Answer) -> HttpResponse:
    return HttpResponse(
        answer.body, status=answer.status, headers={**answer.headers, REPLAYED: "true"}
    )
