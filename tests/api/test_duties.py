"""Seats and exceptions through this door: own seats for judges, every exception on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door, verdict
from tests.builders import make_claim, make_round, make_user
from tests.duties import make_assignment, make_override, moved_to
from tracker.domain.judging import State


def test_a_seat_is_taken_given_and_given_back(door: Callable[[str], Door], editor: Door) -> None:
    round, judge, other = make_round(), door("judge"), door("judge")
    assert other.user

    own = judge.send("assignments/", {"round": round.pk})
    refused = judge.send("assignments/", {"round": round.pk, "judge": other.user.username})
    given = editor.send("assignments/", {"round": round.pk, "judge": other.user.username})
    third = door("judge").send(f"rounds/{round.pk}/verdicts/", verdict("came_true"))
    back = judge.send(f"assignments/{own.json()['id']}/release/")

    assert own.status_code == 201, own.json()
    assert (refused.status_code, refused.json()["code"]) == (403, "not_permitted")
    assert given.status_code == 201
    assert (third.status_code, third.json()["code"]) == (409, "seats_taken")
    assert back.json()["released_at"]
    assert [row["id"] for row in judge.read("assignments/").json()["results"]] == [own.json()["id"]]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "round"),
        ({"round": 0}, 400, "round"),
        ({"round": "x"}, 422, "round"),
        ({"round": 1, "judge": "nobody"}, 422, "judge"),
        ({"round": 1, "judge": {}}, 400, "judge"),
        ({"round": 1, "seat": 1}, 400, "seat"),
    ],
    ids=["nothing", "no round", "words", "unknown judge", "object", "unknown field"],
)
def test_a_seat_says_what_is_wrong(
    editor: Door, body: dict[str, Any], status: int, field: str
) -> None:
    if body.get("round") == 1:
        body = {**body, "round": make_round().pk}

    refusal = editor.send("assignments/", body)

    assert refusal.status_code == status
    assert field in str(refusal.json()["errors"])


def test_the_queue_is_ones_own(door: Callable[[str], Door], public: Door) -> None:
    rounds = [make_round() for _ in range(6)]
    judge = door("judge")
    judge.send("assignments/", {"round": rounds[-1].pk})

    queue = [row["id"] for row in judge.read("rounds/queue/").json()]

    assert sorted(queue) == [round.pk for round in rounds]
    assert queue[0] == rounds[-1].pk
    assert door("coder").read("rounds/queue/").json() == []
    assert public.read("rounds/queue/").json() == []


def test_exceptions_are_listed_with_their_reason(door: Callable[[str], Door], editor: Door) -> None:
    claim = make_claim()
    round = make_round(proposition=claim.proposition)
    body = {"round": round.pk, "judge": claim.coder_id, "reason": "Nobody else reads Arabic."}

    refused = door("judge").send("overrides/", body)
    made = editor.send("overrides/", body)

    assert (refused.status_code, made.status_code) == (403, 201)
    (listed,) = editor.read("overrides/").json()["results"]
    assert listed["reason"] == "Nobody else reads Arabic."


def test_an_exception_tells_no_judge_who_coded_what(door: Callable[[str], Door]) -> None:
    override, judge = make_override(), door("judge")

    assert judge.read(f"overrides/{override.pk}/").status_code == 404

    moved_to(override.round, State.ABANDONED)
    assert judge.read(f"overrides/{override.pk}/").status_code == 200


def test_the_public_learns_of_no_seat(public: Door) -> None:
    seat = make_assignment(judge=make_user(role="judge"))

    assert public.read("assignments/").json()["results"] == []
    assert public.read(f"assignments/{seat.pk}/").status_code == 404
