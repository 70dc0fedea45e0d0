"""The passage around a quotation, and why it has its grade, in the answer about one record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_organisation,
    make_quotation,
    make_relay,
    make_round,
    make_snapshot,
    make_source,
)
from tracker.models import Claim

WORDS = "The city will fall."
TEXT = "a" * 400 + WORDS + "z" * 400
REASON = (
    "Grade C: the quotation was relayed, from The Wire to The Paper; not B, because The Paper "
    "took it from The Wire, not from the speaker."
)


@pytest.fixture
def claim(db: None) -> Claim:
    source = make_source(outlet=make_organisation(name="The Paper", kind="media"))
    snapshot = make_snapshot(text=TEXT, source=source)
    quotation = make_quotation(exact=WORDS, snapshot=snapshot, provenance="C")
    make_relay(quotation=quotation, outlet=make_organisation(name="The Wire"), channel="")
    return make_claim(quotation=quotation)


def of_quotation(door: Door, claim: Claim) -> dict[str, Any]:
    found: dict[str, Any] = door.read(f"quotations/{claim.quotation_id}/").json()
    return found


def of_claim(door: Door, claim: Claim) -> dict[str, Any]:
    found: dict[str, Any] = door.read(f"claims/{claim.pk}/").json()["quotation"]
    return found


@pytest.mark.parametrize("ask", [of_quotation, of_claim])
def test_the_public_reads_the_words_but_not_the_text_around_them(
    public: Door, claim: Claim, ask: Any
) -> None:
    found = ask(public, claim)

    assert found["context"] is None
    assert (found["exact"], found["provenance_reason"]) == (WORDS, REASON)


@pytest.mark.parametrize("ask", [of_quotation, of_claim])
def test_staff_reads_300_characters_either_side(coder: Door, claim: Claim, ask: Any) -> None:
    found = ask(coder, claim)

    assert found["context"] == {"before": "a" * 300, "quoted": WORDS, "after": "z" * 300}
    assert (found["provenance"], found["provenance_reason"]) == ("C", REASON)


def test_lists_leave_the_passage_out(coder: Door, claim: Claim) -> None:
    claims = coder.read("claims/").json()["results"]
    quotations = coder.read("quotations/").json()["results"]

    assert "context" not in claims[0]["quotation"]
    assert "context" not in quotations[0]
    assert quotations[0]["provenance_reason"] == REASON


def test_a_relay_is_shown_from_both_its_ends(coder: Door, claim: Claim) -> None:
    relay = make_quotation(relayed_from=claim.quotation)

    upstream = of_quotation(coder, claim)
    downstream = coder.read(f"quotations/{relay.pk}/").json()

    assert (upstream["relays"], upstream["relayed_from"]) == ([relay.pk], None)
    assert (downstream["relays"], downstream["relayed_from"]) == ([], claim.quotation_id)


def test_a_relay_that_a_judge_must_not_see_is_not_named(judge: Door, claim: Claim) -> None:
    relay = make_quotation(relayed_from=claim.quotation)
    make_round(proposition=make_claim(quotation=relay).proposition)

    assert of_quotation(judge, claim)["relays"] == []
