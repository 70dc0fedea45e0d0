"""Speakers: recognised by any name they go by, filed when new, never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.actions.steps import claim, log, refused
from tests.builders import make_affiliation, make_organisation, make_person, make_topic, make_user
from tracker.actions.people import (
    OrganisationDraft,
    SpeakerDraft,
    affiliate,
    file_organisation,
    file_person,
    free_slug,
    recognise_organisation,
    recognise_person,
    recognise_speaker,
)
from tracker.domain import errors
from tracker.models import Affiliation, Organisation, Person, Topic

pytestmark = pytest.mark.django_db

KNOWN = {
    "the name": "José Ángel Doe",
    "without accents": "Jose Angel Doe",
    "another case": "JOSÉ ángel doe",
    "stray spaces": "  José  Ángel   Doe ",
    "an alias": "Joe Doe",
    "decomposed letters": "Jose\u0301 A\u0301ngel Doe",
}


@pytest.mark.parametrize("case", KNOWN)
def test_a_known_person_is_recognised_by(case: str) -> None:
    person = make_person(name="José Ángel Doe", aliases=["Joe Doe"])

    assert recognise_person(KNOWN[case]) == person
    assert Person.objects.count() == 1


@pytest.mark.parametrize("case", KNOWN)
def test_a_known_organisation_is_recognised_by(case: str) -> None:
    organisation = make_organisation(name="José Ángel Doe", aliases=["Joe Doe"])

    assert recognise_organisation(OrganisationDraft(name=KNOWN[case])) == organisation


def test_two_of_one_name_need_the_slug() -> None:
    one, _ = make_person(name="Jo Doe"), make_person(aliases=["Jo Doe"])
    make_organisation(name="House"), make_organisation(name="house")

    with pytest.raises(errors.AmbiguousName, match="Several people"):
        recognise_person("Jo Doe")
    with pytest.raises(errors.AmbiguousName, match="Several organisations"):
        recognise_organisation(OrganisationDraft(name="House"))

    assert recognise_person("", slug=one.slug) == one


def test_a_slug_that_nobody_has_is_refused_and_a_name_is_filed() -> None:
    with pytest.raises(errors.NotFound):
        recognise_person("Jo Doe", slug="nobody")
    with pytest.raises(errors.NotFound):
        recognise_organisation(OrganisationDraft(slug="nowhere"))
    for name in ("", " "):
        with pytest.raises(errors.UnknownSpeaker):
            recognise_person(name)
        with pytest.raises(errors.UnknownSpeaker):
            recognise_organisation(OrganisationDraft(name=name))

    assert recognise_person("Jo Doe", aliases=["J. Doe"]).aliases == ["J. Doe"]
    filed = recognise_organisation(OrganisationDraft(name="House", kind="think_tank"))
    assert (filed.slug, filed.kind) == ("house", "think_tank")


def test_what_was_merged_is_recognised_as_the_one_that_stands() -> None:
    winner, house = make_person(aliases=["Jo Doe"]), make_organisation()
    loser = make_person(name="Jo Doe", merged_into=winner)
    old = make_organisation(merged_into=house)

    assert recognise_person("Jo Doe") == recognise_person("", slug=loser.slug) == winner
    assert recognise_organisation(OrganisationDraft(slug=old.slug)) == house


@pytest.mark.parametrize(
    ("name", "slugs"),
    [("Jane Doe", ["jane-doe", "jane-doe-2", "jane-doe-3"]), ("Путин", ["unnamed", "unnamed-2"])],
    ids=["latin", "cyrillic"],
)
def test_a_slug_is_made_that_is_free(name: str, slugs: list[str]) -> None:
    for slug in slugs:
        assert free_slug(Person, name) == slug
        make_person(name=name, slug=slug)


def test_a_slug_is_free_per_noun() -> None:
    make_person(slug="war"), make_topic(slug="war")

    assert (free_slug(Organisation, "War"), free_slug(Topic, "War")) == ("war", "war-2")


def test_a_person_who_speaks_for_an_organisation_is_tied_to_it_once() -> None:
    speaker = SpeakerDraft(
        person="Jo Doe", organisation=OrganisationDraft(name="House"), role="Fellow"
    )

    recognise_speaker(speaker)
    recognise_speaker(speaker)

    assert Affiliation.objects.get().role == "Fellow"


def test_a_role_held_twice_is_no_obstacle() -> None:
    jo, house = make_person(name="Jo Doe"), make_organisation(name="House")
    for start in (date(2010, 1, 1), date(2015, 1, 1)):
        affiliate(
            by=make_user(),
            person=jo,
            organisation=house,
            role="Fellow",
            start=start,
            end=start.replace(month=12),
        )
    speaker = SpeakerDraft(
        person="Jo Doe", organisation=OrganisationDraft(name="House"), role="Fellow"
    )

    assert recognise_speaker(speaker) == (jo, house)
    assert Affiliation.objects.count() == 2


def test_a_role_is_not_held_twice_at_a_time() -> None:
    tied, coder = make_affiliation(role="Fellow"), make_user()

    with refused(errors.UnknownValue, "end"):
        affiliate(
            by=coder,
            person=tied.person,
            organisation=tied.organisation,
            start=date(2016, 2, 1),
            end=date(2016, 1, 1),
        )
    with refused(errors.AlreadyLogged, "start"):
        affiliate(by=coder, person=tied.person, organisation=tied.organisation, role="Fellow")


def test_a_claim_keeps_person_organisation_and_role_at_the_time() -> None:
    speaker = SpeakerDraft(
        person="Jo Doe", organisation=OrganisationDraft(name="House"), role="Fellow"
    )

    logged = log(claim(speaker=speaker))

    assert [str(logged.person), str(logged.organisation), logged.role] == [
        "Jo Doe",
        "House",
        "Fellow",
    ]


BAD: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "no name": ({"name": " "}, errors.RequiredField, "name"),
    "a slug that is none": ({"name": "Jo", "slug": "jo doe"}, errors.UnknownValue, "slug"),
    "a slug that is taken": ({"name": "Jo", "slug": "taken"}, errors.AlreadyLogged, "slug"),
    "a slug too long": ({"name": "Jo", "slug": "x" * 201}, errors.UnknownValue, "slug"),
    "a NUL byte in an alias": ({"name": "Jo", "aliases": ["\0"]}, errors.UnstorableText, "aliases"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_record_is_refused_whole(case: str) -> None:
    fields, error, field = BAD[case]
    make_person(slug="taken"), make_organisation(slug="taken")
    coder = make_user()

    with refused(error, field):
        file_person(by=coder, **fields)
    with refused(error, field):
        file_organisation(by=coder, **fields)


def test_an_organisation_is_of_a_known_kind() -> None:
    coder = make_user()

    with refused(errors.UnknownValue, "kind"):
        file_organisation(by=coder, name="House", kind="circus")


def test_a_name_may_be_anothers_too_when_it_is_filed_on_purpose() -> None:
    one = file_person(by=make_user(), name="Jo Doe", wikidata="Q1")
    other = file_person(by=make_user(), name="Jo Doe", slug="jo-doe-of-leeds")
    house = file_organisation(by=make_user(), name="House", parent=make_organisation())

    assert (one.slug, other.slug, house.slug) == ("jo-doe", "jo-doe-of-leeds", "house")
