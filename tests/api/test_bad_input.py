"""Whatever is sent to whichever address: refused by name, never a 500, and nothing half-written.

Addresses, methods, parameters and fields are read from the description: what is new is asked
unasked. Files as such are in tests/intake/test_rows.py, test_imports.py and test_uploads.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.api.conftest import Door
from tests.api.test_base import world
from tests.builders import make_user
from tests.templates import refill
from tests.walks import NOUN_OF, keys
from tracker.api.description import description, operations
from tracker.models import Usage

pytestmark = pytest.mark.long

JSON = "application/json"
LARGE = b'{"note": "' + b"x" * 10_000_000 + b'"}'
# Percent-encoded: NUL, half a surrogate pair, what is no UTF-8.
BROKEN = ("%00", "%ED%A0%80", "%FF")
# A body of this address may be one row, of which any member may be.
LONE_ROW = {"/api/v1/annotations/": "nonsense"}
KEYS = (*BROKEN, "-1", "0", str(2**63), "1e999", "NaN", "x" * 5_000, "..%2F..%2F", "%0A")
# Bodies that are refused wherever JSON is taken.
BODIES = {
    "no UTF-8": b'{"note": "\xff"}',
    "cut short": b'{"note": "x',
    "nested without end": b"[" * 100_000,
    "a list": b"[]",
    "a number": b"1e999",
    "NaN": b'{"note": NaN}',
    "a name twice": b'{"note": "a", "note": "b"}',
    "too large": LARGE,
}
TEXTS = ('"\\u0000"', '"a\\ud800b"', "7", "{}")
NUMBERS = ("9223372036854775808", "-9223372036854775809", "1e999", "NaN", '"1"', "[]")
DAYS = ('"0000-01-01"', '"10000-01-01"', '"2016-02-30"', '"\\u0000"', "7")
# What stands in a query, by the type of its parameter.
ASKED = {
    "integer": ("-1", "0", str(2**63), "1e999", "NaN", "1.5", *BROKEN),
    "boolean": ("1", "yes", *BROKEN),
    "date": ("0000-01-01", "10000-01-01", "2016-02-30", *BROKEN),
    "string": BROKEN,
}


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    told: Any

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def body(self) -> Any:
        """The shape of its JSON body; None where it takes none."""
        content = self.told.get("requestBody", {}).get("content", {})
        return content[JSON]["schema"] if JSON in content else None

    def address(self, key: str = "") -> str:
        """An address with a record that is there, or with this key."""
        noun = self.path.removeprefix("/api/v1/").partition("/")[0]
        there = keys(NOUN_OF[noun].queryset.model, 2)[0] if noun in NOUN_OF else "1"
        found = self.path.replace("{kind}", "people").replace("{form}", "json")
        for name in ("{key}", "{token}", "{version}", "{name}", "{url}"):
            found = found.replace(name, key or there)
        return found


OPERATIONS = [
    Operation(method, path, told)
    for method, path, told in operations(json.loads(json.dumps(description(), default=str)))
]
WRITING = [one for one in OPERATIONS if one.method in ("post", "patch")]
# The query belongs to the page's own address there.
ASKING = [one for one in OPERATIONS if not one.path.startswith(("/timegate/", "/timemap/"))]


class Asker:
    """Asks as whoever may: one who codes and decides, or a judge."""

    def __init__(self) -> None:
        self.doors = [self._door("coder", "editor", "admin"), self._door("judge")]

    def _door(self, *roles: str) -> Door:
        door = Door(raise_request_exception=False)
        door.user = make_user(role=roles[0])
        for role in roles[1:]:
            door.user.groups.add(make_user(role=role).groups.get())
        door.force_authenticate(door.user)
        return door

    def ask(self, one: Operation, address: str, body: bytes = b"{}", kind: str = JSON) -> Any:
        sent = ("", "") if one.method == "get" else (body, kind)
        for door in self.doors:
            answer = door.generic(one.method.upper(), address, *sent, headers={"If-Match": "*"})
            if answer.status_code != 403:
                break
        return answer


@pytest.fixture(scope="module")
def asker(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Asker]:
    """One world for all that is asked in this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        refill()
        world()
        yield Asker()
        transaction.set_rollback(True)


@cache
def counting() -> str:
    models = apps.get_app_config("tracker").get_models(include_auto_created=True)
    names = sorted({m._meta.db_table for m in models if m._meta.managed} | {"procrastinate_jobs"})
    # How often somebody asked is written down whatever is asked.
    names.remove(Usage._meta.db_table)
    return " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)


@pytest.fixture(autouse=True)
def _nothing_is_written(asker: Asker) -> Iterator[None]:
    before = counts()
    yield
    assert counts() == before


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(counting())
        return dict(cursor.fetchall())


def refused(answer: Any, what: object) -> dict[str, Any]:
    """The problem that answers what was sent."""
    assert 400 <= answer.status_code < 500, (what, answer.status_code)
    if answer["Content-Type"].startswith("text/html"):
        return {"errors": []}
    assert answer["Content-Type"] == "application/problem+json", (what, answer.content[:500])
    problem: dict[str, Any] = answer.json()
    assert problem["code"] and problem["detail"], what
    return problem


@pytest.mark.parametrize("one", [o for o in OPERATIONS if "{key}" in o.path], ids=str)
def test_an_address_that_names_nothing_is_refused(asker: Asker, one: Operation) -> None:
    for key in KEYS:
        refused(asker.ask(one, one.address(key)), key)


@pytest.mark.parametrize("one", ASKING, ids=str)
def test_a_parameter_that_is_none_or_holds_nonsense_is_refused_by_name(
    asker: Asker, one: Operation
) -> None:
    address = one.address()
    for query in ("nonsense=1", *(f"{name}={name}" for name in BROKEN)):
        problem = refused(asker.ask(one, f"{address}?{query}"), query)
        if query == "nonsense=1" and problem.get("status") == 400:
            assert problem["errors"][0]["field"] == "nonsense"
    for name, value in asked(one):
        problem = refused(asker.ask(one, f"{address}?{name}={value}"), (name, value))
        if problem["status"] == 400 and value not in BROKEN:
            assert name in [fault["field"] for fault in problem["errors"]], (name, value, problem)


SEEN: set[str] = set()


def asked(one: Operation) -> Iterator[tuple[str, str]]:
    """Each parameter with each nonsense, once where several addresses share it."""
    for parameter in one.told.get("parameters", []):
        if parameter["in"] != "query":
            continue
        shape = parameter["schema"]
        kind = shape.get("format") if shape.get("format") == "date" else shape.get("type")
        known = f"{one.told['tags']} {parameter['name']} {json.dumps(shape)}"
        if known not in SEEN:
            SEEN.add(known)
            yield from ((parameter["name"], value) for value in ASKED.get(kind or "", BROKEN))


@pytest.mark.parametrize("one", WRITING, ids=str)
def test_a_body_that_cannot_be_read_is_refused(asker: Asker, one: Operation) -> None:
    address = one.address()
    for name, body in BODIES.items():
        status = refused(asker.ask(one, address, body), name)["status"]
        if name in ("a list", "a number") and one.path == "/api/v1/external-reviews/":
            assert status == 422  # JSON that is no review
            continue
        if one.body is not None and status not in (403, 404):
            assert status == (413 if body is LARGE else 400), name
    assert refused(asker.ask(one, address, b"x", "text/plain"), "text")["status"] in (403, 404, 415)


def fields(shape: Any) -> Iterator[tuple[str, Any]]:
    while "$ref" in shape:
        shape = description()["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    yield from shape.get("properties", {}).items()


def nonsense(shape: Any) -> tuple[str, ...]:
    """JSON that no field of this shape takes."""
    if "$ref" in shape or "oneOf" in shape or "enum" in shape or "allOf" in shape:
        return ('"\\u0000"', '"\\ud800"', "[[]]", "1.5", "9223372036854775808", "-1")
    kind = shape.get("type")
    if shape.get("format") in ("date", "date-time"):
        return DAYS
    by_type = {
        "string": TEXTS,
        "integer": NUMBERS,
        "number": NUMBERS,
        "boolean": ('"true"', "1", "null", "[]"),
        "array": ("{}", "7", '["\\u0000"]'),
        "object": ("[]", "7"),
    }
    return by_type.get(kind[0] if isinstance(kind, list) else kind, ("[[]]",))


@pytest.mark.parametrize("one", [o for o in WRITING if o.body is not None], ids=str)
def test_a_field_that_holds_nonsense_is_refused_by_its_place(asker: Asker, one: Operation) -> None:
    address = one.address()
    for name, shape in [*fields(one.body), ("nonsense", {})]:
        for value in nonsense(shape) if shape else ("1",):
            body = f'{{"{name}": {value}}}'.encode()
            problem = refused(asker.ask(one, address, body), body)
            if problem["status"] == 400 and "NaN" not in value and name != LONE_ROW.get(one.path):
                pointers = [fault["pointer"] for fault in problem["errors"]]
                assert any(p.startswith(f"#/{name}") for p in pointers), (body, problem)
