"""Rows whose claim is on record already: the same, or refused by what differs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import make_user
from tests.importing import WORDS, imported, row, table
from tracker.models import Claim

pytestmark = pytest.mark.django_db

DIFFERENT: dict[str, Any] = {
    "source.url": "https://example.org/b",
    "snapshot.text": f"{WORDS}, he said.",
    "quotation.exact": f"{WORDS},",
    "speaker.person": "Bo Other",
    "speaker.organisation": "The Paper",
    "kind": "opinion",
    "hedge": "might",
    "probability": "0.7",
    "proposition.statement": "It holds.",
    "proposition.deadline": "2016-07-01",
}


@pytest.mark.parametrize("column", DIFFERENT)
def test_a_row_that_differs_from_its_claim_is_refused_by_the_column(column: str) -> None:
    imported(table([row()]))

    run = imported(table([row(**{column: DIFFERENT[column]})]))

    assert run.faults.values_list("field", "code").get() == (column, "already_logged")


def test_a_row_that_says_the_same_or_less_is_there_already() -> None:
    imported(table([row()]))
    less = {"external_id": "a-1", "quotation.exact": WORDS}

    run = imported(table([row(source__url="http://www.example.org/a/"), less]))

    assert (run.state, run.rows_there, run.rows_written) == ("done", 2, 0)
    assert Claim.objects.count() == 1


def test_an_excerpt_of_the_text_on_record_is_the_same_text() -> None:
    imported(table([row()]))
    excerpt = {"snapshot.text": WORDS, "snapshot.completeness": "excerpt"}

    assert imported(table([row(**excerpt)])).rows_there == 1
    other = imported(table([row(**{**excerpt, "snapshot.text": f"{WORDS}, or not"})]))
    assert other.faults.get().field == "snapshot.text"


def test_a_judge_learns_nothing_of_a_colleagues_claim_by_guessing() -> None:
    imported(table([row()]))
    guesser = make_user(role="judge")
    guesser.groups.add(*make_user().groups.all())

    for guess in (row(), row(speaker__person="Bo Other")):
        run = imported(table([guess]), by=guesser)

        assert run.rows_there == 0
        assert run.faults.get().message.startswith("This reference is taken")
