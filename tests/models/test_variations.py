"""Claims read otherwise: another lexicon, another end of a range, another horizon, graded y."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.builders import make_claim, make_lexicon, make_proposition, make_resolution, make_term
from tests.refusals import sql
from tracker.actions.scores import rescore
from tracker.domain.deadlines import Basis, Deadline, sensitivity
from tracker.models import Claim, Lexicon
from tracker.models.moments import reading
from tracker.models.variations import Reread, Variation

SAID = date(2026, 1, 10)


def read(way: Reread, lexicon: Lexicon | None = None, *, then: Any = None) -> list[Any]:
    """Of each score item p, y and whether it is another."""
    rescore()
    with reading(then, varied=Variation(way, lexicon.pk if lexicon else None)):
        return sql("SELECT p, y, changed FROM tracker_scoreitem ORDER BY claim_id")


def resolved(outcome: str = "came_true", **fields: Any) -> Claim:
    settled = {name: fields.pop(name) for name in ("occurred_on", "late") if name in fields}
    claim = make_claim(**fields)
    make_resolution(proposition=claim.proposition, outcome=outcome, **settled)
    return claim


@pytest.mark.django_db
@pytest.mark.parametrize("then", [None, "now"], ids=["the present", "the past"])
def test_a_range_is_read_at_either_end(then: str | None) -> None:
    resolved(p_low=600, p_point=700, p_high=900)
    resolved(p=500)
    moment = timezone.now() if then else None

    assert read(Reread.LOW, then=moment) == [(600, 1, True), (500, 1, False)]
    assert read(Reread.HIGH, then=moment) == [(900, 1, True), (500, 1, False)]


@pytest.mark.django_db
def test_hedges_are_read_by_the_other_lexicon_where_it_knows_them() -> None:
    ours = make_lexicon(phrases=("likely", "perchance"))
    other = make_lexicon(frozen=False, phrases=())
    make_term(lexicon=other, phrase="likely", score_p=620)
    likely, perchance = ours.terms.order_by("phrase")
    resolved(hedge_term=likely, p_tier="lexicon")
    resolved(hedge_term=likely, p_tier="lexicon", polarity="denies")
    resolved(hedge_term=perchance, p_tier="lexicon")
    resolved(hedge_term=likely, p_tier="stated")

    found = read(Reread.LEXICON, other)

    assert found == [(620, 1, True), (380, 1, True), (690, 1, False), (800, 1, False)]


HORIZONS: dict[str, tuple[dict[str, Any], int, int]] = {
    "soon": ({"occurred_on": date(2026, 3, 1)}, 1, 1),
    "after half the time": ({"occurred_on": date(2026, 11, 1)}, 0, 1),
    "too late, within double": (
        {"outcome": "did_not", "occurred_on": date(2027, 3, 1), "late": True},
        0,
        1,
    ),
    "too late for double": (
        {"outcome": "did_not", "occurred_on": date(2029, 3, 1), "late": True},
        0,
        0,
    ),
    "on a day that nobody noted": ({}, 1, 1),
    "never": ({"outcome": "did_not"}, 0, 0),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", HORIZONS)
@pytest.mark.parametrize("basis", ["convention", "stated"])
def test_a_conventional_horizon_is_halved_and_doubled(case: str, basis: str) -> None:
    fields, half, double = HORIZONS[case]
    deadline = date(2027, 1, 10)
    what = make_proposition(deadline=deadline, deadline_basis=basis)
    resolved(proposition=what, said_on=SAID, **fields)
    y = int(fields.get("outcome", "came_true") == "came_true")
    if basis == "stated":
        half = double = y

    assert read(Reread.HALF_HORIZON) == [(800, half, half != y)]
    assert read(Reread.DOUBLE_HORIZON) == [(800, double, double != y)]


@pytest.mark.django_db
def test_the_time_of_a_proposition_runs_from_the_first_day_on_which_it_was_said() -> None:
    """So that all claims on one event stay claims on one event."""
    what = make_proposition(deadline=date(2027, 1, 10), deadline_basis="convention")
    later = make_claim(proposition=what, said_on=date(2026, 6, 1))
    resolved(proposition=what, said_on=SAID, occurred_on=date(2026, 8, 1))

    assert read(Reread.HALF_HORIZON) == [(800, 0, True), (800, 0, True)]
    assert later.proposition == what


class TestAnyHorizon(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        st.integers(0, 2000), st.integers(0, 4000), st.sampled_from([(0.5, "half"), (2, "double")])
    )
    def test_horizons_are_those_of_the_domain(
        self, days: int, after: int, how: tuple[float, str]
    ) -> None:
        factor, name = how
        deadline = date.fromordinal(SAID.toordinal() + days)
        occurred = date.fromordinal(SAID.toordinal() + after)
        late = occurred > deadline
        what = make_proposition(deadline=deadline, deadline_basis="convention")
        outcome = "did_not" if late else "came_true"
        resolved(outcome, proposition=what, said_on=SAID, occurred_on=occurred, late=late)

        moved = sensitivity(Deadline(deadline, Basis.CONVENTION), SAID, factor).on

        assert moved is not None
        wanted = int(occurred <= moved)
        assert read(Reread(f"{name}_horizon")) == [(800, wanted, wanted == int(late))]


@pytest.mark.django_db
def test_graded_outcomes_count_what_came_true_in_part() -> None:
    for outcome in ("came_true", "mostly", "partly", "mostly_not", "did_not", "ambiguous", "open"):
        resolved(outcome)

    found = read(Reread.GRADED)

    assert [(y, changed) for _, y, changed in found] == [
        (4, False),
        (3, True),
        (2, True),
        (1, True),
        (0, False),
    ]


@pytest.mark.django_db
def test_everybody_is_tallied_as_read() -> None:
    claim = resolved("mostly")
    rescore()

    with reading(varied=Variation(Reread.GRADED)):
        ((y, errors),) = sql(
            "SELECT y, errors FROM tracker_eventtally WHERE kind = 'person' AND subject_id = %s",
            claim.person_id,
        )

    assert (float(y), int(errors)) == (0.75, 50**2)
