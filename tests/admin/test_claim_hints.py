"""The addresses of the log form's live help."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff

PIECES = ["hedges", "names", "met", "speakers", "deadlines", "article"]


def piece(name: str) -> str:
    return reverse(f"admin:tracker_claim_{name}")


@pytest.mark.parametrize("name", PIECES)
def test_judges_are_helped_to_log_nothing(client: Client, name: str, db: None) -> None:
    client.force_login(make_staff("judge"))

    assert client.get(piece(name)).status_code == 403


@pytest.mark.parametrize("name", PIECES)
def test_odd_questions_are_answered(coder: Client, name: str) -> None:
    odd = dict.fromkeys(("exact", "person", "statement", "said_on", "q", "url"), "\x00%[(" * 50)

    assert coder.get(piece(name), odd).status_code == 200
    assert coder.get(piece(name)).status_code == 200


def test_hints_are_pieces_of_a_page_that_fill_fields_in(coder: Client) -> None:
    hedges = coder.get(piece("hedges"), {"exact": "likely to fall"}).content.decode()
    names = coder.get(piece("names"), {"kind": "organisation", "q": "x"})

    assert "&quot;hedge_term&quot;: &quot;likely&quot;" in hedges
    assert "data-auto" in hedges
    assert names.json() == {"names": []}


def test_several_hedges_are_listed_with_the_rule(coder: Client) -> None:
    page = coder.get(piece("hedges"), {"exact": "I expect it is likely to fall"}).content.decode()

    assert page.count("data-fill") == 2
    assert page.count("data-auto") == 1
    assert "the one nearest the event governs" in page


def test_a_name_that_is_new_is_said_to_be_filed(coder: Client) -> None:
    builders.make_person(name="Charles Lister")

    known = coder.get(piece("speakers"), {"person": "Lister"}).content.decode()
    new = coder.get(piece("speakers"), {"person": "Nobody Known"}).content.decode()

    assert "Charles Lister" in known
    assert "is not on record: filed with the claim" in new


def test_a_deadline_counts_from_the_day_of_the_statement(coder: Client) -> None:
    asked = {"exact": "It will fall within six months"}

    without = coder.get(piece("deadlines"), asked).content.decode()
    dated = coder.get(piece("deadlines"), {**asked, "published_on": "2016-04-11"}).content.decode()

    assert "Say when it was said" in without
    assert "2016-10-11, stated" in dated
