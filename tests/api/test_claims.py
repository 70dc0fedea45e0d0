"""Claims after the log: coded, frozen, withdrawn, and found again by what people ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.api.conftest import Door, claim_body
from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_snapshot,
    make_source,
    make_topic,
)
from tracker.models import Claim


def test_a_draft_is_coded_later_and_then_frozen(coder: Door) -> None:
    whole = claim_body()
    body = {name: whole[name] for name in ("source", "snapshot", "quotation", "speaker")}
    draft = coder.send("claims/", body).json()

    coded = coder.change(
        f"claims/{draft['id']}/",
        {
            "proposition": whole["proposition"],
            "kind": "forecast",
            "hedge": "will",
            "probability": {"low": 0.5, "point": 0.6, "high": 0.7},
            "reason": "Coded after a second reading.",
        },
    )
    frozen = coder.send(f"claims/{draft['id']}/freeze/")

    assert coded.status_code == 200
    assert coded.json()["missing"] == []
    assert coded.json()["probability"]["point"] == 0.6
    assert frozen.json()["state"] == "frozen"
    later = coder.change(f"claims/{draft['id']}/", {"kind": "opinion"})
    assert later.status_code == 409
    assert later.json()["code"] == "forbidden_move"


def test_a_misquote_stays_visible_with_its_reason(coder: Door) -> None:
    claim = make_claim()

    empty = coder.send(f"claims/{claim.pk}/withdraw/", {"state": "misquote", "reason": " "})
    marked = coder.send(f"claims/{claim.pk}/withdraw/", {"state": "misquote", "reason": "A typo."})

    assert empty.status_code == 422
    assert empty.json()["code"] == "comment_required"
    assert marked.json()["state"] == "misquote"
    assert marked.json()["state_reason"] == "A typo."


def test_a_further_utterance_joins_the_claim(coder: Door) -> None:
    claim, again = make_claim(), make_quotation(said_last=date(2026, 2, 1))

    shown = coder.send(f"claims/{claim.pk}/quotations/", {"quotation": again.pk}).json()

    assert shown["further_quotations"] == [again.pk]


@pytest.fixture
def wanted(db: None) -> Claim:
    """One claim that every filter below finds, among others that none of them does."""
    make_claim(said_on=date(2025, 1, 1), proposition=make_proposition(deadline=date(2030, 1, 1)))
    make_claim(frozen=False)
    wider = make_topic(slug="syria")
    outlet = make_organisation(slug="the-paper")
    source = make_source(outlet=outlet)
    return make_claim(
        person=make_person(slug="ada"),
        organisation=make_organisation(slug="institute"),
        quotation=make_quotation(snapshot=make_snapshot(source=source)),
        proposition=make_proposition(
            topic=make_topic(slug="aleppo", parent=wider),
            condition=make_proposition(),
            deadline=date(2026, 9, 1),
        ),
        said_on=date(2026, 3, 1),
        kind="conditional_forecast",
        p_tier="readers",
        coded_after_outcome=True,
        external_id="mine-1",
    )


@pytest.mark.parametrize(
    "query",
    [
        {"speaker": "ada"},
        {"organisation": "institute"},
        {"outlet": "the-paper"},
        {"topic": "aleppo"},
        {"topic": "syria"},
        {"kind": "conditional_forecast"},
        {"tier": "readers"},
        {"said_from": "2026-02-01", "said_to": "2026-03-01"},
        {"due_from": "2026-09-01", "due_to": "2026-09-01"},
        {"conditional": "true"},
        {"coded_after_outcome": "true"},
        {"external_id": "mine-1"},
        {"state": "frozen", "speaker": "ada"},
    ],
    ids=lambda query: "_".join(f"{name}_{value}" for name, value in query.items()),
)
def test_a_claim_is_found_by_what_people_ask(
    coder: Door, wanted: Claim, query: dict[str, str]
) -> None:
    rows = coder.read("claims/", **query).json()["results"]

    assert [row["id"] for row in rows] == [wanted.pk]


def test_a_claim_is_found_by_ids(coder: Door, wanted: Claim) -> None:
    for query in (
        {"speaker": wanted.person_id},
        {"proposition": wanted.proposition_id},
        {"source": wanted.quotation.snapshot.source_id},
    ):
        rows = coder.read("claims/", **query).json()["results"]
        assert [row["id"] for row in rows] == [wanted.pk]


def test_claims_of_a_merged_record_are_found_under_its_winner(coder: Door, wanted: Claim) -> None:
    winner = make_person(slug="winner")
    assert wanted.person is not None
    wanted.person.merged_into = winner
    wanted.person.save()

    rows = coder.read("claims/", speaker="winner").json()["results"]

    assert [row["id"] for row in rows] == [wanted.pk]


@pytest.mark.parametrize("query", [{"state": "lost"}, {"said_from": "soon"}, {"source": "x"}])
def test_a_value_that_no_filter_takes_is_refused(coder: Door, query: dict[str, Any]) -> None:
    answer = coder.read("claims/", **query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == next(iter(query))
