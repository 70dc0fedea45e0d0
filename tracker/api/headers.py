"""The headers of requests and answers, as the description tells them; and 304."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.api import receipts, requests

Json = dict[str, Any]
# Names that answers carry, and what they say.
HEADERS = {
    requests.HEADER: "Names this request, as `instance` in problems and the server's log do.",
    "RateLimit": "What is left to you, and in how many seconds the window closes.",
    "RateLimit-Policy": "How many requests in how many seconds.",
    "ETag": "The state that was read: send it in If-None-Match or, to change it, in If-Match.",
    "Cache-Control": "A copy may be kept and has to be asked about before it is used.",
    "Link": "Where the next and the previous page are (RFC 8288), if there are any.",
    "Location": "The address of what was made, or of where to go.",
    "Retry-After": "In how many seconds to ask again.",
    "WWW-Authenticate": "How to log in.",
    receipts.REPLAYED: "`true`, where this is the answer that the same key got before.",
}
# What every answer carries, whatever becomes of the request.
ALWAYS = frozenset({requests.HEADER})
BY_STATUS = {
    "302": ("Location",),
    "304": ("ETag", "Cache-Control", "Link"),
    "401": ("WWW-Authenticate",),
    "409": ("Retry-After",),
    "412": ("ETag",),
    "429": ("Retry-After",),
    "503": ("Retry-After",),
}
# What is computed when it is asked for, and has no state of its own.
STATELESS = frozenset({"", "agreement", "exports", "factcheck", "scores", "tokens"})
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string"},
    "description": "The ETag of what you have, or several: 304 without a body, where it stands.",
}
UNCHANGED = {"description": "What you have is how it stands."}


def components() -> Json:
    """Returns the headers by their names."""
    return {
        name: {
            "description": text,
            "schema": {"type": "string"},
            **({"required": True} if name in ALWAYS else {}),
        }
        for name, text in HEADERS.items()
    }


def tell(method: str, path: str, operation: Json) -> None:
    """Says of each answer what headers it has, and where a copy may be asked about."""
    answers = operation["responses"]
    if _tagged(method, path, answers):
        operation.setdefault("parameters", []).append(dict(IF_NONE_MATCH))
        answers["304"] = dict(UNCHANGED)
    for status, answer in answers.items():
        names = _names(method, path, status, answer)
        refs = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
        answer["headers"] = {**refs, **answer.get("headers", {})}


def _tagged(method: str, path: str, answers: Json) -> bool:
    """Whether this reads what has a state of its own: lists and records of the nouns."""
    _, found, rest = path.partition("/api/v1/")
    read = answers.get("200", {}).get("content", {})
    stands = bool(found) and rest.partition("/")[0] not in STATELESS
    return method == "get" and stands and "application/json" in read


def _names(method: str, path: str, status: str, answer: Json) -> Iterator[str]:
    yield requests.HEADER
    if not path.startswith("/api/v1/"):
        return
    yield from ("RateLimit", "RateLimit-Policy")
    yield from BY_STATUS.get(status, ())
    if _tagged(method, path, {status: answer}):
        yield from ("ETag", "Cache-Control")
        if "{" not in path:
            yield "Link"
    if status == "201":
        yield from ("Location", "ETag")
    if method == "post" and status.startswith("2"):
        yield receipts.REPLAYED
