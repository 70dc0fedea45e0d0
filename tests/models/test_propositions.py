"""Propositions: a deadline with its basis, conditions two deep, wording that stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import (
    DEADLINE,
    JUDGED,
    KNOWN,
    SAID,
    make_benchmark,
    make_outcome,
    make_proposition,
    make_resolution,
    make_round,
)
from tests.refusals import refused
from tracker.domain.deadlines import Basis
from tracker.models import Proposition

pytestmark = pytest.mark.django_db


def change(proposition: Proposition, **values: Any) -> None:
    Proposition.objects.filter(pk=proposition.pk).update(**values)


def own(column: str) -> None:
    proposition = make_proposition(frozen=False)
    change(proposition, **{column: proposition})


REFUSED: dict[str, Callable[[], Any]] = {
    "proposition_basis_known": lambda: make_proposition(deadline=None, deadline_basis="guess"),
    "proposition_deadline_or_review": lambda: make_proposition(deadline=None, review_on=None),
    "proposition_not_own_condition": lambda: own("condition"),
    "proposition_not_own_merger": lambda: own("merged_into"),
    "proposition_not_own_successor": lambda: own("supersedes"),
    "proposition_specificity_0_3": lambda: make_proposition(specificity=4),
    "proposition_difficulty_1_5": lambda: make_proposition(difficulty=6),
    "proposition_importance_1_3": lambda: make_proposition(importance=4),
    "benchmark_kind_known": lambda: make_benchmark(kind="hunch"),
    "benchmark_in_range": lambda: make_benchmark(p=1001),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


@pytest.mark.parametrize("column", ["difficulty", "importance"])
def test_scales_that_begin_at_one_have_no_zero(column: str) -> None:
    with refused("proposition_difficulty_1_5", "proposition_importance_1_3"):
        make_proposition(**{column: 0})


# --- deadlines -----------------------------------------------------------------------

DATED = {Basis.STATED, Basis.DERIVED, Basis.CONVENTION}


@pytest.mark.parametrize("basis", Basis)
def test_a_deadline_is_present_if_and_only_if_its_basis_says_so(basis: Basis) -> None:
    fitting, other = (DEADLINE, None) if basis in DATED else (None, DEADLINE)

    with refused("proposition_deadline_iff_basis"):
        make_proposition(deadline=other, deadline_basis=basis, review_on=DEADLINE)

    made = make_proposition(deadline=fitting, deadline_basis=basis, review_on=DEADLINE)
    assert made.deadline == fitting


def test_a_draft_needs_neither_deadline_nor_review() -> None:
    assert make_proposition(frozen=False, deadline=None, review_on=None).pk


# --- conditions ----------------------------------------------------------------------


def chain(length: int) -> list[Proposition]:
    """Propositions of which each hangs on the one before it."""
    links: list[Proposition] = []
    for _ in range(length):
        links.append(make_proposition(frozen=False, condition=links[-1] if links else None))
    return links


def test_conditions_go_two_levels_deep_and_no_further() -> None:
    links = chain(3)

    with refused("proposition_condition_depth"):
        make_proposition(condition=links[-1])


def test_a_condition_cannot_be_deepened_from_above() -> None:
    links = chain(3)

    with refused("proposition_condition_depth"):
        change(links[0], condition=make_proposition())


def test_two_chains_cannot_be_joined_into_one_too_deep() -> None:
    upper, lower = chain(2), chain(2)

    with refused("proposition_condition_depth"):
        change(lower[0], condition=upper[1])

    change(lower[0], condition=upper[0])


@pytest.mark.parametrize("length", [2, 3])
def test_conditions_form_no_circle(length: int) -> None:
    links = chain(length)

    with refused("proposition_condition_depth"):
        change(links[0], condition=links[-1])


def test_one_statement_cannot_bring_in_a_chain_too_deep() -> None:
    first = make_proposition()
    step = first.pk + 1_000
    rows = [
        Proposition(pk=step + n, statement="s", condition_id=step + n - 1 if n else first.pk)
        for n in range(3)
    ]

    with refused("proposition_condition_depth"):
        Proposition.objects.bulk_create(rows)


def test_a_condition_may_be_filed_after_what_hangs_on_it() -> None:
    pk = make_proposition().pk + 1_000

    hanging = make_proposition(condition_id=pk)
    make_proposition(pk=pk)

    assert hanging.condition.pk == pk


def test_a_proposition_filed_as_its_own_condition_is_refused() -> None:
    pk = make_proposition().pk + 1_000

    with refused("proposition_not_own_condition"):
        make_proposition(pk=pk, condition_id=pk)


# --- wording -------------------------------------------------------------------------

WORDING: dict[str, Any] = {
    "statement": "Another city is besieged.",
    "criteria": "Another test.",
    "condition_required": False,
    "deadline": DEADLINE + timedelta(days=1),
    "deadline_basis": Basis.CONVENTION,
    "frozen_at": None,
}


@pytest.mark.parametrize("column", WORDING)
def test_a_frozen_proposition_keeps_its_wording(column: str) -> None:
    proposition = make_proposition()

    with refused("proposition_frozen_wording"):
        change(proposition, **{column: WORDING[column]})


def test_a_frozen_proposition_keeps_its_condition() -> None:
    proposition = make_proposition(condition=make_proposition())

    with refused("proposition_frozen_wording"):
        change(proposition, condition=None)


def test_a_frozen_proposition_may_still_be_graded_and_marked() -> None:
    proposition = make_proposition()

    change(proposition, difficulty=3, importance=2, event_seen=True, note="Watch this.")

    assert Proposition.objects.get(difficulty=3) == proposition


def test_a_draft_may_be_reworded() -> None:
    proposition = make_proposition(frozen=False)

    change(proposition, **{**WORDING, "statement": "Now better."})

    assert Proposition.objects.get(statement="Now better.") == proposition


# --- what is due ---------------------------------------------------------------------

NOT_DUE: dict[str, Callable[[], Any]] = {
    "on the day of its deadline": lambda: make_proposition(deadline=JUDGED.date()),
    "a draft": lambda: make_proposition(frozen=False),
    "reviewed tomorrow": lambda: make_proposition(
        deadline=None, review_on=JUDGED.date() + timedelta(days=1)
    ),
    "resolved": lambda: make_resolution(),
    "being judged": lambda: make_round(),
    "merged": lambda: make_proposition(
        merged_into=make_proposition(deadline=date(2030, 1, 1)), deadline=KNOWN
    ),
}
DUE: dict[str, Callable[[], Proposition]] = {
    "the day after its deadline": lambda: make_proposition(
        deadline=JUDGED.date() - timedelta(days=1)
    ),
    "on its day of review": lambda: make_proposition(deadline=None, review_on=JUDGED.date()),
    "seen to happen": lambda: make_proposition(deadline=date(2030, 1, 1), event_seen=True),
    "its round abandoned": lambda: make_round(state="abandoned").proposition,
}


@pytest.mark.parametrize("case", NOT_DUE)
def test_a_proposition_is_not_due(case: str) -> None:
    NOT_DUE[case]()

    assert not Proposition.objects.due(JUDGED.date()).exists()


@pytest.mark.parametrize("case", DUE)
def test_a_proposition_is_due(case: str) -> None:
    proposition = DUE[case]()

    assert Proposition.objects.due(JUDGED.date()).get() == proposition


# --- benchmarks ----------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 1], ids=["known that day", "known the day before"])
def test_a_base_rate_is_older_than_the_outcome(days: int) -> None:
    proposition = make_proposition()
    make_outcome(proposition=proposition, known_on=KNOWN)

    with refused("benchmark_before_outcome"):
        make_benchmark(proposition=proposition, as_of=KNOWN + timedelta(days=days))


def test_a_base_rate_of_before_the_outcome_is_taken() -> None:
    proposition = make_proposition()
    make_outcome(proposition=proposition, known_on=KNOWN)
    make_outcome(known_on=SAID)

    made = make_benchmark(proposition=proposition, as_of=KNOWN - timedelta(days=1))

    assert proposition.benchmarks.get() == made
