"""Scores: every figure with what it rests on, page by page."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.builders import make_claim, make_person, make_resolution
from tracker.actions.scores import rescore
from tracker.api.score_json import NOTHING, ScoreFull
from tracker.models import Person


@pytest.fixture
def scored(db: None) -> Person:
    """Who said .8 and .3 of what came true and did not."""
    person = make_person(name="Ada Analyst")
    for p, outcome in ((800, "came_true"), (300, "did_not")):
        claim = make_claim(person=person, p=p, coded_after_outcome=p == 300)
        make_resolution(proposition=claim.proposition, outcome=outcome)
    make_claim(person=person)
    rescore()
    return person


def test_a_score_shows_n_interval_and_what_was_left_out(coder: Door, scored: Person) -> None:
    found = coder.read(f"scores/people/{scored.slug}/").json()

    assert set(found) == set(ScoreFull().fields)
    assert found["subject"]["name"] == "Ada Analyst"
    assert (found["n"], found["events"]) == (2, 2)
    assert found["brier"] == pytest.approx((0.2**2 + 0.3**2) / 2)
    assert found["accounts"] == {"open": 1, "scored": 2}
    assert found["coded_after_outcome"] == 1
    assert found["tier"] == "claims_only"


def test_claims_coded_in_hindsight_can_be_left_out(coder: Door, scored: Person) -> None:
    found = coder.read(f"scores/people/{scored.pk}/", hindsight="false").json()

    assert found["n"] == 1
    assert found["brier"] == pytest.approx(0.04)


def test_someone_without_a_resolved_claim_has_no_number(coder: Door) -> None:
    person = make_person()

    found = coder.read(f"scores/people/{person.pk}/").json()

    assert set(found) == set(ScoreFull().fields)
    assert {name: found[name] for name in NOTHING} == NOTHING


def test_the_table_is_paged_in_the_order_of_ids(coder: Door, scored: Person) -> None:
    other = make_claim().person

    first = coder.read("scores/people/", limit=1).json()
    second = coder.get(first["next"]).json()

    assert [row["subject"]["id"] for row in first["results"]] == [scored.pk]
    assert [row["subject"]["id"] for row in second["results"]] == [other.pk]
    assert second["next"] is None


def test_a_merged_record_answers_with_its_winner(coder: Door, scored: Person) -> None:
    loser = make_person(merged_into=scored)

    found = coder.read(f"scores/people/{loser.pk}/").json()

    assert found["subject"]["id"] == scored.pk


def test_a_page_costs_as_many_queries_whatever_the_claims_and_visits_none_of_them(
    coder: Door, scored: Person
) -> None:
    coder.read("scores/people/")
    with CaptureQueriesContext(connection) as few:
        coder.read("scores/people/")
    for person in (scored, make_person(), make_person()):
        make_claim(person=person)
    with CaptureQueriesContext(connection) as more:
        found = coder.read("scores/people/").json()

    assert len(few) == len(more)
    assert not [q["sql"] for q in more if re.search(r"tracker_(claim|scoreitem)\b", q["sql"])]
    assert [row["accounts"].get("open") for row in found["results"]] == [2, 1, 1]


@pytest.mark.parametrize("query", [{"hindsight": "perhaps"}, {"colour": "red"}, {"limit": "0"}])
def test_parameters_that_mean_nothing_are_refused(coder: Door, query: dict[str, str]) -> None:
    assert coder.read("scores/people/", **query).status_code == 400


def test_someone_who_is_not_there_is_404(coder: Door) -> None:
    assert coder.read("scores/people/nobody/").status_code == 404
