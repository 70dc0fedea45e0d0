"""Two subjects side by side, as the wire has it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.api.conftest import Door
from tests.builders import make_person, make_round
from tests.scoring import make_events, make_items
from tracker.actions import tallies
from tracker.models import Person

PATHS = ["scores/people/compare/", "scores/compare/"]


@pytest.fixture
def pair(db: None) -> tuple[Person, Person]:
    """Who is mostly right and who always says half, on eight events; the first on four more."""
    a, b = make_person(name="Ada", slug="ada"), make_person(name="Bob", slug="bob")
    events = make_events("110101101001")
    make_items(a, [(e, 950 if e.outcome == "came_true" else 50) for e in events])
    make_items(b, [(event, 500) for event in events[:8]])
    return a, b


def compared(door: Door, path: str = PATHS[0], **asked: str) -> Any:
    kind = {"kind": "people"} if path == PATHS[1] else {}
    return door.read(path, **kind, **asked)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("asked", "status"),
    [({"a": "ada"}, 400), ({"a": "ada", "b": ""}, 400), ({"a": "ada", "b": "eve"}, 422)],
)
def test_whoever_is_not_named_or_not_there_is_said(
    coder: Door, pair: Any, path: str, asked: dict[str, str], status: int
) -> None:
    answer = compared(coder, path, **asked)

    assert answer.status_code == status
    assert [fault["field"] for fault in answer.json()["errors"]] == ["b"]


def test_a_kind_that_there_is_not_is_refused(coder: Door, pair: Any) -> None:
    assert coder.read("scores/ghosts/compare/", a="ada", b="bob").status_code == 404
    answer = coder.read("scores/compare/", kind="ghosts", a="ada", b="bob")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "kind")


@pytest.mark.parametrize("path", PATHS)
def test_a_comparison_says_what_it_rests_on(coder: Door, pair: Any, path: str) -> None:
    found = compared(coder, path, a="ada", b=str(pair[1].pk)).json()

    assert (found["order"], found["order_words"]) == ("a_above_b", "Ada stands above Bob")
    assert (found["a"]["n"], found["b"]["n"], found["shared_events"]) == (12, 8, 8)
    assert found["difference"]["low"] > 0
    assert found["readers"]["share_a_above_b"] == 1.0
    assert found["readers"]["readers"] == 2000
    assert found["a"]["method"] == found["b"]["method"]


def test_from_the_other_side_it_is_turned_round(coder: Door, pair: Any) -> None:
    there = compared(coder, a="ada", b="bob").json()
    back = compared(coder, a="bob", b="ada").json()

    assert back["order"] == "b_above_a"
    assert back["difference"]["mean"] == -there["difference"]["mean"]
    assert back["readers"]["share_a_above_b"] == 0.0


def test_nobody_stands_above_oneself(coder: Door, pair: Any) -> None:
    found = compared(coder, a="ada", b="ada").json()

    assert found["difference"] == {"mean": 0.0, "se_cluster": 0.0, "low": 0.0, "high": 0.0}
    assert found["order"] == "not_distinguishable"


def test_with_too_few_events_there_are_no_numbers(coder: Door, pair: Any) -> None:
    make_person(slug="eve")

    found = compared(coder, a="ada", b="eve").json()

    assert found["order"] == "too_few_events"
    assert found["difference"] == dict.fromkeys(("mean", "se_cluster", "low", "high"))
    assert (found["readers"]["share_a_above_b"], found["b"]["n"]) == (None, 0)


def test_only_what_is_asked_for_is_compared(coder: Door, pair: Any) -> None:
    found = compared(coder, a="ada", b="bob", tier="readers").json()

    assert (found["order"], found["a"]["n"]) == ("too_few_events", 0)
    assert found["a"]["selection"]["tier"] == found["b"]["selection"]["tier"] == "readers"


def test_the_past_can_be_compared_too(coder: Door, pair: Any) -> None:
    found = compared(coder, a="ada", b="bob", as_of=timezone.now().isoformat())

    assert found.status_code == 200


def test_a_judge_with_an_answer_to_give_compares_no_part_and_no_past(
    judge: Door, pair: Any
) -> None:
    make_round()

    for name, value in (("tier", "stated"), ("as_of", timezone.now().isoformat())):
        answer = compared(judge, a="ada", b="bob", **{name: value})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (403, name)


def test_a_comparison_costs_as_many_queries_however_much_was_said(coder: Door, pair: Any) -> None:
    def queries() -> int:
        tallies.forget()
        with CaptureQueriesContext(connection) as found:
            assert compared(coder, a="ada", b="bob").status_code == 200
        return len(found)

    queries()  # reads the roles, once and for all
    few = queries()
    for person in pair:
        make_items(person, [(event, 700) for event in make_events("1010")])

    assert few == queries() == 17
