"""The record of a person, organisation or topic."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_story
from tracker.models import Person


def scored(person: Person, events: int) -> None:
    for number in range(events):
        claim = builders.make_claim(person=person, p=700 + number)
        builders.make_score_item(claim=claim, base_rate=500, y=number % 3 != 0)


def record(editor: Client, person: Person) -> str:
    page = editor.get(reverse("admin:tracker_person_change", args=[person.pk]))
    return page.content.decode()


@pytest.mark.parametrize("events", [0, 1, 2])
def test_too_few_events_make_no_number(editor: Client, events: int) -> None:
    person = builders.make_person()
    scored(person, events)

    page = record(editor, person)

    assert "Insufficient" in page
    assert "fewer than 3 make no number" in page
    assert "Brier score" not in page


@pytest.mark.parametrize("events", [3, 9])
def test_a_few_events_make_a_number_and_no_rank(editor: Client, events: int) -> None:
    person = builders.make_person()
    scored(person, events)

    page = record(editor, person)

    assert "Unranked" in page
    assert "no rank below 10" in page
    assert "90 % interval" in page


def test_ten_events_are_described_in_words(editor: Client) -> None:
    person = builders.make_person()
    scored(person, 10)

    page = record(editor, person)

    assert "From 10 resolved events." in page
    assert "Unranked" not in page
    assert "seed" in page


def test_a_topic_shows_its_claims_and_what_became_of_them(editor: Client) -> None:
    claim = make_story()
    assert claim.proposition is not None
    address = reverse("admin:tracker_topic_change", args=[claim.proposition.topic_id])

    page = editor.get(address).content.decode()

    assert "The city is likely to fall by June" in page
    assert "Mostly came true" in page
