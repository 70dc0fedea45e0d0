"""Distortions: recorded word for word, shown as a difference, hidden with what they distort."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_claim, make_proposition, make_round, make_snapshot
from tests.distorting import (
    HEADLINE,
    SAID,
    SHARPENED,
    TEXT,
    make_distortion,
    make_sharpened_quotation,
)
from tracker.models import Claim, Distortion


@pytest.fixture
def claim(db: None) -> Claim:
    """A claim whose words the headline of its article sharpens."""
    return make_claim(quotation=make_sharpened_quotation())


def sent(claim: Claim, **fields: Any) -> dict[str, Any]:
    quotation = claim.quotation
    whole = {"quotation": quotation.pk, "snapshot": quotation.snapshot_id, "place": "headline"}
    return {**whole, "exact": SHARPENED, **fields}


@pytest.mark.parametrize(
    ("fields", "status", "code", "field"),
    [
        ({"quotation": 10**6}, 422, "unknown", "quotation"),
        ({"snapshot": 10**6}, 422, "unknown", "snapshot"),
        ({"place": "margin"}, 400, "invalid", "place"),
        ({"exact": ""}, 400, "invalid", "exact"),
        ({"colour": "red"}, 400, "invalid", "colour"),
        ({"exact": "the worst ever"}, 422, "quotation_not_found", "exact"),
        ({"exact": SAID}, 422, "unknown_value", "exact"),
        ({"start": 0, "end": 26}, 422, "offsets_disagree", "exact"),
    ],
)
def test_what_is_no_distortion_is_refused_by_field(
    coder: Door, claim: Claim, fields: dict[str, Any], status: int, code: str, field: str
) -> None:
    answer = coder.send("distortions/", sent(claim, **fields))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["errors"][0]["field"] == field
    assert not Distortion.objects.exists()


def test_a_second_record_of_the_same_words_meets_the_first(coder: Door, claim: Claim) -> None:
    coder.send("distortions/", sent(claim))

    assert coder.send("distortions/", sent(claim)).status_code == 409


def test_the_difference_is_shown_from_what_was_said_to_what_was_made_of_it(
    coder: Door, claim: Claim
) -> None:
    answer = coder.send("distortions/", sent(claim, note="“Some of” is gone."))

    made = answer.json()
    assert answer.status_code == 201
    assert coder.get(answer["Location"]).json() == made
    assert made["quotation"] == {"id": claim.quotation_id, "exact": SAID}
    assert made["source"]["title"] == HEADLINE
    assert (made["place"], made["note"]) == ("headline", "“Some of” is gone.")
    assert TEXT[made["start"] : made["end"]] == made["exact"]
    kept = "".join(p["text"] for p in made["diff"] if p["op"] != "insert")
    new = "".join(p["text"] for p in made["diff"] if p["op"] != "delete")
    assert (kept, new) == (SAID, made["exact"])
    assert [p["text"] for p in made["diff"] if p["op"] == "delete"] == ["some of ", "this"]


def test_they_are_listed_by_quotation_source_claim_and_place(coder: Door, claim: Claim) -> None:
    found = make_distortion(quotation=claim.quotation)
    other = make_claim()
    elsewhere = make_snapshot(text="The city falls.")
    make_distortion(
        quotation=other.quotation, snapshot=elsewhere, exact="The city falls", place="relay"
    )

    def listed(**filters: Any) -> list[int]:
        rows = coder.read("distortions/", **filters).json()["results"]
        return [row["id"] for row in rows]

    assert len(listed()) == 2
    assert listed(quotation=claim.quotation_id) == [found.pk]
    assert listed(source=claim.quotation.snapshot.source_id) == [found.pk]
    assert listed(claim=claim.pk) == [found.pk]
    assert listed(place="headline") == [found.pk]
    assert listed(claim=10**6) == []


def test_those_of_a_further_quotation_belong_to_the_claim(coder: Door, claim: Claim) -> None:
    found = make_distortion(quotation=claim.quotation)
    saying_it_again = make_claim()
    saying_it_again.further_quotations.add(claim.quotation)

    rows = coder.read("distortions/", claim=saying_it_again.pk).json()["results"]

    assert [row["id"] for row in rows] == [found.pk]


def test_a_judge_sees_none_of_what_they_judge_blind(judge: Door, claim: Claim) -> None:
    found = make_distortion(quotation=claim.quotation)
    make_round(proposition=claim.proposition)

    assert judge.read(f"distortions/{found.pk}/").status_code == 404
    assert judge.read("distortions/").json()["results"] == []


def test_a_judge_sees_none_in_a_source_that_is_hidden(judge: Door, claim: Claim) -> None:
    make_round(proposition=claim.proposition)
    elsewhere = make_claim(proposition=make_proposition())

    found = make_distortion(quotation=elsewhere.quotation, snapshot=claim.quotation.snapshot)

    assert judge.read(f"distortions/{found.pk}/").status_code == 404


def test_the_public_sees_those_of_public_quotations(public: Door, claim: Claim) -> None:
    shown = make_distortion(quotation=claim.quotation)
    draft = make_claim(frozen=False).quotation
    make_distortion(quotation=draft, snapshot=make_snapshot(text="No."), exact="No")

    rows = public.read("distortions/").json()["results"]

    assert [row["id"] for row in rows] == [shown.pk]
    assert rows[0]["recorded_by"] is None
