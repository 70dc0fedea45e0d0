"""Lexicons in the workbench."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tracker.models import HedgeTerm


def test_a_term_shows_its_band_and_where_it_comes_from(coder: Client) -> None:
    term = HedgeTerm.objects.get(phrase="likely", lexicon__version="1.0")

    page = coder.get(reverse("admin:tracker_hedgeterm_change", args=[term.pk])).content.decode()

    assert "<svg" in page
    assert "the mean; readers spread by" in page


def test_a_term_is_never_edited(editor: Client) -> None:
    term = HedgeTerm.objects.latest("pk")

    assert editor.get(reverse("admin:tracker_hedgeterm_add")).status_code == 403
    address = reverse("admin:tracker_hedgeterm_change", args=[term.pk])
    assert editor.post(address, {"phrase": "x"}).status_code == 403


def test_the_lexicon_is_searched_by_phrase(coder: Client) -> None:
    page = coder.get(reverse("admin:tracker_hedgeterm_changelist"), {"q": "likely"})

    assert page.context["cl"].result_count > 1
