"""Every request has a name, which its answer, its log and its history carry."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import UUID

import pghistory.models
import pytest

from tests.api.conftest import Door
from tracker.api.requests import uuid7
from tracker.environment import REQUEST, EventFormatter

pytestmark = pytest.mark.django_db
NAME = "press-2026.11:28_a"


@pytest.mark.parametrize("given", ["", "short", "a b c d e f", "x" * 129, 'a"bcdefgh'])
def test_a_name_that_is_none_is_replaced(coder: Door, given: str) -> None:
    answer = coder.get("/api/v1/people/", headers={"X-Request-Id": given})

    assert UUID(answer["X-Request-Id"]).version == 7
    assert REQUEST.get() == ""


def test_a_refusal_names_the_request_that_was_refused(coder: Door) -> None:
    answer = coder.get("/api/v1/people/0/", headers={"X-Request-Id": NAME})

    assert answer["X-Request-Id"] == NAME
    assert answer.json()["instance"] == f"urn:expert-claim-tracker:request:{NAME}"


def test_the_log_names_a_refused_request(coder: Door, caplog: Any) -> None:
    coder.get("/api/v1/people/0/", headers={"X-Request-Id": NAME})

    (record,) = [one for one in caplog.records if one.name == "django.request"]
    assert json.loads(EventFormatter().format(record))["request"] == NAME


def test_the_history_names_the_request_that_changed_it(coder: Door) -> None:
    body, headers = b'{"name": "Ada"}', {"X-Request-Id": NAME}

    made = coder.generic("POST", "/api/v1/people/", body, "application/json", headers=headers)

    assert made.status_code == 201
    facts = pghistory.models.Context.objects.latest("created_at").metadata
    assert (facts["request"], facts["url"]) == (NAME, "/api/v1/people/")


def test_a_line_of_the_log_names_the_request() -> None:
    before = REQUEST.set(NAME)
    try:
        line = EventFormatter().format(logging.makeLogRecord({"msg": "asked"}))
    finally:
        REQUEST.reset(before)

    assert json.loads(line)["request"] == NAME
    assert "request" not in json.loads(EventFormatter().format(logging.makeLogRecord({})))


def test_later_names_sort_behind_earlier_ones() -> None:
    names = [uuid7(time, chance) for time in (0, 1, 2**48 - 1) for chance in (0, 2**74 - 1)]

    assert names == sorted(names)
    assert {name.version for name in names} == {7}
    assert len(set(names)) == 6
