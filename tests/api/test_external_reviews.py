"""ClaimReview in: by the API, for coders; never shown to who judges."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.api.test_claim_reviews import judged, told
from tests.builders import make_claim
from tests.external import REVIEW, make_review
from tracker.models import ExternalReview

LD = "application/ld+json"


def send(door: Door, document: Any, content_type: str = LD) -> Any:
    return door.send_raw("external-reviews/", json.dumps(document).encode(), content_type)


@pytest.mark.parametrize(
    ("document", "field"),
    [({}, "@type"), ({**REVIEW, "url": ""}, "url"), ([{**REVIEW, "claimReviewed": 3}], None)],
)
def test_what_is_no_review_is_refused_and_nothing_is_kept(
    coder: Door, document: Any, field: str | None
) -> None:
    answer = send(coder, document)

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_review")
    assert field in (None, answer.json()["errors"][0]["field"])
    assert not ExternalReview.objects.exists()


def test_a_judge_sees_no_review_of_others(judge: Door) -> None:
    review = make_review()

    assert judge.read("external-reviews/").json()["results"] == []
    assert judge.read(f"external-reviews/{review.pk}/").status_code == 404
    assert send(judge, REVIEW).status_code == 403


@pytest.mark.parametrize("content_type", [LD, "application/json"])
def test_a_review_comes_in_with_its_label_verbatim(coder: Door, content_type: str) -> None:
    first = send(coder, REVIEW, content_type)
    again = send(coder, [REVIEW])

    (row,) = first.json()["reviews"]
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["reviews"] == [{**row, "status": "recognised"}]
    shown = coder.get(row["url"]).json()
    assert (shown["label"], shown["value"], shown["site"]) == ("Mostly", 0.75, "checkers.example")
    assert (shown["claimant"], shown["reviewed_on"]) == ("Ada Analyst", "2026-07-02")
    assert shown["claim"] is None


def test_an_editor_says_what_it_speaks_of(editor: Door, public: Door) -> None:
    review, claim = make_review(), make_claim()

    linked = editor.change(f"external-reviews/{review.pk}/", {"claim": claim.pk}).json()

    assert (linked["claim"], linked["proposition"]) == (claim.pk, claim.proposition_id)
    found = public.read("external-reviews/", claim=claim.pk, site="checkers.example").json()
    assert [one["id"] for one in found["results"]] == [review.pk]


def test_what_we_send_comes_in_as_a_review(editor: Door, coder: Door) -> None:
    """Out and in: another tracker reads what this one tells."""
    document = told(editor, judged("did_not"))
    document["url"] = "https://other.example/claims/1/"

    (row,) = send(coder, document).json()["reviews"]

    kept = ExternalReview.objects.get(pk=row["id"])
    assert (kept.label, kept.value) == ("Did not come true", 0.0)
