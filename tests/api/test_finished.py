"""Finished answers are sent again, to whom they were made for, until anything has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.builders import make_claim, make_resolution
from tracker.actions.scores import rescore
from tracker.api import finished
from tracker.models import Person

PATH = "scores/people/"
SAME = ("Content-Type", "Link", "Vary", "Allow")
ASKED = "SELECT pg_current_snapshot()::text"


# A vacuum that the server starts by itself is a change, too: nobody knows when one comes.
TRIES = 9


def questions(door: Door, **asked: str) -> list[str]:
    """What the database was asked for an answer."""
    with CaptureQueriesContext(connection) as found:
        assert door.read(PATH, **asked).status_code == 200
    return [query["sql"] for query in found]


def kept(door: Door, **asked: str) -> bool:
    """Whether the same question is answered without a look at the tables."""
    return any(questions(door, **asked) == [ASKED] for _ in range(TRIES))


@pytest.fixture
def scored(committed: None) -> Person:
    """Who said something that came true, in a database whose transactions end."""
    finished.forget()
    claim, _ = make_claim(), make_claim()
    make_resolution(proposition=claim.proposition)
    rescore()
    assert claim.person is not None
    return claim.person


def test_what_a_transaction_has_written_itself_is_always_read(coder: Door) -> None:
    assert coder.read(PATH).json()["results"] == []

    make_claim()

    assert len(coder.read(PATH).json()["results"]) == 1


def test_an_answer_is_sent_again_until_anything_has_changed(
    scored: Person, door: Callable[[str], Door]
) -> None:
    coder = door("coder")
    assert kept(coder, limit="1")

    twice = ([coder.read(PATH, limit=1) for _ in range(2)] for _ in range(TRIES))
    first, again = next(pair for pair in twice if pair[0].content == pair[1].content)
    assert [again[name] for name in SAME] == [first[name] for name in SAME]

    Person.objects.filter(pk=scored.pk).update(name="Ada Analyst")
    assert coder.read(PATH, limit=1).json()["results"][0]["subject"]["name"] == "Ada Analyst"


def test_another_shape_or_question_or_reader_has_an_answer_of_its_own(
    scored: Person, door: Callable[[str], Door]
) -> None:
    coder, other = door("coder"), door("editor")
    coder.read(PATH)

    assert coder.read(PATH, format="csv").headers["Content-Type"].startswith("text/csv")
    assert coder.read(PATH, tier="lexicon").json()["results"] == []
    assert len(questions(other)) > 1
    assert kept(coder)


def test_a_judge_is_always_answered_anew(scored: Person, door: Callable[[str], Door]) -> None:
    judge = door("judge")
    for _ in range(2):
        assert len(questions(judge)) > 1


def test_a_process_keeps_no_more_than_it_may(
    scored: Person, door: Callable[[str], Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    coder = door("coder")
    monkeypatch.setattr(finished, "MOST", 2)
    for limit in ("1", "2", "3"):
        coder.read(PATH, limit=limit)

    assert len(questions(coder, limit="1")) > 1
    assert kept(coder, limit="1")


def test_a_refusal_is_not_kept(scored: Person, door: Callable[[str], Door]) -> None:
    coder: Any = door("coder")

    for _ in range(2):
        assert coder.read(PATH, limit="0").status_code == 400
