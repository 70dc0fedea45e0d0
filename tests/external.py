"""Reviews of others, for tests: rows, and documents as publishers write them."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.builders import CODED, make_user
from tracker.models import ExternalReview

_number = count(1)
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://www.checkers.example/walls",
    "claimReviewed": "The walls fall before summer.",
    "datePublished": "2026-07-02T10:00:00+02:00",
    "inLanguage": "en-GB",
    "author": {"@type": "Organization", "name": "Checkers", "url": "https://checkers.example/"},
    "reviewRating": {
        "ratingValue": 4,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Mostly",
    },
    "itemReviewed": {"@type": "Claim", "author": {"name": "Ada Analyst"}},
}


def make_review(**fields: Any) -> ExternalReview:
    number = next(_number)
    if "imported_by" not in fields:
        fields["imported_by"] = make_user()
    fields = {
        "publisher": "Checkers",
        "site": "checkers.example",
        "url": f"https://checkers.example/{number}",
        "claim_reviewed": f"Wall {number} falls before summer.",
        "label": "Mostly",
        "imported_at": CODED,
        **fields,
    }
    return ExternalReview.objects.create(**fields)
