"""claims:search: Google's names exactly, our verdicts and the reviews of others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import secret
from tests.api.conftest import Door
from tests.builders import make_claim, make_proposition, make_resolution
from tests.external import make_review
from tests.secret import TELLING
from tracker.models import Claim

pytestmark = pytest.mark.django_db
NAMES = {"text", "claimant", "claimDate", "claimReview"}
REVIEW_NAMES = {"publisher", "url", "title", "reviewDate", "textualRating", "languageCode"}


def settled(statement: str = "The walls fall.", outcome: str = "did_not", **fields: Any) -> Claim:
    claim = make_claim(proposition=make_proposition(statement=statement), **fields)
    make_resolution(proposition=claim.proposition, outcome=outcome)
    return claim


def search(door: Door, **asked: Any) -> dict[str, Any]:
    answer = door.read("factcheck/claims:search", **asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def texts(door: Door, **asked: Any) -> list[str]:
    return [claim["text"] for claim in search(door, **asked).get("claims", [])]


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ({}, 422, "query"),
        ({"query": "x", "pageSize": "many"}, 400, "pageSize"),
        ({"query": "x", "maxAgeDays": "-1"}, 400, "maxAgeDays"),
        ({"query": "x", "pageToken": "forged"}, 422, "pageToken"),
        ({"query": "x", "q": "y"}, 400, "q"),
        ({"query": "\x00"}, 400, "query"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_name(
    editor: Door, asked: dict[str, Any], status: int, field: str
) -> None:
    answer = editor.read("factcheck/claims:search", **asked)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)


def test_what_is_not_graded_in_public_is_not_found(public: Door) -> None:
    settled(outcome="ambiguous")
    settled(kind="opinion")
    unpublished = make_claim(proposition=make_proposition(statement="Old walls fall."))
    make_resolution(proposition=unpublished.proposition, published=False)

    assert search(public, query="walls") == {}


def test_an_answer_has_googles_names_and_no_others(public: Door) -> None:
    claim = settled()

    (found,) = search(public, query="walls fall", key="abc", alt="json")["claims"]

    (review,) = found["claimReview"]
    assert (set(found), set(review)) == (NAMES, REVIEW_NAMES)
    assert found["text"] == "The walls fall."
    assert found["claimant"] == claim.speaker.name
    assert found["claimDate"] == "2026-01-10T00:00:00Z"
    assert review["publisher"] == {"name": "Expert-claim tracker", "site": "testserver"}
    assert review["textualRating"] == "Did not come true"
    assert review["url"].endswith(f"/api/v1/claims/{claim.pk}/")


@pytest.mark.parametrize("path", ["/factcheck/", "/factcheck/v1alpha1/", "/api/v1/factcheck/"])
def test_it_answers_where_googles_clients_ask(public: Door, path: str) -> None:
    settled()

    assert len(public.get(f"{path}claims:search?query=walls").json()["claims"]) == 1


def test_reviews_of_others_keep_their_labels_and_leave_out_what_they_do_not_say(
    public: Door,
) -> None:
    make_review(claim_reviewed="City walls stand.", label="Pure invention")

    (found,) = search(public, query="walls")["claims"]

    assert found["claimReview"][0]["textualRating"] == "Pure invention"
    assert set(found) == {"text", "claimReview"}


def test_it_is_narrowed_by_language_publisher_and_age(public: Door) -> None:
    today = timezone.now().date()
    settled("Our walls fall.")
    make_review(claim_reviewed="New walls.", language="fr-FR", reviewed_on=today)
    old = {"site": "other.example", "reviewed_on": date(2020, 1, 1)}
    make_review(claim_reviewed="Old walls.", language="en", **old)

    assert texts(public, query="walls", languageCode="fr") == ["New walls."]
    assert texts(public, query="walls", languageCode="en-US") == ["Our walls fall.", "Old walls."]
    assert texts(public, reviewPublisherSiteFilter="www.other.example") == ["Old walls."]
    assert texts(public, reviewPublisherSiteFilter="testserver") == ["Our walls fall."]
    assert "Old walls." not in texts(public, query="walls", maxAgeDays=30)


def test_pages_hold_every_claim_once_newest_review_first(public: Door) -> None:
    day = timezone.now().date()
    for n in range(7):
        make_review(claim_reviewed=f"Walls {n}.", reviewed_on=day - timedelta(days=n // 3))
    for n in range(4):
        settled(f"Gates and walls {n}.")
    make_review(claim_reviewed="Walls of no date.")

    found, token = [], ""
    while True:
        page = search(public, query="walls", pageSize=3, pageToken=token)
        found += page["claims"]
        assert len(page["claims"]) <= 3
        if not (token := page.get("nextPageToken", "")):
            break

    dates = [claim["claimReview"][0].get("reviewDate", "") for claim in found]
    assert len({claim["text"] for claim in found}) == len(found) == 12
    assert dates == sorted(dates, reverse=True)


def test_a_judge_is_told_neither_verdicts_they_must_not_know_nor_those_of_others(
    judge: Door,
) -> None:
    hidden = secret.make_secret()
    make_review(claim_reviewed=hidden.proposition.statement)

    for query in ("perchance", "besieged", "tumble", hidden.proposition.statement):
        text = str(search(judge, query=query))
        assert not [marker for marker in TELLING if marker in text]
        assert hidden.proposition.statement not in text


def test_it_takes_three_queries_however_much_is_found(
    editor: Door, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        settled()
        make_review(claim_reviewed="Walls.", url=f"https://checkers.example/{_}")

    with django_assert_num_queries(3):
        assert len(texts(editor, query="walls")) == 6
