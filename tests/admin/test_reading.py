"""An article as it is read for logging."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.admin.world import PASSAGE, WORDS, make_staff
from tracker.admin.reading import as_before, as_filed, opened, quoted_from
from tracker.models import Claim, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder() -> User:
    return make_staff("coder")


def asked(user: User, **query: Any) -> HttpRequest:
    request = RequestFactory().get("/", query)
    request.user = user
    return request


def said(coder: User, **quoted: Any) -> Claim:
    snapshot = builders.make_snapshot(text=f"🙂 {PASSAGE}")
    quotation = builders.make_quotation(exact=WORDS, snapshot=snapshot, **quoted)
    return builders.make_claim(quotation=quotation, coder=coder, role="Fellow")


@pytest.mark.parametrize("snapshot", ["", "x", "-1", "9" * 40])
def test_what_is_no_snapshot_opens_nothing(coder: User, snapshot: str) -> None:
    assert opened(asked(coder, snapshot=snapshot)) is None


def test_passages_are_told_in_code_points_in_constant_queries(
    coder: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim = said(coder)
    snapshot = claim.quotation.snapshot
    request = asked(coder)
    quoted_from(request, snapshot)  # roles are asked once a request

    with django_assert_num_queries(2):
        (one,) = quoted_from(request, snapshot)

    assert snapshot.text[one.start : one.end] == WORDS
    assert one.who == str(claim.speaker)


def test_the_claim_before_tells_who_spoke_only_if_it_was_one_s_own(coder: User) -> None:
    claim = said(coder)
    builders.make_relay(quotation=claim.quotation, outlet=builders.make_organisation(name="WSJ"))
    snapshot = claim.quotation.snapshot

    mine = as_before(asked(coder, after=claim.pk), snapshot)

    assert (str(mine["person"]), mine["role"]) == (str(claim.person), "Fellow")
    assert str(mine["hop_1_outlet"]) == "WSJ"
    assert as_before(asked(make_staff("coder"), after=claim.pk), snapshot) == {}
    assert as_before(asked(coder, after="9" * 40), snapshot) == {}


def test_the_article_is_as_it_was_filed(coder: User) -> None:
    snapshot = said(coder).quotation.snapshot

    assert as_filed(snapshot)["text"] == snapshot.text
    assert as_filed(snapshot)["title"] == snapshot.source.title
