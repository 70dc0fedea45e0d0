"""Reviews of others: taken in once, all or none, linked by editors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import CODED, make_claim, make_proposition, make_user
from tests.external import REVIEW, make_review
from tracker.actions.external_reviews import link_review, take_reviews
from tracker.domain.errors import NotPermitted, UnstorableText
from tracker.domain.external_reviews import read_reviews
from tracker.models import ExternalReview

pytestmark = pytest.mark.django_db


def test_judges_neither_take_in_nor_link_reviews() -> None:
    judge = make_user(role="judge")

    with pytest.raises(NotPermitted):
        take_reviews(by=judge, now=CODED, reviews=read_reviews(REVIEW))
    with pytest.raises(NotPermitted):
        link_review(by=judge, review=make_review())


def test_one_that_cannot_be_stored_keeps_out_all() -> None:
    (review,) = read_reviews(REVIEW)

    with pytest.raises(UnstorableText):
        take_reviews(by=make_user(), now=CODED, reviews=[review, replace(review, title="\0")])

    assert not ExternalReview.objects.exists()


def test_a_review_is_taken_in_once_and_changed_where_its_publisher_changed_it() -> None:
    (review,) = read_reviews(REVIEW)
    coder = make_user()

    taken = take_reviews(
        by=coder, now=CODED, reviews=[review, review, replace(review, label="False", value=0.2)]
    )

    assert [one.status for one in taken] == ["made", "recognised", "updated"]
    kept = ExternalReview.objects.get()
    assert (kept.label, kept.value, kept.claim, kept.imported_by) == ("False", 0.2, None, coder)


def test_a_link_to_a_claim_is_one_to_its_proposition_too() -> None:
    editor, review, claim = make_user(role="editor"), make_review(), make_claim()

    linked = link_review(by=editor, review=review, claim=claim)
    assert (linked.claim, linked.proposition) == (claim, claim.proposition)

    what = make_proposition()
    assert link_review(by=editor, review=review, proposition=what).claim is None
