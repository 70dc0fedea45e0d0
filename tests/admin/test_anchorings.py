"""The queue of changed words: what was quoted, how it reads now, and two answers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.test_custody import SAID, SHARPENED, changed, page_of
from tests.admin.world import make_staff
from tests.anchoring import make_anchoring
from tracker.models import Anchoring

pytestmark = pytest.mark.django_db

QUEUE = "/admin/tracker/anchoring/?waiting=alarm"


def button(name: str, anchoring: Anchoring) -> str:
    return reverse(f"admin:tracker_anchoring_{name}", args=[anchoring.pk])


def test_a_judge_answers_no_alarm(client: Client) -> None:
    alarm = changed()
    client.force_login(make_staff("judge"))

    assert "Same words for us" not in page_of(client, "anchoring", alarm.pk)
    assert client.post(button("accept", alarm)).status_code == 403
    assert Anchoring.objects.alarms().count() == 1


def test_a_judge_does_not_find_what_they_are_to_judge_blind(client: Client) -> None:
    alarm = changed()
    claim = builders.make_claim(quotation=alarm.quotation)
    builders.make_round(proposition=claim.proposition)
    client.force_login(make_staff("judge"))

    assert "besieged" not in client.get(QUEUE).content.decode()
    page = client.get(reverse("admin:tracker_anchoring_change", args=[alarm.pk]))
    assert page.status_code == 404


def test_the_queue_lists_what_nobody_has_looked_at(coder: Client) -> None:
    changed()
    make_anchoring(state="moved")

    listed = coder.get(QUEUE)

    assert listed.context["cl"].result_count == 1
    assert SAID in listed.content.decode() and SHARPENED in listed.content.decode()
    assert coder.get(QUEUE.partition("?")[0]).context["cl"].result_count == 2


def test_the_home_page_counts_alarms(coder: Client) -> None:
    changed()

    counters = {one.title: one for one in coder.get(reverse("admin:index")).context["counters"]}

    counted = counters["Changed words"]
    assert (counted.count, counted.link) == (1, f"{QUEUE}&state__exact=changed")


def test_an_alarm_shows_the_difference_both_passages_and_the_claims(coder: Client) -> None:
    alarm = changed()
    claim = builders.make_claim(quotation=alarm.quotation)

    page = page_of(coder, "anchoring", alarm.pk)

    assert "<del>might</del><ins>will</ins>" in page
    assert f"<mark>{SAID}</mark>" in page and f"<mark>{SHARPENED}</mark>" in page
    assert str(claim.speaker) in page
    assert "Same words for us" in page and "The page changed its words" in page


def test_what_is_gone_can_only_be_acknowledged(coder: Client) -> None:
    gone = make_anchoring(state="orphan")

    page = page_of(coder, "anchoring", gone.pk)

    assert "No passage of this capture comes near the words." in page
    assert "Same words for us" not in page
    coder.post(button("acknowledge", gone), {"note": ""})
    assert Anchoring.objects.alarms().exists()
    coder.post(button("acknowledge", gone), {"note": "Taken down."})
    assert Anchoring.objects.get().note == "Taken down."


def test_accepted_words_are_confirmed_and_offer_no_button_any_more(coder: Client) -> None:
    alarm = changed()

    coder.post(button("accept", alarm), {"note": "A correction."})

    assert (Anchoring.objects.get().state, Anchoring.objects.get().note) == (
        "confirmed",
        "A correction.",
    )
    page = page_of(coder, "anchoring", alarm.pk)
    assert "A correction." in page
    assert "The page changed its words" not in page
