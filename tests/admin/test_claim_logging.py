"""The page that logs a claim: what it refuses, recognises, keeps and goes on with."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff, make_story
from tracker.models import Capture, Claim, Person, Source

ADD = "admin:tracker_claim_add"
TEXT = "“The city is likely to fall by July,” said Charles Lister."


def report(**given: Any) -> dict[str, Any]:
    fields = {"url": "https://example.org/a", "title": "A", "published_on": "2016-04-11"}
    fields |= {"text": TEXT, "exact": "The city is likely to fall by July"}
    fields |= {"person": "Charles Lister", "mode": "direct_quote", "polarity": "affirms"}
    fields |= {"source_kind": "article-newspaper", "deadline_basis": ""}
    return {**fields, "hop_1_mode": "direct_quote", "hop_2_mode": "direct_quote", **given}


def test_judges_may_not_log(client: Client, db: None) -> None:
    client.force_login(make_staff("judge"))

    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse(ADD), report()).status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"person": ""}, "person"),
        ({"url": "not an address"}, "url"),
        ({"title": "", "url": "https://example.org/new"}, "title"),
        ({"exact": "words that stand nowhere in it"}, "exact"),
        ({"said_on": "some day"}, "said_on"),
        ({"statement": "It falls.", "deadline": "2015-01-01"}, "deadline"),
        ({"p_low": "0.9", "p_point": "0.2", "p_high": "0.3"}, "p_point"),
        ({"hedge": "likely", "hedge_term": "no such phrase"}, "hedge_term"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_an_error_stands_beside_its_field_and_nothing_is_kept(
    coder: Client, given: dict[str, Any], field: str
) -> None:
    page = coder.post(reverse(ADD), report(note="half a thought", **given))

    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert "half a thought" in page.content.decode()
    assert not Claim.objects.exists()
    assert not Source.objects.exists()


def test_a_quotation_that_is_not_there_meets_the_nearest_passage(coder: Client) -> None:
    page = coder.post(reverse(ADD), report(exact="The city is likely to fall by June"))

    shown = page.content.decode()
    assert "<del>June</del><ins>July</ins>" in shown
    assert 'name="nearest_exact" value="The city is likely to fall by July"' in shown
    assert "Take the words as they stand" in shown
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("button", "freeze", "state"),
    [("_save", "", "draft"), ("_next", "", "draft"), ("_save", "on", "frozen")],
)
def test_the_words_of_the_text_are_taken_and_the_button_that_was_pressed_goes_on(
    coder: Client, button: str, freeze: str, state: str
) -> None:
    meaning = {"statement": "It falls.", "criteria": "It stands.", "deadline": "2016-07-01"}
    sent = report(exact="The city is likely to fall by June", kind="forecast", **meaning)
    sent["freeze"] = freeze
    refused = coder.post(reverse(ADD), {**sent, button: ""})
    assert refused.context["pressed"] == button
    nearest = refused.context["nearest"]

    taken = {"nearest_exact": nearest.exact, "nearest_start": nearest.start, "_take": button}
    answer = coder.post(reverse(ADD), {**sent, **taken})

    claim = Claim.objects.get()
    assert (claim.state, claim.quotation.exact) == (state, "The city is likely to fall by July")
    assert ("?snapshot=" in answer.headers["Location"]) is (button == "_next")


def test_words_taken_from_another_text_are_refused_again(coder: Client) -> None:
    taken = {"nearest_exact": "It fell.", "nearest_start": "0", "_take": "_save"}

    page = coder.post(reverse(ADD), report(**taken))

    assert "exact" in page.context["form"].errors
    assert not Claim.objects.exists()


def test_words_of_the_headline_are_refused_with_the_remedy(coder: Client) -> None:
    text = f"The city falls\n\n{TEXT}"

    page = coder.post(reverse(ADD), report(title="The city falls", text=text, exact="city falls"))

    assert "record a distortion" in page.context["form"].errors["exact"][0]
    assert not Claim.objects.exists()


def test_the_whole_page_is_asked_for_beside_an_excerpt(coder: Client) -> None:
    coder.post(reverse(ADD), report(excerpt="on", fetch="on"))

    claim = Claim.objects.get()
    assert claim.quotation.snapshot.completeness == "excerpt"
    assert Capture.objects.get().source == claim.quotation.snapshot.source


def test_what_stands_against_fetching_never_stands_against_the_claim(coder: Client) -> None:
    answer = coder.post(reverse(ADD), report(url="", fetch="on"), follow=True)

    assert Claim.objects.count() == 1
    assert not Capture.objects.exists()
    assert "The page is not fetched." in answer.content.decode()


def test_the_link_of_an_archive_is_unwrapped_and_said_so(coder: Client) -> None:
    link = "https://web.archive.org/web/20160412093000/https://example.org/siege"

    answer = coder.post(reverse(ADD), report(url=link), follow=True)

    snapshot = Claim.objects.get().quotation.snapshot
    assert snapshot.source.url == "https://example.org/siege"
    assert "the page is https://example.org/siege, kept there on 2016-04-12" in (
        answer.content.decode()
    )


def test_source_quotation_and_speaker_make_a_draft(coder: Client) -> None:
    answer = coder.post(reverse(ADD), report(), follow=True)

    claim = Claim.objects.get()
    assert claim.state == "draft"
    assert answer.redirect_chain[-1][0].endswith(f"/claim/{claim.pk}/change/")
    assert "Say what kind of claim it is." in answer.content.decode()


def test_a_known_person_and_article_are_recognised(coder: Client) -> None:
    builders.make_person(name="Charles Lister")

    coder.post(reverse(ADD), report())
    coder.post(reverse(ADD), report(exact="likely to fall"))

    assert Person.objects.count() == Source.objects.count() == 1
    assert Claim.objects.count() == 2


def test_the_next_claim_starts_from_the_same_article(coder: Client) -> None:
    answer = coder.post(reverse(ADD), report(_next="1"))

    page = coder.get(answer.headers["Location"])

    assert page.context["form"].initial["text"] == TEXT
    assert page.context["form"].initial["title"] == "A"


def test_a_complete_claim_is_logged_and_frozen_at_once(coder: Client) -> None:
    meaning = {"statement": "It falls.", "criteria": "It stands.", "deadline": "2016-07-01"}

    coder.post(reverse(ADD), report(kind="forecast", hedge="likely", freeze="on", **meaning))

    claim = Claim.objects.get()
    assert claim.state == "frozen"
    assert claim.p_tier == "lexicon"


def test_the_next_claim_remembers_who_spoke_and_marks_what_was_quoted(coder: Client) -> None:
    said = {"person": "Charles Lister", "role": "Fellow", "organisation": "An Institute"}
    answer = coder.post(reverse(ADD), report(_next="1", said_on="2016-04-09", **said))

    page = coder.get(answer.headers["Location"])

    initial = page.context["form"].initial
    assert {name: str(initial[name]) for name in said} == said
    assert initial["said_on"] == "2016-04-09"
    assert [one["who"] for one in page.context["spans"]] == ["Charles Lister"]
    assert TEXT[page.context["spans"][0]["start"] :].startswith("The city is likely")


def test_a_claim_that_fails_a_test_is_kept_as_considered(coder: Client) -> None:
    answer = coder.post(reverse(ADD), report(t1="holds", t4="fails"), follow=True)

    claim = Claim.objects.get()
    assert (claim.state, claim.failed_test) == ("considered", "T4")
    assert "Kept as considered, not tracked: it fails T4." in answer.content.decode()


def test_a_text_is_opened_only_for_who_may_see_it(client: Client, db: None) -> None:
    claim = make_story(judged=False)
    assert claim.proposition is not None
    builders.make_round(proposition=claim.proposition)
    both = make_staff("coder")
    both.groups.add(Group.objects.get(name="judge"))
    client.force_login(both)

    page = client.get(reverse(ADD), {"snapshot": claim.quotation.snapshot_id})

    assert page.context["snapshot"] is None
    assert client.get(reverse(ADD), {"snapshot": "9" * 30}).status_code == 200


@pytest.mark.parametrize(("text", "sources"), [(TEXT, 1), (f"{TEXT} More.", 2)])
def test_a_text_without_an_address_is_filed_once_unless_it_was_changed(
    coder: Client, text: str, sources: int
) -> None:
    coder.post(reverse(ADD), report(url=""))
    snapshot = Claim.objects.get().quotation.snapshot_id

    coder.post(reverse(ADD), report(url="", exact="likely to fall", text=text, snapshot=snapshot))

    assert Claim.objects.count() == 2
    assert Source.objects.count() == sources
