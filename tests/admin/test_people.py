"""People, organisations and affiliations in the workbench."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests import builders
from tracker.models import Affiliation, Organisation, Person


def blank(**given: Any) -> dict[str, Any]:
    return {"name": "", "aliases": "", "wikidata": "", "note": "", **given}


def test_a_coder_may_add_but_not_edit_a_person(coder: Client) -> None:
    person = builders.make_person(name="C. Lister")
    address = reverse("admin:tracker_person_change", args=[person.pk])
    assert coder.post(address, blank(name="Other")).status_code == 403

    coder.post(reverse("admin:tracker_person_add"), blank(name="Boris Z", aliases="B. Z\nZ, Boris"))

    assert Person.objects.get(name="Boris Z").aliases == ["B. Z", "Z, Boris"]
    assert Person.objects.get(pk=person.pk).name == "C. Lister"


def test_what_an_action_refuses_is_shown_beside_its_field(coder: Client) -> None:
    page = coder.post(reverse("admin:tracker_person_add"), blank(name="Nul\x00l", note="kept"))

    assert page.status_code == 200
    assert "kept" in page.content.decode()
    assert page.context["adminform"].form.errors


def test_an_editor_edits_with_a_reason(editor: Client) -> None:
    person = builders.make_person(name="C. Lister")

    editor.post(
        reverse("admin:tracker_person_change", args=[person.pk]),
        blank(name="Charles Lister", reason="His full name."),
    )

    assert Person.objects.get(pk=person.pk).name == "Charles Lister"


def test_merging_needs_a_reason_and_keeps_both(editor: Client) -> None:
    loser, winner = builders.make_person(name="C. Lister"), builders.make_person(name="Lister")
    address = reverse("admin:tracker_person_merge", args=[loser.pk])
    refused = editor.post(address, {"winner": winner.pk, "reason": ""})
    assert refused.status_code == 200

    asked = {"winner": winner.pk, "reason": "One person."}
    builders.make_claim(person=loser)
    preview = editor.post(address, asked)
    assert "1 count for Lister from now on" in preview.content.decode()
    assert Person.objects.get(pk=loser.pk).merged_into is None
    other = editor.post(address, {**asked, "seen": loser.pk})
    assert other.status_code == 200

    answer = editor.post(address, {**asked, "seen": winner.pk})

    assert answer.headers["Location"].endswith(f"/person/{winner.pk}/change/")
    assert Person.objects.get(pk=loser.pk).merged_into == winner


def test_two_organisations_cannot_be_each_others_parent(editor: Client) -> None:
    one = builders.make_organisation(name="One")

    page = editor.post(
        reverse("admin:tracker_organisation_change", args=[one.pk]),
        blank(name="One", kind="other", parent=one.pk),
    )

    assert page.status_code == 200
    assert Organisation.objects.get(pk=one.pk).parent is None


def test_an_affiliation_is_dated_by_two_days(editor: Client) -> None:
    person, organisation = builders.make_person(), builders.make_organisation()
    fields = {"person": person.pk, "organisation": organisation.pk, "role": "Fellow"}

    editor.post(
        reverse("admin:tracker_affiliation_add"),
        {**fields, "start": "2014-01-01", "end": ""},
    )
    made = Affiliation.objects.get()
    editor.post(
        reverse("admin:tracker_affiliation_change", args=[made.pk]),
        {**fields, "start": "2014-01-01", "end": "2017-01-01", "reason": "He left."},
    )

    valid = Affiliation.objects.get().valid
    assert [str(valid.lower), str(valid.upper)] == ["2014-01-01", "2017-01-01"]
