"""Receipts: one for each key of a user, and only of what had an effect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import JUDGED, make_user
from tests.refusals import refused
from tracker.models import Receipt

pytestmark = pytest.mark.django_db


def make_receipt(**fields: Any) -> Receipt:
    usual = {"key": "k", "fingerprint": "f", "status": 201, "headers": {}, "body": b"{}"}
    return Receipt.objects.create(**{**usual, "made_at": JUDGED, **fields})


def test_a_key_of_one_user_has_one_receipt() -> None:
    first = make_receipt(user=make_user())
    make_receipt(user=make_user())

    with refused("receipt_once_per_key"):
        make_receipt(user=first.user)


@pytest.mark.parametrize("status", [199, 300, 404, 500])
def test_what_was_refused_has_no_receipt(status: int) -> None:
    with refused("receipt_of_success"):
        make_receipt(user=make_user(), status=status)


def test_a_receipt_ends_after_a_day() -> None:
    kept = make_receipt(user=make_user())
    day = timedelta(hours=24)

    assert not Receipt.objects.ended(JUDGED + day - timedelta(seconds=1)).exists()
    assert Receipt.objects.ended(JUDGED + day).get() == kept
