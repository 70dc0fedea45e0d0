"""Custody: a quotation's page shows every capture since, a claim's page what changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tests.anchoring import make_anchoring
from tracker.models import Anchoring, Quotation

pytestmark = pytest.mark.django_db

SAID = "The city might be besieged by summer"
SHARPENED = SAID.replace("might", "will")


def changed(quotation: Quotation | None = None, *, days: int = 1) -> Anchoring:
    """The quotation's page as it read some days later, with another verb."""
    quotation = quotation or builders.make_quotation(
        exact=SAID, snapshot=builders.make_snapshot(text=SAID)
    )
    snapshot = builders.make_snapshot(
        text=f"{SHARPENED}. Day {days}.",
        source=quotation.snapshot.source,
        captured_at=builders.CODED + timedelta(days=days),
    )
    words = {"exact": SHARPENED, "start": 0, "end": len(SHARPENED), "distance": 5}
    return make_anchoring(quotation=quotation, snapshot=snapshot, **words)


def page_of(client: Client, noun: str, pk: int) -> str:
    return client.get(reverse(f"admin:tracker_{noun}_change", args=[pk])).content.decode()


def test_a_quotation_of_one_capture_says_so(coder: Client) -> None:
    quotation = builders.make_quotation()

    page = page_of(coder, "quotation", quotation.pk)

    assert "No other full capture of this page." in page
    assert quotation.snapshot.text_sha256 in page


def test_a_quotation_shows_what_became_of_it_in_the_order_of_captures(coder: Client) -> None:
    later = changed(days=2)
    earlier = make_anchoring(
        quotation=later.quotation,
        state="moved",
        snapshot=builders.make_snapshot(
            text="Updated. " + SAID,
            source=later.snapshot.source,
            captured_at=builders.CODED + timedelta(days=1),
        ),
        start=9,
        end=9 + len(SAID),
        exact=SAID,
    )

    page = page_of(coder, "quotation", later.quotation_id)

    assert page.index("it stands elsewhere") < page.index("it reads otherwise")
    assert "<del>might</del><ins>will</ins>" in page
    assert earlier.snapshot.text_sha256 in page and later.snapshot.text_sha256 in page
    assert "nobody has looked at this" in page


def test_a_claim_shows_its_alarms_until_someone_has_looked(coder: Client) -> None:
    alarm = changed()
    claim = builders.make_claim(quotation=alarm.quotation)

    page = page_of(coder, "claim", claim.pk)
    assert "these words read otherwise" in page and "<ins>will</ins>" in page

    Anchoring.objects.update(seen_by=builders.make_user(), seen_at=builders.JUDGED)
    assert "these words read otherwise" not in page_of(coder, "claim", claim.pk)


def test_words_that_are_gone_are_said_to_be_gone(coder: Client) -> None:
    claim = builders.make_claim()
    make_anchoring(quotation=claim.quotation, state="orphan")

    assert "these words are gone" in page_of(coder, "claim", claim.pk)


def test_a_judge_is_not_led_to_a_page_behind_what_they_judge(client: Client) -> None:
    judge = make_staff("judge")
    client.force_login(judge)
    open_to_all = changed()
    hidden = builders.make_claim(
        quotation=builders.make_quotation(exact="Day 1", snapshot=open_to_all.snapshot)
    )
    builders.make_round(proposition=hidden.proposition)

    page = page_of(client, "quotation", open_to_all.quotation_id)

    assert "No other full capture of this page." in page
    assert SHARPENED not in page
