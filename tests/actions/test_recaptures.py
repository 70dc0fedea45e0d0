"""Recaptures: quoted pages are asked for again, each once in a period."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import (
    CODED,
    make_capture,
    make_quotation,
    make_snapshot,
    make_source,
    make_user,
)
from tracker.actions.recaptures import recapture, recapture_by_setting, requester, stale
from tracker.domain import errors
from tracker.models import Capture, Quotation, Source

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)
NOW = CODED + timedelta(days=45)
BEFORE = NOW - MONTH


def quoted(**fields: Any) -> Source:
    """A page that was captured in full 45 days ago, and quoted."""
    source = fields.pop("source", None) or make_source(**fields)
    quotation: Quotation = make_quotation(snapshot=make_snapshot(source=source))
    return quotation.snapshot.source


def without_an_address() -> None:
    quoted(url="", canonical_url="")


def without_a_quotation() -> None:
    make_snapshot()


def known_by_an_excerpt_alone() -> None:
    make_quotation(snapshot=make_snapshot(completeness="excerpt"))


def captured_since() -> None:
    make_snapshot(source=quoted(), text="Newer.", captured_at=BEFORE + timedelta(days=1))


def under_way() -> None:
    make_capture(source=quoted(), requested_at=CODED)


def tried_since_in_vain() -> None:
    make_capture(source=quoted(), status="failed", requested_at=BEFORE, finished_at=NOW)


def captured_since_under_another_address() -> None:
    standing = quoted()
    merged = make_source(merged_into=standing)
    make_snapshot(source=merged, text="Newer.", captured_at=NOW)


@pytest.mark.parametrize(
    "case",
    [
        without_an_address,
        without_a_quotation,
        known_by_an_excerpt_alone,
        captured_since,
        under_way,
        tried_since_in_vain,
        captured_since_under_another_address,
    ],
    ids=lambda case: case.__name__,
)
def test_a_page_is_not_asked_for_again(case: Any) -> None:
    case()

    assert list(stale(BEFORE)) == []


def test_old_pages_are_asked_for_in_the_order_of_their_filing_as_many_as_wanted() -> None:
    first, second = quoted(), quoted()
    standing = make_snapshot().source
    quoted(source=make_source(merged_into=standing))
    make_capture(source=second, status="failed", requested_at=CODED, finished_at=CODED)
    by = make_user()
    assert list(stale(BEFORE)) == [first, second, standing]

    asked = recapture(by=by, now=NOW, older_than=MONTH, limit=2)

    assert [one.source for one in asked] == [first, second]
    assert {one.requested_by for one in asked} == {by}
    assert [one.source for one in recapture(by=by, now=NOW, older_than=MONTH)] == [standing]
    assert recapture(by=by, now=NOW, older_than=MONTH) == []


def test_nobody_asks_where_there_is_no_admin_and_no_such_user() -> None:
    make_user(role="admin", is_active=False)

    with pytest.raises(errors.NotFound):
        requester()
    with pytest.raises(errors.NotFound):
        requester("nobody")


def test_the_first_admin_asks_unless_another_is_named() -> None:
    first, coder = make_user(role="admin"), make_user(username="ada")
    make_user(role="admin")

    assert (requester(), requester("ada")) == (first, coder)


@pytest.mark.parametrize(("days", "count"), [(0, 0), (60, 0), (30, 1)])
def test_the_setting_says_after_how_many_days(settings: Any, days: int, count: int) -> None:
    quoted()
    make_user(role="admin")
    settings.TRACKER_RECAPTURE_DAYS = days

    assert len(recapture_by_setting(now=NOW)) == count
    assert Capture.objects.count() == count
