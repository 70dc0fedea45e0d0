"""A score under other readings, line by line."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.api.conftest import Door
from tests.builders import make_claim, make_person, make_resolution
from tracker.actions.scores import rescore
from tracker.api.sensitivity import SensitivityRead, VariantRead
from tracker.models import Person

VARIANTS = [
    "as_scored",
    "low_reading",
    "high_reading",
    "half_horizon",
    "double_horizon",
    "graded_outcomes",
    "without_hindsight",
]


@pytest.fixture
def person(db: None) -> Person:
    """Who gave a range for four events, one of them known by then, one true for the most part."""
    person = make_person(slug="ada")
    for n, outcome in enumerate(("came_true", "did_not", "mostly", "came_true")):
        claim = make_claim(
            person=person, p_low=600, p_point=700, p_high=900, coded_after_outcome=n == 3
        )
        make_resolution(proposition=claim.proposition, outcome=outcome)
    rescore()
    return person


@pytest.mark.parametrize("path", ["people/nobody/", "ghosts/", "ghosts/ada/"])
def test_what_is_not_there_is_404(coder: Door, person: Person, path: str) -> None:
    assert coder.read(f"scores/{path}sensitivity/").status_code == 404


@pytest.mark.parametrize("path", ["people/ada/", "people/"])
def test_there_is_a_line_for_each_variant(coder: Door, person: Person, path: str) -> None:
    found = coder.read(f"scores/{path}sensitivity/").json()

    lines = {line["variant"]: line for line in found["variants"]}
    assert set(found) == set(SensitivityRead().fields)
    assert all(set(line) == set(VariantRead().fields) for line in lines.values())
    assert list(lines) == VARIANTS
    assert {name: lines[name]["changed"] for name in VARIANTS} == {
        "as_scored": 0,
        "low_reading": 4,
        "high_reading": 4,
        "half_horizon": 0,
        "double_horizon": 0,
        "graded_outcomes": 1,
        "without_hindsight": 1,
    }
    assert lines["high_reading"]["brier"] == pytest.approx((3 * 0.01 + 0.81) / 4)
    assert lines["graded_outcomes"]["brier"] == pytest.approx((2 * 0.09 + 0.49 + 0.0025) / 4)
    assert (lines["without_hindsight"]["n"], lines["as_scored"]["n"]) == (3, 4)


def test_of_one_subject_the_tier_is_said_and_of_a_table_how_many_are_another(
    coder: Door, person: Person
) -> None:
    own = coder.read("scores/people/ada/sensitivity/", claim_kind="forecast").json()
    table = coder.read("scores/people/sensitivity/").json()

    assert {line["tier"] for line in own["variants"]} == {"unranked"}
    assert own["selection"]["claim_kind"] == "forecast"
    assert {line["tier_words"] for line in table["variants"]} == {None}
    assert [line["tiers_changed"] for line in table["variants"]] == [0] * len(VARIANTS)


def test_it_can_be_asked_of_the_past(coder: Door, person: Person) -> None:
    now = timezone.now().isoformat()

    then = coder.read("scores/people/ada/sensitivity/", as_of=now).json()

    assert then["as_of"] is not None
    assert then["variants"] == coder.read("scores/people/ada/sensitivity/").json()["variants"]


def test_a_merged_record_answers_with_its_winner(coder: Door, person: Person) -> None:
    loser = make_person(merged_into=person)

    found = coder.read(f"scores/people/{loser.pk}/sensitivity/").json()

    assert found["variants"][0]["n"] == 4
