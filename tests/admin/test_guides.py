"""Each list says what it answers, how it fills, and which filters are worth a name."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff, make_world
from tracker.admin import lists
from tracker.admin.guides import GUIDES
from tracker.admin.lists import asked_for

pytestmark = pytest.mark.django_db

# Lists that are pages of their own.
PAGES = {"codepattern"}


def changelist(noun: str, query: str = "") -> str:
    return reverse(f"admin:tracker_{noun}_changelist") + query


def test_every_list_says_what_it_answers_and_how_it_fills() -> None:
    nouns = {str(model._meta.model_name) for model in admin.site._registry} - PAGES

    assert nouns - GUIDES.keys() == set()
    for noun, guide in GUIDES.items():
        assert guide.question.endswith("?"), noun
        assert guide.empty.endswith("."), noun


def test_every_saved_filter_opens(client: Client) -> None:
    make_world()
    user = make_staff("admin")
    client.force_login(user)
    for model, page in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for saved in GUIDES.get(str(model._meta.model_name), lists.Guide()).saved:
            answer = client.get(f"{reverse(name)}?{saved.query.format(me=user.pk)}")

            assert answer.status_code == 200, (page, saved)
            chosen = [tab.words for tab in answer.context["tabs"] if tab.chosen]
            assert chosen == [saved.words]


def test_saved_filters_are_for_those_who_have_a_use_for_them(client: Client) -> None:
    client.force_login(make_staff("judge"))

    answer = client.get(changelist("claim"))

    assert "Drafts" not in [tab.words for tab in answer.context["tabs"]]


def test_what_is_mine_is_what_i_logged(client: Client) -> None:
    coder = make_staff("coder")
    mine = builders.make_claim(coder=coder)
    builders.make_claim()
    client.force_login(coder)
    page = client.get(changelist("claim"))

    tab = next(tab for tab in page.context["tabs"] if tab.words == "Logged by me")

    assert client.get(changelist("claim", tab.address)).context["cl"].result_list == [mine]


def test_page_and_order_are_no_filters() -> None:
    assert asked_for("p=2&o=-3&state__exact=draft") == {("state__exact", "draft")}


def test_an_empty_list_says_how_it_fills(editor: Client) -> None:
    page = editor.get(changelist("claim")).content.decode()

    assert "No claims yet" in page
    assert "mark the words" in page


def test_a_search_in_vain_leads_back_to_all(editor: Client) -> None:
    builders.make_claim()

    page = editor.get(changelist("claim", "?q=zzzzz")).content.decode()

    assert "Nothing found here" in page
    assert "Show all claims" in page
