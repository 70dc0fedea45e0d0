"""A claim's page tells its whole story."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff, make_story
from tests.external import make_review
from tracker.admin.story import NEIGHBOURHOOD, passage_of, story_of


def page_of(editor: Client) -> str:
    claim = make_story()
    return editor.get(reverse("admin:tracker_claim_change", args=[claim.pk])).content.decode()


TOLD = (
    "<mark>The city is likely to fall by June</mark>",
    "Analysts doubt it.",
    "Fellow",
    "Grade B: quoted by",
    "not A, because",
    "Record a distortion of these words",
    "Sharpened by",
    "<del>",
    "They hope it.",
    "what readers in general take the words to mean",
    "Lexicon 1.0",
    "The words affirm the proposition.",
    "2026-06-30",
    "Judge A, independent",
    "Came true",
    "Mostly came true",
    "condition met",
    "I stand by it.",
    "0 is perfect",
    "<svg",
    "History",
)


def test_the_page_tells_the_whole_story(editor: Client) -> None:
    page = page_of(editor)

    assert [told for told in TOLD if told not in page] == []


def test_the_page_takes_the_same_queries_however_much_there_is_to_tell(editor: Client) -> None:
    claim = make_story()
    where = reverse("admin:tracker_claim_change", args=[claim.pk])
    editor.get(where)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            editor.get(where)
        counts.append(len(asked))
        for _ in range(3):
            claim.further_quotations.add(builders.make_quotation())
            builders.make_relay(quotation=claim.quotation, step=claim.quotation.hops.count() + 1)
            builders.make_outcome(proposition=claim.proposition)
            make_review(claim=claim)

    assert counts == [33, 33]


def test_what_other_publishers_found_stands_beside_it_for_all_but_judges(editor: Client) -> None:
    claim = make_story()
    make_review(claim=claim, label="Mostly right")
    make_review(proposition=claim.proposition, label="Half right")
    make_review(label="Of something else")
    where = reverse("admin:tracker_claim_change", args=[claim.pk])

    page = editor.get(where).content.decode()

    assert "Mostly right" in page
    assert "Half right" in page
    assert "Of something else" not in page
    request = RequestFactory().get("/")
    request.user = make_staff("judge")
    assert story_of(request, claim)["reviews"] == []


def test_nothing_is_missing_from_a_frozen_claim(editor: Client) -> None:
    assert "Missing before it can be frozen" not in page_of(editor)


@pytest.mark.django_db
def test_a_draft_says_what_it_lacks() -> None:
    request = RequestFactory().get("/")
    request.user = make_staff("coder")

    story = story_of(request, builders.make_claim(frozen=False))

    assert "Name the proposition that the claim speaks to." in story["missing"]
    assert story["score"] is story["probability"] is story["hedging"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "shown_before", "shown_after"),
    [
        ("One two. ", " Three.", "One two. ", " Three."),
        ("One.\n\n[…]\n\nTwo. ", " Three.\n\n[…]\n\nFour.", "[…] Two. ", " Three. […]"),
        ("word " * 100, " word" * 100, "… word", "word …"),
    ],
    ids=["short", "excerpt", "long"],
)
def test_the_neighbourhood_ends_between_words_or_at_gaps(
    before: str, after: str, shown_before: str, shown_after: str
) -> None:
    text = f"{before}It will fall.{after}"
    quotation = builders.make_quotation(
        exact="It will fall.", snapshot=builders.make_snapshot(text=text)
    )

    passage = passage_of(quotation)

    assert passage.quoted == "It will fall."
    assert passage.before.startswith(shown_before)
    assert passage.after.endswith(shown_after)
    assert len(passage.before) <= NEIGHBOURHOOD + 2


def test_a_relay_is_shown_on_the_pages_of_both_quotations(editor: Client) -> None:
    upstream = builders.make_quotation(exact="What she said")
    relay = builders.make_quotation(exact="What they heard", relayed_from=upstream)
    pages = [
        editor.get(reverse("admin:tracker_quotation_change", args=[one.pk])).content.decode()
        for one in (upstream, relay)
    ]
    claim = builders.make_claim(quotation=relay)
    told = editor.get(reverse("admin:tracker_claim_change", args=[claim.pk])).content.decode()

    assert "Passed on as" in pages[0] and "What they heard" in pages[0]
    assert "Relayed from" in pages[1] and "What she said" in pages[1]
    assert "Relayed from" in told and "What she said" in told


def test_the_quotation_stands_in_its_passage_on_its_own_page(editor: Client) -> None:
    quotation = make_story().quotation

    page = editor.get(reverse("admin:tracker_quotation_change", args=[quotation.pk]))

    assert "<mark>The city is likely to fall by June</mark>" in page.content.decode()
    assert "Grade B" in page.content.decode()
