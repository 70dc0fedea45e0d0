"""Reviews of others: once each, never deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.external import make_review
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def review_twice() -> None:
    first = make_review()
    make_review(url=first.url, claim_reviewed=first.claim_reviewed)


REFUSED: dict[str, Callable[[], Any]] = {
    "external_review_once": review_twice,
    "external_review_value_0_to_1": lambda: make_review(value=1.5),
    "external_review_says_what": lambda: make_review(label=""),
    "external_review_never_deleted": lambda: make_review().delete(),
    "tracker_externalreview_uuid_key": lambda: make_review(uuid=make_review().uuid),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_a_review_is_named_by_its_publisher_and_its_label() -> None:
    assert str(make_review()) == "Checkers: Mostly"
