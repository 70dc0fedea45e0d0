"""People and organisations: one slug each, known by any of their names, roles dated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pghistory
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.builders import make_affiliation, make_organisation, make_person, make_user
from tests.refusals import refused, sql
from tracker.models import Affiliation, Organisation, Person

pytestmark = pytest.mark.django_db


def own(make: Callable[..., Any], column: str) -> None:
    """Point a row at itself."""
    record = make()
    type(record).objects.filter(pk=record.pk).update(**{column: record})


REFUSED: dict[str, Callable[[], Any]] = {
    "organisation_kind_known": lambda: make_organisation(kind="club"),
    "organisation_not_own_parent": lambda: own(make_organisation, "parent"),
    "organisation_not_own_merger": lambda: own(make_organisation, "merged_into"),
    "person_not_own_merger": lambda: own(make_person, "merged_into"),
    "tracker_organisation_slug_key": lambda: [make_organisation(slug="x") for _ in "ab"],
    "tracker_person_slug_key": lambda: [make_person(slug="x") for _ in "ab"],
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_a_person_and_an_organisation_may_share_a_slug() -> None:
    assert make_person(slug="chatham").slug == make_organisation(slug="chatham").slug


# --- names ---------------------------------------------------------------------------

SPELLINGS = {
    "as it is": "José Álvarez",
    "without accents": "Jose Alvarez",
    "in another case": "JOSÉ ÁLVAREZ",
    "with stray spaces": "  José \n Álvarez ",
    "by an alias": "pepe",
    "by an alias with accents": "Pépé",
}


@pytest.mark.parametrize("name", ["Jose", "Alvarez José", "", "%"])
def test_other_names_are_not_known(name: str) -> None:
    make_person(name="José Álvarez", aliases=["Pepe"])

    assert not Person.objects.known_as(name).exists()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_person_is_known(spelling: str) -> None:
    person = make_person(name="José Álvarez", aliases=["Pepe"])

    assert Person.objects.known_as(SPELLINGS[spelling]).get() == person


def test_an_organisation_is_known_by_either_spelling() -> None:
    name = "Foundation for Defense of Democracies"
    organisation = make_organisation(
        name=name, aliases=["Foundation for Defence of Democracies", "FDD"]
    )

    for spelling in (name, "fdd", "foundation for defence of democracies"):
        assert Organisation.objects.known_as(spelling).get() == organisation


def test_a_merged_person_is_no_longer_found_by_name() -> None:
    winner = make_person(name="Jennifer Cafarella")
    make_person(name="J. Cafarella", merged_into=winner)

    assert not Person.objects.known_as("J. Cafarella").exists()
    assert set(Person.objects.standing()) == {winner}


def test_a_renamed_person_is_known_by_the_new_name_only() -> None:
    person = make_person(name="Before")
    person.name = "After"
    person.save()

    assert not Person.objects.known_as("Before").exists()
    assert Person.objects.known_as("After").get() == person


def test_names_fold_without_a_search_path_as_a_restore_does() -> None:
    sql("SET LOCAL search_path = ''")

    assert sql("SELECT public.tracker_known_as('Émile', ARRAY['E.'])") == [(["e.", "emile"],)]


class TestNames(TestCase):
    @settings(deadline=None, max_examples=40)
    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
    def test_every_storable_name_finds_its_bearer(self, name: str) -> None:
        person = make_person(name=name)

        assert person in Person.objects.known_as(name)


# --- affiliations --------------------------------------------------------------------

YEAR = DateRange(date(2015, 1, 1), date(2016, 1, 1))


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(YEAR, id="the same year"),
        pytest.param(DateRange(date(2015, 12, 31), None), id="one day in common"),
        pytest.param(DateRange(None, None), id="unknown bounds"),
    ],
)
def test_one_role_is_not_held_twice_at_a_time(second: DateRange) -> None:
    first = make_affiliation(role="analyst", valid=YEAR)

    with refused("affiliation_once_at_a_time"):
        make_affiliation(
            person=first.person, organisation=first.organisation, role="analyst", valid=second
        )


def test_a_role_may_follow_another_or_come_back() -> None:
    first = make_affiliation(role="analyst", valid=YEAR)
    alike = {"person": first.person, "organisation": first.organisation}

    make_affiliation(**alike, role="director", valid=YEAR)
    make_affiliation(**alike, role="analyst", valid=DateRange(date(2016, 1, 1), None))

    assert set(Affiliation.objects.on(date(2015, 6, 1)).values_list("role", flat=True)) == {
        "analyst",
        "director",
    }
    assert Affiliation.objects.on(date(2016, 1, 1)).get().role == "analyst"


def test_an_affiliation_of_unknown_dates_held_on_every_day() -> None:
    affiliation = make_affiliation()

    assert Affiliation.objects.on(date(1916, 1, 1)).get() == affiliation


# --- history -------------------------------------------------------------------------


def test_history_keeps_every_state_with_user_and_reason() -> None:
    editor = make_user(role="editor")
    person = make_person(name="Before")

    with pghistory.context(user=editor.pk, reason="He goes by this name now."):
        person.name = "After"
        person.save(update_fields=["name"])

    first, second = person.history_events.order_by("pgh_id")
    assert [first.name, second.name] == ["Before", "After"]
    assert first.pgh_context is None
    assert second.pgh_context.metadata == {"user": editor.pk, "reason": "He goes by this name now."}


def test_history_sees_raw_sql_too() -> None:
    person = make_person(name="Before")

    sql("UPDATE tracker_person SET name = 'After' WHERE id = %s", person.pk)

    assert person.history_events.filter(name="After").exists()
