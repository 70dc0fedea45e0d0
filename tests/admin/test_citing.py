"""How a claim is cited."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from tests import builders
from tests.admin.world import make_staff
from tracker.admin.citing import ways_to_cite

pytestmark = pytest.mark.django_db


def test_the_bibtex_names_speaker_day_and_the_lasting_address() -> None:
    claim = builders.make_claim()

    ways = ways_to_cite(RequestFactory().get("/"), claim)

    assert ways.link.startswith("http://testserver/api/v1/claims/")
    assert f"{{claim-{claim.uuid}," in ways.bibtex
    assert ways.link in ways.bibtex
    assert str(claim.speaker) in ways.bibtex


def test_the_addresses_lead_to_the_claim_and_to_its_review(client: Client) -> None:
    claim = builders.make_claim()
    ways = ways_to_cite(RequestFactory().get("/"), claim)
    client.force_login(make_staff("editor"))

    assert client.get(ways.link).json()["id"] == claim.pk
    assert client.get(ways.review).json()["@type"] in ("Claim", "ClaimReview")
