"""Bodies that are not JSON, or too much of it, are refused; answers are JSON."""

from __future__ import annotations

import pytest

from tests.api.conftest import Door
from tracker.api.wire import LARGEST_BODY
from tracker.models import Person

BODIES: dict[str, tuple[bytes, str, int, str]] = {
    "not JSON": (b"{", "application/json", 400, "parse_error"),
    "invalid UTF-8": (b'{"name": "\xff"}', "application/json", 400, "parse_error"),
    "a byte order mark": (b'\xef\xbb\xbf{"name": "A"}', "application/json", 400, "parse_error"),
    "NaN": (b'{"name": NaN}', "application/json", 400, "parse_error"),
    "infinity": (b'{"name": -Infinity}', "application/json", 400, "parse_error"),
    "nested deeply": (b"[" * 200_000, "application/json", 400, "parse_error"),
    "an enormous number": (b"9" * 10_000, "application/json", 400, "parse_error"),
    "a name twice": (b'{"name": "A", "name": "B"}', "application/json", 400, "parse_error"),
    "a list": (b"[]", "application/json", 400, "invalid"),
    "null": (b"null", "application/json", 400, "invalid"),
    "nothing": (b"", "application/json", 400, "invalid"),
    "a raw NUL": (b'{"name": "A\x00"}', "application/json", 400, "parse_error"),
    "an escaped NUL": (b'{"name": "A\\u0000"}', "application/json", 400, "invalid"),
    "a lone surrogate": (b'{"name": "\\udfff"}', "application/json", 400, "invalid"),
    "a form": (b"name=A", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    "plain text": (b'{"name": "A"}', "text/plain", 415, "unsupported_media_type"),
    "no type": (b'{"name": "A"}', "", 415, "unsupported_media_type"),
    "too large": (b'"' + b"a" * LARGEST_BODY + b'"', "application/json", 413, "too_large"),
}


@pytest.mark.parametrize("case", BODIES)
def test_bodies_that_cannot_be_read_are_refused(coder: Door, case: str) -> None:
    body, content_type, status, code = BODIES[case]

    answer = coder.send_raw("people/", body, content_type)

    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert not Person.objects.exists()


def test_json_with_its_charset_is_read(coder: Door) -> None:
    answer = coder.send_raw(
        "people/", '{"name": "Žofia"}'.encode(), "application/json; charset=utf-8"
    )

    assert answer.status_code == 201
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["name"] == "Žofia"


def test_whatever_is_asked_for_the_answer_is_json(coder: Door) -> None:
    answer = coder.get("/api/v1/people/", HTTP_ACCEPT="text/html")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
