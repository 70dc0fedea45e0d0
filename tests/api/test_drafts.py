"""What is sent to log a claim: every bad input is a clear refusal, and nothing is half-written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import WORDS, Door, claim_body
from tests.builders import make_proposition
from tracker.models import (
    Claim,
    Organisation,
    Person,
    Proposition,
    Quotation,
    Relay,
    Snapshot,
    Source,
)

STORED = (Source, Snapshot, Quotation, Relay, Person, Organisation, Proposition, Claim)
BAD: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "not in the text": (
        {"quotation__exact": "It never rains"},
        422,
        "exact",
        "quotation_not_found",
    ),
    "two words swapped": (
        {"quotation__exact": "Aleppo be will besieged by summer"},
        422,
        "exact",
        "quotation_not_found",
    ),
    "offsets beyond the text": (
        {"quotation__start": 5_000, "quotation__end": 5_010},
        422,
        "start",
        "offsets_outside_text",
    ),
    "offsets of other words": (
        {"quotation__start": 2, "quotation__end": 2 + len(WORDS)},
        422,
        "exact",
        "offsets_disagree",
    ),
    "negative offset": ({"quotation__start": -1}, 400, "quotation.start", "min_value"),
    "enormous offset": ({"quotation__end": 2**63}, 400, "quotation.end", "max_value"),
    "no quotation": ({"quotation": None}, 400, "quotation", "null"),
    "NUL in the quotation": (
        {"quotation__exact": "be\0sieged"},
        400,
        "quotation.exact",
        "null_characters_not_allowed",
    ),
    "NUL in the text": (
        {"snapshot__text": "a\0b"},
        400,
        "snapshot.text",
        "null_characters_not_allowed",
    ),
    "lone surrogate": (
        {"speaker__person": "Ada \ud800"},
        400,
        "speaker.person.name",
        "surrogate_characters_not_allowed",
    ),
    "deadline before the statement": (
        {"proposition__deadline": "2016-04-10"},
        422,
        "deadline",
        "deadline_before_statement",
    ),
    "deadline in year 0": (
        {"proposition__deadline": "0000-01-01"},
        400,
        "proposition.deadline",
        "invalid",
    ),
    "deadline in year 10000": (
        {"proposition__deadline": "10000-01-01"},
        400,
        "proposition.deadline",
        "invalid",
    ),
    "said in no month": ({"quotation__said_on": "2016-13"}, 422, "said_on", "unknown_value"),
    "unknown basis": (
        {"proposition__deadline_basis": "hunch"},
        400,
        "proposition.deadline_basis",
        "invalid_choice",
    ),
    "probability of 1.01": ({"probability": 1.01}, 400, "probability", "out_of_range"),
    "negative probability": ({"probability": -0.1}, 400, "probability", "out_of_range"),
    "probability in words": ({"probability": "0.5"}, 400, "probability", "not_a_number"),
    "probability true": ({"probability": True}, 400, "probability", "not_a_number"),
    "four decimals": ({"probability": 0.1234}, 422, "probability", "too_precise"),
    "enormous probability": ({"probability": 10**400}, 400, "probability", "out_of_range"),
    "low above point": (
        {"probability": {"low": 0.9, "point": 0.5, "high": 0.95}},
        422,
        "probability",
        "probability_out_of_range",
    ),
    "condition of depth 3": (
        {
            "proposition__condition": {
                "statement": "A.",
                "condition": {"statement": "B.", "condition": {"statement": "C."}},
            }
        },
        400,
        "proposition.condition.condition.condition",
        "unknown_field",
    ),
    "unknown field": ({"colour": "red"}, 400, "colour", "unknown_field"),
    "unknown inner field": ({"quotation__colour": "red"}, 400, "quotation.colour", "unknown_field"),
    "unknown hop field": (
        {"quotation__hops": [{"mode": "direct_quote", "colour": "red"}]},
        400,
        "quotation.hops.0.colour",
        "unknown_field",
    ),
    "field with a surrogate": ({"\ud800": 1}, 400, "\\ud800", "unknown_field"),
    "unknown kind": ({"kind": "prophecy"}, 400, "kind", "invalid_choice"),
    "hedge that no lexicon knows": (
        {"hedge_term": "by Jove"},
        422,
        "hedge_term",
        "unknown_value",
    ),
    "nobody speaks": ({"speaker": {}}, 422, "speaker", "unknown_speaker"),
    "unknown slug": ({"speaker__person": {"slug": "nobody"}}, 422, "person", "not_found"),
    "unknown proposition": ({"proposition": {"id": 999}}, 422, "proposition", "not_found"),
    "negative id": ({"proposition": {"id": -1}}, 400, "proposition.id", "min_value"),
    "id of 2**63": ({"proposition": {"id": 2**63}}, 400, "proposition.id", "max_value"),
    "revises nothing": ({"revises": 999}, 422, "revises", "not_found"),
    "not an address": ({"source__url": "ftp://example.org"}, 422, "url", "bad_address"),
    "no title": ({"source": {"url": "https://example.org/b"}}, 422, "title", "required"),
    "text that is a number": ({"hedge": 7}, 400, "hedge", "invalid"),
    "list for an object": ({"source": []}, 400, "source", "invalid"),
    "number for a name": ({"speaker__person": 7}, 400, "speaker.person", "invalid"),
    "incomplete yet frozen": ({"proposition": None}, 409, "claim", "not_ready"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_by_name_and_nothing_is_written(coder: Door, case: str) -> None:
    changes, status, field, code = BAD[case]

    answer = coder.send("claims/", {**claim_body(), **_changed(changes)})

    assert answer.status_code == status, answer.content
    fault = answer.json()["errors"][0]
    assert (fault["field"], fault["code"]) == (field, code)
    assert not [model for model in STORED if model.objects.exists()]


def _changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The top-level values that differ; names without an outer part are new."""
    known = {name: value for name, value in changes.items() if "__" in name}
    return {
        **claim_body(**known),
        **{name: value for name, value in changes.items() if "__" not in name},
    }


def test_a_condition_cannot_be_the_proposition_itself(coder: Door) -> None:
    proposition = make_proposition(frozen=False)

    answer = coder.change(f"propositions/{proposition.pk}/", {"condition": proposition.pk})

    assert answer.status_code == 422
    assert answer.json()["code"] == "condition_on_itself"


def test_a_claim_is_logged_with_all_that_hangs_on_it(coder: Door) -> None:
    answer = coder.send("claims/", claim_body())

    assert answer.status_code == 201
    claim = answer.json()
    assert answer["Location"] == claim["url"]
    assert coder.get(claim["url"]).json() == claim
    assert claim["state"] == "frozen"
    assert claim["missing"] == []
    assert claim["speaker"]["person"]["name"] == "Ada Analyst"
    assert claim["speaker"]["organisation"]["name"] == "Institute"
    assert claim["source"]["outlet"]["name"] == "The Paper"
    assert claim["quotation"]["exact"] == WORDS
    assert claim["quotation"]["start"] == 1
    assert claim["said_on"] == "2016-04-11"
    assert claim["proposition"]["deadline_basis"] == "stated"
    assert claim["hedge"]["term"] == "will"
    assert claim["probability"]["tier"] == "lexicon"


def test_source_quotation_and_speaker_are_enough_for_a_draft(coder: Door) -> None:
    whole = claim_body()
    body = {name: whole[name] for name in ("source", "snapshot", "quotation", "speaker")}

    claim = coder.send("claims/", body).json()

    assert claim["state"] == "draft"
    assert claim["proposition"] is None
    assert claim["probability"] is None
    assert "Name the proposition that the claim speaks to." in claim["missing"]


def test_what_is_known_is_recognised_by_address_name_and_id(coder: Door) -> None:
    first = coder.send("claims/", claim_body()).json()

    second = coder.send(
        "claims/",
        claim_body(
            source={"url": "http://www.example.org/a?utm_source=x"},
            snapshot={"id": first["quotation"]["snapshot"]},
            quotation={"id": first["quotation"]["id"]},
            speaker={"person": "ada analyst", "organisation": {"slug": "institute"}},
            proposition={"id": first["proposition"]["id"]},
            freeze=False,
        ),
    ).json()

    for name in ("source", "quotation", "proposition"):
        assert second[name]["id"] == first[name]["id"]
    assert second["speaker"]["person"] == first["speaker"]["person"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (0.85, {"low": 0.85, "point": 0.85, "high": 0.85, "tier": "stated"}),
        (0, {"low": 0.0, "point": 0.0, "high": 0.0, "tier": "stated"}),
        (1, {"low": 1.0, "point": 1.0, "high": 1.0, "tier": "stated"}),
        (
            {"low": 0.6, "point": 0.7, "high": 0.805},
            {"low": 0.6, "point": 0.7, "high": 0.805, "tier": "stated"},
        ),
    ],
    ids=["number", "never", "certain", "band"],
)
def test_a_stated_probability_is_shown_as_it_was_sent(
    coder: Door, sent: Any, shown: dict[str, Any]
) -> None:
    claim = coder.send("claims/", claim_body(probability=sent)).json()

    assert claim["probability"] == shown


@pytest.mark.parametrize(
    "said", ["2016-04-11", "2016-04", "2016", "2016-04-09/2016-04-10", "on or before 2016-04-11"]
)
def test_a_date_is_shown_as_exactly_as_it_was_sent(coder: Door, said: str) -> None:
    body = claim_body(quotation__said_on=said, proposition__deadline="2017-04-11")

    claim = coder.send("claims/", body).json()

    assert claim["quotation"]["said_on"] == said
    quotation = coder.read(f"quotations/{claim['quotation']['id']}/").json()
    assert quotation["said_on"] == said


def test_the_relay_is_kept_hop_by_hop(coder: Door) -> None:
    hops = [
        {"mode": "direct_quote", "outlet": "The Wall Street Journal", "channel": "interview"},
        {"mode": "paraphrase", "outlet": {"name": "A Wire", "kind": "media"}},
    ]

    claim = coder.send("claims/", claim_body(quotation__hops=hops)).json()

    shown = claim["quotation"]["hops"]
    assert [(hop["mode"], hop["outlet"]["name"], hop["channel"]) for hop in shown] == [
        ("direct_quote", "The Wall Street Journal", "interview"),
        ("paraphrase", "A Wire", ""),
    ]
