"""Records: edited with a reason that stays, merged into the one that stands."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from tests.actions.steps import published, refused
from tests.builders import (
    make_claim,
    make_organisation,
    make_outcome,
    make_person,
    make_source,
    make_user,
)
from tracker.actions.people import recognise_person
from tracker.actions.records import edit, merge
from tracker.actions.scores import differences
from tracker.domain import errors
from tracker.models import Claim, Organisation, ScoreItem, User

pytestmark = pytest.mark.django_db


def editor() -> User:
    return make_user(role="editor")


BAD: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "an unknown column": ({"mood": "dark"}, errors.UnknownValue, "mood"),
    "what a merge decides": ({"merged_into": None}, errors.UnknownValue, "merged_into"),
    "its identity": ({"uuid": "1"}, errors.UnknownValue, "uuid"),
    "an empty name": ({"name": " "}, errors.RequiredField, "name"),
    "an unknown kind": ({"kind": "circus"}, errors.UnknownValue, "kind"),
    "a slug that is none": ({"slug": "a b"}, errors.UnknownValue, "slug"),
    "a slug that is taken": ({"slug": "taken"}, errors.AlreadyLogged, "slug"),
    "a NUL byte": ({"note": "\0"}, errors.UnstorableText, "note"),
    "a NUL byte in a list": ({"aliases": ["\0"]}, errors.UnstorableText, "aliases"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_edit_is_refused_whole(case: str) -> None:
    changes, error, field = BAD[case]
    make_organisation(slug="taken")
    record, by = make_organisation(), editor()

    with refused(error, field):
        edit(by=by, record=record, **changes)


def test_coders_do_not_edit_or_merge() -> None:
    one, other, coder = make_person(), make_person(), make_user()

    with refused(errors.NotPermitted):
        edit(by=coder, record=one, name="Jo")
    with refused(errors.NotPermitted):
        merge(by=coder, loser=one, winner=other, reason="Same.")


def test_an_edit_keeps_the_old_state_with_user_and_reason() -> None:
    record, by = make_person(name="Jo Do"), editor()

    edited = edit(by=by, record=record, name="Jo Doe", slug=record.slug, reason="Misspelt.")

    assert edited.name == "Jo Doe"
    history = apps.get_model("tracker", "PersonHistoryEvent")
    old, new = history._default_manager.order_by("pgh_id")
    assert (old.name, new.name) == ("Jo Do", "Jo Doe")
    facts = new.pgh_context.metadata
    assert (facts["user"], facts["reason"], facts["action"]) == (by.pk, "Misspelt.", "edit")


def test_an_address_that_is_edited_changes_its_canonical_form() -> None:
    page = make_source()
    taken, by = make_source(url="", canonical_url=""), editor()

    with refused(errors.AlreadyLogged, "url"):
        edit(by=by, record=taken, url=page.url + "?utm_source=x")

    edited = edit(by=by, record=page, url="http://www.paper.example/new/")
    assert edited.canonical_url == "https://paper.example/new"
    assert edit(by=by, record=page, url="").canonical_url == ""


def test_an_outcome_is_corrected() -> None:
    assert edit(by=editor(), record=make_outcome(), statement="It held.").statement == "It held."


# --- merging -------------------------------------------------------------------------


def test_a_merge_needs_a_reason_and_two_that_stand() -> None:
    one, other, by = make_person(), make_person(), editor()
    gone = make_person(merged_into=other)

    with refused(errors.CommentRequired, "reason"):
        merge(by=by, loser=one, winner=other, reason=" ")
    for loser, winner in ((one, one), (gone, one), (one, gone)):
        with refused(errors.Conflict, "winner"):
            merge(by=by, loser=loser, winner=winner, reason="Same.")


def test_a_merge_that_was_overtaken_is_refused() -> None:
    one, other, third, by = make_person(), make_person(), make_person(), editor()
    merge(by=by, loser=one, winner=other, reason="Same.")

    with refused(errors.Conflict, "winner"):
        merge(by=by, loser=third, winner=one, reason="Same.")


def test_the_names_of_the_loser_become_aliases_of_the_winner() -> None:
    winner = make_person(name="José Doe", aliases=["J. Doe"])
    loser = make_person(name="Joe Doe", aliases=["J. Doe", "José Doe"])

    merge(by=editor(), loser=loser, winner=winner, reason="One man.")

    winner.refresh_from_db()
    assert winner.aliases == ["J. Doe", "Joe Doe"]
    assert recognise_person("joe doe") == winner


def test_what_was_merged_before_follows_to_the_last_winner() -> None:
    first, second, third = (make_person() for _ in range(3))

    merge(by=editor(), loser=first, winner=second, reason="Same.")
    merge(by=editor(), loser=second, winner=third, reason="Same.")

    assert set(third.merged_from.all()) == {first, second}


def scored() -> Claim:
    """A published claim of a person for an organisation, in an outlet."""
    frozen = make_claim(person=make_person(), organisation=make_organisation())
    assert frozen.proposition is not None
    published(frozen.proposition)
    return frozen


def test_scores_follow_a_merged_person_and_the_claim_keeps_its_speaker() -> None:
    frozen, winner = scored(), make_person()

    merge(by=editor(), loser=frozen.person, winner=winner, reason="Same.")

    assert ScoreItem.objects.get().person == winner
    assert Claim.objects.get().person == frozen.person
    assert differences() == 0


def test_scores_follow_a_merged_organisation_and_outlet() -> None:
    frozen, winner = scored(), make_organisation()
    outlet = make_organisation()
    edit(by=editor(), record=frozen.quotation.snapshot.source, outlet=outlet)
    assert (ScoreItem.objects.get().outlet, differences()) == (outlet, 0)

    for loser in (frozen.organisation, outlet):
        merge(by=editor(), loser=loser, winner=winner, reason="One house.")

    item = ScoreItem.objects.get()
    assert (item.organisation, item.outlet, differences()) == (winner, winner, 0)
    assert Organisation.objects.filter(merged_into=winner).count() == 2
