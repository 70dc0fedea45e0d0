"""Every refusal in one shape: problem details (RFC 9457) with a code, a field and a sentence."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404
from psycopg import errors as postgres
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from tracker.actions.custody import BytesWithdrawn, FileTooLarge
from tracker.domain.errors import NotPermitted, OutOfScope, TrackerError, UnstorableText
from tracker.domain.imports import FileBeyondLimit
from tracker.domain.replies import LinkGone, LinkUnknown
from tracker.environment import REQUEST
from tracker.intake.archive import ArchiveFull, ArchiveUnavailable, BytesDamaged, BytesMissing

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[TrackerError], int] = {
    NotPermitted: 403,
    OutOfScope: 403,
    UnstorableText: 400,
    LinkUnknown: 404,
    LinkGone: 410,
    BytesWithdrawn: 410,
    FileTooLarge: 413,
    FileBeyondLimit: 413,
    ArchiveUnavailable: 503,
    BytesMissing: 503,
    BytesDamaged: 503,
    ArchiveFull: 507,
}
WHOLE = "non_field_errors"
# The request is as described, but what it names is not there or does not fit together: 422, where
# a request that is not as described is 400.
UNMET = frozenset(
    {"unknown", "bad_cursor", "in_the_future", "order", "no_such_day", "too_precise", "incomplete"}
)
UNREADABLE = "The request holds characters or numbers that cannot be stored."
Json = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field, parameter or header; `pointer` is its place in the body."""

    field: str
    pointer: str
    code: str
    detail: str


def answer(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Returns the response that an exception deserves, or None for a bug of ours."""
    problem = _problem(error, context)
    if problem is None:
        return None
    set_rollback()
    if name := REQUEST.get():
        problem["instance"] = f"urn:expert-claim-tracker:request:{name}"
    headers = _headers(error)
    return Response(
        printable(problem), status=problem["status"], headers=headers, content_type=MEDIA_TYPE
    )


def _problem(error: Exception, context: Mapping[str, Any]) -> Json | None:
    if isinstance(error, TrackerError):
        return _refused(error, _sent(context))
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error, context)
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem(404, "not_found", "There is no such record, or you may not see it.")
    if isinstance(error, PermissionDenied):
        return problem(403, "permission_denied", "You may not do this.")
    if isinstance(error, SuspiciousOperation):
        return problem(400, "unreadable", UNREADABLE)
    if isinstance(error, exceptions.APIException):
        code, detail = str(error.get_codes()), str(error.detail)
        header, facts = getattr(error, "header", ""), getattr(error, "facts", None)
        faults = [Fault(header, "", code, detail)] if header else []
        return problem(error.status_code, code, detail, faults, facts)
    return _database(error)


def _database(error: Exception) -> Json | None:
    if isinstance(error, IntegrityError):
        cause = error.__cause__
        rule = cause.diag.constraint_name if isinstance(cause, postgres.Error) else None
        sentence = f"The database refused this: it would break the rule {rule or 'of a column'}."
        return problem(409, "rule_violated", sentence, facts={"rule": rule or ""})
    if isinstance(error, DataError | UnicodeError):
        return problem(400, "unreadable", UNREADABLE)
    if isinstance(error, OperationalError):
        logger.warning("database did not answer", exc_info=error)
        return problem(503, "unavailable", "The database does not answer in time: try again.")
    return None


def problem(
    status: int,
    code: str,
    detail: str,
    faults: Sequence[Fault] = (),
    facts: Mapping[str, Any] | None = None,
) -> Json:
    """Returns the members of a problem; `facts` carry what helps to put it right."""
    found: Json = {
        "type": f"urn:expert-claim-tracker:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": [asdict(fault) for fault in faults],
    }
    if facts:
        found["facts"] = {name: _plain(fact) for name, fact in facts.items()}
    return found


def _refused(error: TrackerError, sent: object) -> Json:
    status = STATUS.get(type(error), 409 if error.conflict else 422)
    faults = []
    if error.field:
        path = _place(sent, tuple(error.field.split(".")))
        faults = [Fault(error.field, _pointer(path) if path else "", error.code, error.message)]
    return problem(status, error.code, error.message, faults, error.facts)


def _invalid(error: exceptions.ValidationError, context: Mapping[str, Any]) -> Json:
    sent = _sent(context)
    faults = list(_faults(error.get_full_details(), (), in_body=sent is not None))
    faults = [replace(f, pointer="") if _is_beside(f, sent, context) else f for f in faults]
    detail = faults[0].detail if len(faults) == 1 else f"{len(faults)} values are wrong."
    if {fault.code for fault in faults} <= UNMET:
        return problem(422, faults[0].code, detail, faults)
    return problem(400, "invalid", detail, faults)


def _faults(details: Any, path: tuple[str, ...], *, in_body: bool) -> Iterator[Fault]:
    """Walks REST framework's tree of errors and yields its leaves with their place."""
    if isinstance(details, Mapping) and set(details) == {"message", "code"}:
        pointer = _pointer(path) if in_body else ""
        yield Fault(".".join(path), pointer, details["code"], str(details["message"]))
    elif isinstance(details, Mapping):
        for name, inner in details.items():
            step = () if name == WHOLE else (str(name),)
            yield from _faults(inner, path + step, in_body=in_body)
    else:
        for number, inner in enumerate(details):
            leaf = isinstance(inner, Mapping) and set(inner) == {"message", "code"}
            yield from _faults(inner, path if leaf else (*path, str(number)), in_body=in_body)


def _pointer(path: Sequence[str]) -> str:
    return "#" + "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)


def _is_beside(fault: Fault, sent: object, context: Mapping[str, Any]) -> bool:
    """Whether the fault lies in a parameter or a header, though a body was sent, too."""
    name = fault.field
    if sent is None or (isinstance(sent, Mapping) and name in sent):
        return False
    request = context["request"]
    return name in request.query_params or ("-" in name and name in request.headers)


def _place(sent: object, steps: tuple[str, ...]) -> tuple[str, ...] | None:
    """Returns where the body has a member of this name, by as many of its steps as there are."""
    paths = [*_paths(sent, steps[-1])]
    exact = (path for path in paths if path[-len(steps) :] == steps)
    return next(exact, paths[0] if paths else None)


def _paths(sent: object, name: str) -> Iterator[tuple[str, ...]]:
    """Yields the places at which the body has a member of this name, outermost first."""
    places: deque[tuple[tuple[str, ...], object]] = deque([((), sent)])
    while places:
        path, value = places.popleft()
        inner: Iterable[tuple[Any, object]] = ()
        if isinstance(value, Mapping):
            if name in value:
                yield (*path, name)
            inner = value.items()
        elif isinstance(value, list):
            inner = enumerate(value)
        places.extend(((*path, str(step)), below) for step, below in inner)


def _sent(context: Mapping[str, Any]) -> object:
    """The body as it was sent; None where there is none, so that a fault lies in the address."""
    request = context.get("request")
    if request is None or request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    try:
        return request.data
    except (exceptions.APIException, TrackerError):
        return None


def _headers(error: Exception) -> dict[str, str]:
    headers = dict(getattr(error, "headers", {}))
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"
    return headers


def _plain(fact: Any) -> Any:
    if is_dataclass(fact) and not isinstance(fact, type):
        return asdict(fact)
    return list(fact) if isinstance(fact, tuple) else fact


def printable(value: Any) -> Any:
    """The same value with lone surrogates written out, so that an answer can quote its question."""
    if isinstance(value, str):
        return str(value).encode("utf-8", "backslashreplace").decode()
    if isinstance(value, Mapping):
        return {printable(name): printable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable(inner) for inner in value]
    return value
