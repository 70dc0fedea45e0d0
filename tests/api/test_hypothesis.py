"""Hypothesis' rows: kept or refused one by one, twice sent nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_proposition,
    make_quotation,
    make_round,
    make_snapshot,
    make_source,
    make_user,
)
from tracker.actions.users import issue_token
from tracker.models import Quotation, Snapshot, Source

TEXT = "“It will rain,” said Ada. “It will rain,” said Bo. It may snow."


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    return make_snapshot(text=TEXT)


def row(url: str, exact: str = "It may snow", **quote: Any) -> dict[str, Any]:
    """A row as `GET /api/search` answers it."""
    selectors = [
        {
            "type": "RangeSelector",
            "startContainer": "/main[1]/p[2]",
            "endContainer": "/main[1]/p[2]",
            "startOffset": 25,
            "endOffset": 36,
        },
        {"type": "TextPositionSelector", "start": 1525, "end": 1536},
        {"type": "TextQuoteSelector", "exact": exact, **quote},
    ]
    return {
        "id": "yTvB9rPwEe-XXXX",
        "created": "2026-01-12T09:00:00.000000+00:00",
        "updated": "2026-01-12T09:00:00.000000+00:00",
        "user": "acct:ada@hypothes.is",
        "uri": url,
        "text": "A forecast.",
        "tags": ["forecast"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"source": url, "selector": selectors}],
        "document": {"title": ["On rain"]},
        "links": {"json": "https://api.hypothes.is/api/annotations/yTvB9rPwEe-XXXX"},
        "user_info": {"display_name": None},
        "flagged": False,
        "hidden": False,
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "rows"),
        ({"rows": {}}, "rows"),
        ({"rows": [{}] * 201}, "rows"),
        ({"rows": [], "colour": "red"}, "colour"),
        ([], ""),
    ],
    ids=["nothing", "no list", "too many", "unknown", "a list"],
)
def test_what_is_no_search_is_refused_by_field(coder: Door, body: Any, field: str) -> None:
    answer = coder.send("annotations/", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"target": []}, "bad_annotation"),
        ({"target": [{"source": "x"}]}, "bad_annotation"),
        ({"uri": "urn:x-pdf:1234"}, "bad_address"),
        ({"uri": "https://example.org/unknown"}, "not_captured"),
        ({"uri": 7}, "bad_annotation"),
        ({"tr:saidOn": "May"}, "unknown_value"),
        ({"id": "\ud800", "target": None}, "bad_annotation"),
    ],
    ids=["a note on the page", "no words", "a file", "unknown", "a number", "date", "surrogate"],
)
def test_a_row_that_cannot_be_kept_says_why_and_leaves_nothing(
    coder: Door, snapshot: Snapshot, change: dict[str, Any], code: str
) -> None:
    answer = coder.send("annotations/", {"rows": [row(snapshot.source.url) | change], "total": 1})

    assert answer.status_code == 200
    (told,) = answer.json()["rows"]
    assert (told["status"], told["refusal"]["code"]) == ("refused", code)
    assert not Quotation.objects.exists()
    assert Source.objects.count() == 1


def test_a_refused_row_brings_the_nearest_passage(coder: Door, snapshot: Snapshot) -> None:
    body = {"rows": [row(snapshot.source.url, "It might snow")]}

    refusal = coder.send("annotations/", body).json()["rows"][0]["refusal"]

    assert refusal["code"] == "quotation_not_found"
    assert refusal["field"] == "exact"
    assert refusal["facts"]["nearest"]["exact"] == "It may snow"


def test_rows_are_kept_one_by_one(coder: Door, snapshot: Snapshot) -> None:
    url = snapshot.source.url
    rows = [
        row(f"{url}?utm_source=feed#top"),
        row(url, "It will hail"),
        row(url, "It will rain", prefix="“", suffix=",” said Bo"),
        row(make_source().url),
    ]

    answer = coder.send("annotations/", {"rows": rows, "total": 4})

    assert answer.status_code == 201
    found = answer.json()
    assert (found["made"], found["recognised"], found["refused"]) == (2, 0, 2)
    assert [told["status"] for told in found["rows"]] == ["made", "refused", "made", "refused"]
    assert found["rows"][0]["id"] == "yTvB9rPwEe-XXXX"
    assert found["rows"][0]["quotation"]["exact"] == "It may snow"
    assert found["rows"][2]["quotation"]["start"] == TEXT.rindex("It will rain")
    assert Quotation.objects.count() == 2


def test_rows_that_are_sent_again_are_recognised(coder: Door, snapshot: Snapshot) -> None:
    body = {"rows": [row(snapshot.source.url)], "total": 1, "said_on": "2016-04"}
    first = coder.send("annotations/", body)

    second = coder.send("annotations/", body)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["recognised"] == 1
    assert second.json()["rows"][0]["quotation"] == first.json()["rows"][0]["quotation"]
    assert first.json()["rows"][0]["quotation"]["said_on"] == "2016-04"


def test_a_row_may_come_alone(coder: Door, snapshot: Snapshot) -> None:
    answer = coder.send("annotations/", row(snapshot.source.url))

    assert answer.status_code == 201
    assert answer.json()["made"] == 1


@pytest.mark.parametrize(("role", "status"), [("judge", 403), ("stranger", 403), ("public", 401)])
def test_sending_rows_takes_a_role(
    door: Callable[[str], Door], snapshot: Snapshot, role: str, status: int
) -> None:
    answer = door(role).send("annotations/", {"rows": [row(snapshot.source.url)]})

    assert answer.status_code == status
    assert not Quotation.objects.exists()


def test_a_coder_who_judges_hears_nothing_of_a_page_under_judgement(snapshot: Snapshot) -> None:
    quotation = make_quotation(snapshot=snapshot, exact="It may snow")
    claim = make_claim(quotation=quotation, proposition=make_proposition())
    make_round(proposition=claim.proposition)
    both = make_user(role="coder")
    both.groups.add(make_user(role="judge").groups.get())
    client = Door(headers={"Authorization": f"Token {issue_token(user=both)}"})

    answer = client.send("annotations/", {"rows": [row(snapshot.source.url, "It might snow")]})

    (told,) = answer.json()["rows"]
    assert told["refusal"]["code"] == "not_captured"
    assert "may snow" not in answer.content.decode()
