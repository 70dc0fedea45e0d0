"""A source's page: its addresses, what the page says, mergers with a preview, and parting."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.test_captures import button, page_of
from tests.admin.world import make_staff
from tracker.models import Source

pytestmark = pytest.mark.django_db

FOUND = {"title": "Siege ahead", "bylines": ["Ada Byline"]}


def captured(**found: Any) -> Source:
    source = builders.make_source(title="My title")
    builders.make_capture(source=source, status="ok", found=found or FOUND)
    return source


def test_a_coder_sees_what_the_page_says_and_takes_nothing_over(coder: Client) -> None:
    source = captured()

    page = page_of(coder, "source", source.pk)

    assert "Siege ahead" in page
    assert "Take over" not in page
    assert coder.get(button("source", "accept", source.pk)).status_code == 403


def test_an_editor_takes_over_what_they_choose(editor: Client) -> None:
    source = captured()
    assert button("source", "accept", source.pk) in page_of(editor, "source", source.pk)

    editor.post(button("source", "accept", source.pk), {"taken": ["bylines"], "reason": ""})

    source.refresh_from_db()
    assert (source.title, source.bylines) == ("My title", ["Ada Byline"])


def test_nothing_chosen_is_nothing_taken_over(editor: Client) -> None:
    answer = editor.post(button("source", "accept", captured().pk), {"taken": []})

    assert "This field is required" in answer.content.decode()


def test_an_address_is_added_or_refused_beside_the_field(coder: Client) -> None:
    source, other = builders.make_source(), builders.make_source()
    page = button("source", "address", source.pk)

    refused = coder.post(page, {"url": other.url}).content.decode()
    coder.post(page, {"url": "https://wire.example/9"})

    assert "if they are one page, merge the two" in refused
    assert "https://wire.example/9" in page_of(coder, "source", source.pk)


def test_a_coder_merges_nothing(coder: Client) -> None:
    assert coder.get(button("source", "merge", builders.make_source().pk)).status_code == 403


def test_a_merge_shows_what_hangs_on_each_before_it_is_made(editor: Client) -> None:
    loser, winner = builders.make_source(title="Loser"), builders.make_source(title="Winner")
    builders.make_claim(
        quotation=builders.make_quotation(snapshot=builders.make_snapshot(source=winner))
    )
    form = {"into": winner.pk, "reason": "One page."}
    page = button("source", "merge", loser.pk)

    preview = editor.post(page, form).content.decode()
    loser.refresh_from_db()

    assert loser.merged_into is None
    assert "Nothing hangs on “Loser”" in preview
    assert "1 snapshot, 1 quotation, 1 claim" in preview
    assert f'name="seen" value="{winner.pk}"' in preview
    editor.post(page, {**form, "seen": winner.pk})
    loser.refresh_from_db()
    assert loser.merged_into == winner
    assert "Loser" in page_of(editor, "source", winner.pk)


def test_a_merged_source_offers_only_to_be_parted(editor: Client) -> None:
    standing = builders.make_source()
    merged = builders.make_source(merged_into=standing)
    page = page_of(editor, "source", merged.pk)
    assert "Merged into" in page
    assert "Fetch this page" not in page

    editor.post(button("source", "part", merged.pk), {"reason": ""})
    merged.refresh_from_db()
    assert merged.merged_into == standing
    editor.post(button("source", "part", merged.pk), {"reason": "Two pages."})

    merged.refresh_from_db()
    assert merged.merged_into is None


def test_a_source_that_may_be_the_same_page_leads_to_the_merge(editor: Client) -> None:
    other = builders.make_source(title="The wire's page")
    source = captured(addresses=[other.canonical_url])

    page = page_of(editor, "source", source.pk)

    assert "The wire&#x27;s page" in page
    assert f"{button('source', 'merge', source.pk)}?into={other.pk}" in page


def test_a_judge_is_not_shown_the_same_page_under_another_address(client: Client) -> None:
    judge = make_staff("judge")
    client.force_login(judge)
    claim = builders.make_claim()
    hidden = claim.quotation.snapshot.source
    builders.make_round(proposition=claim.proposition)
    source = captured(addresses=[hidden.canonical_url])
    merged = builders.make_source(title="Merged twin", merged_into=hidden)

    page = page_of(client, "source", source.pk)

    assert hidden.title not in page
    for one in (hidden, merged):
        address = reverse("admin:tracker_source_change", args=[one.pk])
        assert client.get(address).status_code == 404
