"""Outcomes: dated, sourced, shared; a search that found nothing says where it looked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_outcome, make_proposition
from tracker.models import Outcome, Source

FACT = {"statement": "The road closed.", "occurred_on": "2016-06-17"}


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"statement": " "}, 422, "statement"),
        ({"occurred_on": ""}, 422, "occurred_on"),
        ({"occurred_on": "soon"}, 422, "occurred_on"),
        ({"known_on": "0000-00-00"}, 400, "known_on"),
        ({"found_nothing": True, "occurred_on": ""}, 422, "searched"),
        ({"propositions": [999]}, 422, "propositions"),
        ({"propositions": [2**63]}, 400, "propositions.0"),
        ({"propositions": ["1"]}, 400, "propositions.0"),
        ({"citations": [{"source": {"id": 999}}]}, 422, "source"),
        ({"citations": [{"source": {"url": "x", "title": "X"}}]}, 422, "url"),
    ],
    ids=[
        "blank",
        "undated",
        "date_in_words",
        "year_0",
        "unsearched",
        "unknown_proposition",
        "enormous_id",
        "id_in_quotes",
        "unknown_source",
        "no_address",
    ],
)
def test_a_fact_that_does_not_hold_together_is_refused(
    editor: Door, changes: dict[str, Any], status: int, field: str
) -> None:
    answer = editor.send("outcomes/", {**FACT, **changes})

    assert answer.status_code == status, answer.content
    assert answer.json()["errors"][0]["field"] == field
    assert not Outcome.objects.exists()
    assert not Source.objects.exists()


def test_a_fact_is_recorded_with_its_sources_and_propositions(editor: Door) -> None:
    proposition = make_proposition()
    citation = {"source": {"url": "https://example.org/w", "title": "Wire"}, "saw": "It closed."}
    body = {**FACT, "citations": [citation], "propositions": [proposition.pk]}

    made = editor.send("outcomes/", body)

    assert made.status_code == 201
    found = made.json()
    assert (found["occurred_on"], found["known_on"]) == ("2016-06-17", "2016-06-17")
    assert found["citations"][0]["source"]["title"] == "Wire"
    assert found["propositions"] == [proposition.pk]
    listed = editor.read("outcomes/", proposition=proposition.pk).json()["results"]
    assert listed == [found]


def test_a_search_that_found_nothing_is_an_outcome_too(editor: Door) -> None:
    body = {
        "statement": "No report of a crossing.",
        "found_nothing": True,
        "known_on": "2017-01-01",
        "searched": "Two wires and the ministry, 2016.",
    }

    found = editor.send("outcomes/", body).json()

    assert (found["occurred_on"], found["found_nothing"]) == (None, True)


def test_an_outcome_comes_to_bear_on_a_further_proposition_once(editor: Door) -> None:
    outcome, proposition = make_outcome(), make_proposition()
    path = f"outcomes/{outcome.pk}/bear-on/"

    for _ in range(2):
        answer = editor.send(path, {"proposition": proposition.pk})

    assert answer.json()["propositions"] == [proposition.pk]
