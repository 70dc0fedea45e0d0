"""Reviews of others: read as publishers write them, valued as their labels or numbers say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.external import REVIEW
from tracker.domain.external_reviews import MOST, BadReview, read_reviews, value_of


def one(**changes: Any) -> Any:
    (found,) = read_reviews({**REVIEW, **changes})
    return found


@pytest.mark.parametrize(
    "document", [None, 3, "ClaimReview", [], {}, {"@type": "Review"}, [[]], {"@graph": None}]
)
def test_a_document_without_a_review_is_refused(document: Any) -> None:
    with pytest.raises(BadReview):
        read_reviews(document)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"claimReviewed": " "}, "claimReviewed"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "checkers"}, "url"),
        ({"reviewRating": {}}, "reviewRating"),
    ],
)
def test_a_review_that_lacks_what_it_is_known_by_is_refused_by_name(
    change: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadReview) as refusal:
        read_reviews([REVIEW, {**REVIEW, **change}])

    assert (refusal.value.field, refusal.value.facts["review"]) == (field, 2)


def test_more_than_can_be_taken_at_once_is_refused() -> None:
    with pytest.raises(BadReview):
        read_reviews([REVIEW] * (MOST + 1))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*REVIEW, "@graph"]), inner)
        ),
    )
)
def test_whatever_is_sent_is_read_or_refused(document: Any) -> None:
    for sent in (document, {**REVIEW, "reviewRating": document, "itemReviewed": document}):
        try:
            assert all(review.claim and review.label for review in read_reviews(sent))
        except BadReview as refusal:
            assert refusal.field


@pytest.mark.parametrize(
    "change",
    [
        {"@type": ["Thing", "ClaimReview"]},
        {"@type": "http://schema.org/ClaimReview"},
        {"claimReviewed": ["The walls fall before summer."]},
        {"author": [{"name": "Checkers", "url": "https://www.checkers.example"}]},
        {"author": "Checkers"},
        {"author": None, "publisher": {"name": "Checkers"}},
        {"url": {"@id": "https://www.checkers.example/walls"}},
        {"reviewRating": [{"alternateName": ["Mostly"], "ratingValue": "4"}]},
        {"reviewRating": "Mostly"},
        {"itemReviewed": [{"author": ["Ada Analyst"]}]},
    ],
)
def test_strings_and_lists_may_stand_for_each_other(change: dict[str, Any]) -> None:
    found = one(**change)

    assert (found.publisher, found.site, found.label) == ("Checkers", "checkers.example", "Mostly")
    assert (found.claim, found.claimant) == ("The walls fall before summer.", "Ada Analyst")


@pytest.mark.parametrize(
    "wrapped", [[REVIEW], {"@graph": [REVIEW]}, {"dataFeedElement": [{"item": [REVIEW]}]}]
)
def test_reviews_are_found_wherever_publishers_put_them(wrapped: Any) -> None:
    (found,) = read_reviews(wrapped)

    assert (found.reviewed_on, found.language) == (date(2026, 7, 2), "en-GB")


@pytest.mark.parametrize(
    ("label", "rating", "value"),
    [
        ("Mostly true", {"ratingValue": 1}, 0.8),
        ("HALF-TRUE!", {}, 0.6),
        ("Came true", {}, 1.0),
        ("Mostly did not", {}, 0.25),
        ("Misleading", {"ratingValue": 2}, 0.25),
        ("Misleading", {"ratingValue": "1,5", "worstRating": "1", "bestRating": 2}, 0.5),
        ("Misleading", {"ratingValue": 1, "worstRating": 5, "bestRating": 1}, 1.0),
        ("Misleading", {"ratingValue": 9}, None),
        ("Misleading", {"ratingValue": 1, "worstRating": 1, "bestRating": 1}, None),
        ("Misleading", {"ratingValue": "nan"}, None),
        ("Misleading", {"ratingValue": True}, None),
        ("Misleading", {}, None),
    ],
)
def test_the_label_decides_and_else_the_number_between_its_ends(
    label: str, rating: dict[str, Any], value: float | None
) -> None:
    assert value_of(label, rating) == value


def test_a_rating_of_a_number_alone_is_its_own_label() -> None:
    assert one(reviewRating={"ratingValue": 3}).label == "3"
