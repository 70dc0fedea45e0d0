"""The history of a record."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tests.refusals import sql
from tracker.actions.records import edit
from tracker.admin.histories import Difference, events_of

pytestmark = pytest.mark.django_db


def test_evidence_has_no_history() -> None:
    assert events_of(builders.make_quotation()) == []


def test_a_record_that_no_event_tells_of_has_an_empty_history_and_its_page(editor: Client) -> None:
    """What was invented or imported in bulk, with the triggers off, has none."""
    claim = builders.make_claim()
    sql("DELETE FROM tracker_claimhistoryevent")

    assert events_of(claim) == []
    for page in ("history", "change"):
        where = reverse(f"admin:tracker_claim_{page}", args=[claim.pk])
        assert editor.get(where).status_code == 200


def test_a_change_shows_who_what_and_why() -> None:
    person = builders.make_person(name="C. Lister")
    edda = make_staff("editor", first_name="Edda", last_name="Editor")
    edit(by=edda, record=person, reason="His full name.", name="Charles Lister")

    newest, oldest = events_of(person)

    assert (newest.who, newest.reason, newest.action) == (
        "Edda Editor",
        "His full name.",
        "changed it",
    )
    (change,) = newest.differences
    assert (change.field, change.before, change.after) == ("Name", "C. Lister", "Charles Lister")
    assert oldest.action == "filed it"


def test_foreign_keys_are_shown_by_name() -> None:
    parent = builders.make_organisation(name="Fairfax")
    child = builders.make_organisation()
    edit(by=make_staff("editor"), record=child, parent=parent, aliases=["BI"])

    changes = {one.field: one.after for one in events_of(child)[0].differences}

    assert changes == {"Parent": "Fairfax", "Aliases": "BI"}


def test_the_page_of_a_history_shows_the_difference(editor: Client) -> None:
    person = builders.make_person(name="C. Lister")
    edit(by=make_staff("editor"), record=person, reason="His full name.", name="Charles Lister")

    page = editor.get(reverse("admin:tracker_person_history", args=[person.pk])).content.decode()

    assert "His full name." in page
    assert "<del>C. Lister</del>" in page


def test_sentences_differ_word_by_word_and_short_texts_as_they_are() -> None:
    sentence = Difference("Note", "The city falls by June", "The city falls by July")

    assert [(piece.op, piece.text) for piece in sentence.pieces if piece.op != "equal"] == [
        ("delete", "June"),
        ("insert", "July"),
    ]
    assert Difference("State", "draft", "frozen").pieces == ()
