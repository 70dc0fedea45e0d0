"""What the description says of headers is what answers carry."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door, claim_body
from tracker.api.description import description
from tracker.api.headers import HEADERS


def told(method: str, path: str, status: str) -> set[str]:
    answer: dict[str, Any] = description()["paths"][f"/api/v1/{path}"][method]["responses"][status]
    return set(answer["headers"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "claims/", "200"), ("get", "claims/{key}/", "304"), ("post", "claims/", "201")],
)
def test_every_header_that_is_told_is_explained(method: str, path: str, status: str) -> None:
    assert told(method, path, status) <= set(HEADERS)


@pytest.mark.django_db
def test_what_is_made_listed_and_read_carries_the_headers_that_are_told(coder: Door) -> None:
    made = coder.send("claims/", claim_body())
    listed = coder.read("claims/", limit=1)
    again = coder.get(made["Location"], headers={"If-None-Match": made["ETag"]})
    late = coder.change(f"claims/{made.json()['id']}/", {"note": "So."}, seen='"another"')

    said = {
        (made.status_code, "post", "claims/"): (made, {"Idempotency-Replayed"}),
        (listed.status_code, "get", "claims/"): (listed, {"Link"}),
        (again.status_code, "get", "claims/{key}/"): (again, {"Link"}),
        (late.status_code, "patch", "claims/{key}/"): (late, set()),
    }
    assert [status for status, _, _ in said] == [201, 200, 304, 412]
    for (status, method, path), (answer, at_times) in said.items():
        assert told(method, path, str(status)) - at_times <= set(answer.headers)


@pytest.mark.django_db
def test_options_answers_with_the_methods_that_there_are(coder: Door, door: Any) -> None:
    answer = coder.options("/api/v1/claims/")

    assert answer.status_code == 200
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert answer.json() == {"methods": ["GET", "POST", "HEAD", "OPTIONS"]}
    assert door("public").options("/api/v1/claims/").status_code == 401
