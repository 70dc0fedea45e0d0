"""Outcomes: dated, known no earlier than they occurred, or a search on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import KNOWN, make_citation, make_outcome, make_proposition, make_source
from tests.refusals import refused
from tracker.models import Evidence

pytestmark = pytest.mark.django_db


def cite_twice() -> None:
    outcome, source = make_outcome(), make_source()
    make_citation(outcome=outcome, source=source)
    make_citation(outcome=outcome, source=source)


def bear_twice() -> None:
    proposition = make_proposition()
    outcome = make_outcome(proposition=proposition)
    Evidence.objects.create(outcome=outcome, proposition=proposition)


REFUSED: dict[str, Callable[[], Any]] = {
    "outcome_precision_known": lambda: make_outcome(occurred_precision="decade"),
    "outcome_dated": lambda: make_outcome(occurred_on=None),
    "outcome_known_after_it_occurred": lambda: make_outcome(occurred_on=KNOWN + timedelta(days=1)),
    "outcome_search_recorded": lambda: make_outcome(found_nothing=True),
    "outcome_external_id_once": lambda: [make_outcome(external_id="O1") for _ in "ab"],
    "citation_once": cite_twice,
    "evidence_once": bear_twice,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_a_search_that_found_nothing_says_what_was_searched() -> None:
    outcome = make_outcome(found_nothing=True, searched="Wire reports of May 2016.")

    assert outcome.occurred_on is None


def test_one_outcome_bears_on_many_propositions() -> None:
    first, second = make_proposition(), make_proposition()
    outcome = make_outcome(proposition=first)

    Evidence.objects.create(outcome=outcome, proposition=second)

    assert set(outcome.propositions.all()) == {first, second}
    assert second.outcomes.get() == outcome
