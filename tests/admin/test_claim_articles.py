"""What an address leads to in the log form: the text on record, or a worker who fetches it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Capture, Source

ARTICLE, FETCH = "admin:tracker_claim_article", "admin:tracker_claim_fetch"
FETCHING = "admin:tracker_claim_fetching"
URL = "https://example.org/siege"


def test_an_address_that_is_none_is_named(coder: Client) -> None:
    page = coder.get(reverse(ARTICLE), {"url": "not an address"}).content.decode()

    assert "Fetch the page" not in page
    assert "t-note" in page


def test_a_page_on_record_is_read_where_it_is(coder: Client) -> None:
    source = builders.make_source(url=URL, canonical_url=URL, title="The siege")
    snapshot = builders.make_snapshot(source=source)

    page = coder.get(reverse(ARTICLE), {"url": f"{URL}#top"}).content.decode()

    assert f"?snapshot={snapshot.pk}" in page
    assert "On record: The siege" in page


def test_only_who_may_log_sends_a_worker(client: Client, db: None) -> None:
    client.force_login(make_staff("judge"))

    assert client.post(reverse(FETCH), {"url": URL}).status_code == 403
    assert not Source.objects.exists()


def test_a_refusal_leads_back_to_the_form_and_says_why(coder: Client) -> None:
    answer = coder.post(reverse(FETCH), {"url": "nowhere"}, follow=True)

    assert "Not fetched." in answer.content.decode()
    assert not Capture.objects.exists()
    assert coder.get(reverse(FETCH)).status_code == 404


def test_a_new_page_is_fetched_and_the_way_leads_to_its_text(coder: Client) -> None:
    sent = {"url": URL, "outlet": "Example Post", "published_on": "2016-04-11"}

    waiting = coder.post(reverse(FETCH), sent, follow=True)

    capture = Capture.objects.select_related("source__outlet").get()
    assert str(capture.source.outlet) == "Example Post"
    assert "data-waits" in waiting.content.decode()
    assert coder.get(reverse(FETCHING), {"capture": "0"}).status_code == 404

    kept = builders.make_capture(status="ok", requested_by=capture.requested_by)
    there = coder.get(reverse(FETCHING), {"capture": kept.pk})
    assert there.headers["Location"].endswith(f"?snapshot={kept.snapshot_id}")


def test_a_page_that_could_not_be_read_says_so_with_the_remedy(coder: Client) -> None:
    coder.post(reverse(FETCH), {"url": URL})
    mine = Capture.objects.get().requested_by
    failed = builders.make_capture(status="failed", requested_by=mine, reason="It is a film.")

    page = coder.get(reverse(FETCHING), {"capture": failed.pk}).content.decode()

    assert "It is a film." in page
    assert "Paste the text instead" in page
    assert "data-waits" not in page
