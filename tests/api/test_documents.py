"""Sources, snapshots, quotations: filed one by one, each refused by field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_snapshot, make_source
from tracker.models import Quotation, Snapshot

TEXT = "“It will rain,” said Ada. “It will rain,” said Bo."


def test_the_same_address_is_one_source(coder: Door) -> None:
    first = coder.send("sources/", {"url": "https://example.org/a", "title": "A"}).json()
    second = coder.send("sources/", {"url": "https://www.example.org/a#x", "title": "B"}).json()

    assert second == first


def test_a_source_keeps_its_outlet_and_bylines(coder: Door) -> None:
    body = {
        "url": "https://example.org/a",
        "title": "On rain",
        "outlet": {"name": "The Paper", "kind": "media"},
        "bylines": ["Ada", "Bo"],
        "published_on": "2016-04-11",
        "kind": "report",
    }

    made = coder.send("sources/", body).json()

    assert made["outlet"]["name"] == "The Paper"
    assert made["outlet"]["kind"] == "media"
    for name in ("url", "title", "bylines", "published_on", "kind"):
        assert made[name] == body[name]


def test_an_editor_mends_the_outlet_of_a_source(editor: Door) -> None:
    source = make_source()

    changed = editor.change(f"sources/{source.pk}/", {"outlet": "The Wire", "reason": "A mix-up."})

    assert changed.json()["outlet"]["name"] == "The Wire"


def test_the_same_text_is_one_snapshot_and_lists_leave_it_out(coder: Door) -> None:
    source = make_source()
    first = coder.send("snapshots/", {"source": source.pk, "text": TEXT})
    second = coder.send("snapshots/", {"source": source.pk, "text": TEXT})

    assert first.status_code == 201
    assert first.json()["text"] == TEXT
    assert second.json()["id"] == first.json()["id"]
    row = coder.read("snapshots/").json()["results"][0]
    assert "text" not in row
    assert row["length"] == len(TEXT)
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"exact": "It will rain"}, 422, "quotation_ambiguous"),
        ({"exact": "It will snow"}, 422, "quotation_not_found"),
        ({"exact": "It will rain", "start": 0, "end": 12}, 422, "offsets_disagree"),
        ({"exact": "It will rain", "start": 40, "end": 90}, 422, "offsets_outside_text"),
        ({"exact": "It will rain", "start": 27, "end": 39, "mode": "sung"}, 400, "invalid"),
        ({"exact": "It will rain", "start": 27, "end": 39, "said_on": "May"}, 422, "unknown_value"),
    ],
    ids=["twice", "absent", "elsewhere", "beyond", "mode", "date"],
)
def test_a_quotation_that_cannot_be_proved_is_refused(
    coder: Door, body: dict[str, Any], status: int, code: str
) -> None:
    snapshot = make_snapshot(text=TEXT)

    answer = coder.send("quotations/", {"snapshot": snapshot.pk, **body})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Quotation.objects.exists()


def test_a_refusal_carries_the_nearest_passage_and_the_client_may_take_it(coder: Door) -> None:
    text = "She said: “It will rain on Sunday, surely.” Nobody believed it."
    snapshot = make_snapshot(text=text)
    body = {"snapshot": snapshot.pk, "exact": "It will snow on Sunday"}

    refused = coder.send("quotations/", body)

    nearest = refused.json()["facts"]["nearest"]
    assert refused.status_code == 422
    assert nearest == {
        "start": 11,
        "end": 33,
        "exact": "It will rain on Sunday",
        "distance": 4,
        "diff": [
            {"op": "equal", "text": "It will "},
            {"op": "delete", "text": "snow"},
            {"op": "insert", "text": "rain"},
            {"op": "equal", "text": " on Sunday"},
        ],
    }
    taken = {name: nearest[name] for name in ("exact", "start", "end")}
    accepted = coder.send("quotations/", {**body, **taken})
    assert accepted.status_code == 201
    assert {name: accepted.json()[name] for name in taken} == taken


def test_words_of_the_headline_are_refused_with_the_remedy(coder: Door) -> None:
    source = make_source(title="Rain “certain”, experts say")
    snapshot = make_snapshot(text=f"{source.title}\n\nIt may rain.", source=source)

    refused = coder.send("quotations/", {"snapshot": snapshot.pk, "exact": "Rain “certain”"})

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, "headline_not_quotable")
    assert problem["facts"] == {"headline": source.title}
    assert "record a distortion" in problem["detail"]


def test_offsets_choose_among_equal_words(coder: Door) -> None:
    snapshot = make_snapshot(text=TEXT)
    body = {"snapshot": snapshot.pk, "exact": "It will rain", "start": 27, "end": 39}

    made = coder.send("quotations/", {**body, "said_on": "2016-04", "mode": "direct_quote"})

    assert made.status_code == 201
    found = made.json()
    assert (found["start"], found["end"], found["prefix"][-1]) == (27, 39, "“")
    assert (found["said_on"], found["said_first"]) == ("2016-04", "2016-04-01")


def test_evidence_is_never_changed(editor: Door) -> None:
    snapshot = make_snapshot()

    assert editor.change(f"snapshots/{snapshot.pk}/", {"text": "Other."}).status_code == 405
