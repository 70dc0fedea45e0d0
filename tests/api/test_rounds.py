"""From the log to the score, through this door alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door, verdict
from tests.builders import make_proposition, make_round


def test_two_judges_agree_and_the_claim_is_scored(
    door: Callable[[str], Door], editor: Door, frozen: dict[str, Any], opened: str
) -> None:
    for _ in range(2):
        assert door("judge").send(f"{opened}verdicts/", verdict("came_true")).status_code == 201
    resolution = editor.send(f"{opened}resolve/").json()
    early = editor.send(f"resolutions/{resolution['id']}/publish/")
    unpublished = editor.get(frozen["url"]).json()["resolution"]
    published = editor.send(
        f"resolutions/{resolution['id']}/publish/", {"override_reason": "He was asked in 2016."}
    )

    assert editor.read(opened).json()["state"] == "settled"
    assert (resolution["outcome"], resolution["method"]) == ("came_true", "agreed")
    assert early.status_code == 409
    assert early.json()["code"] == "reply_window_open"
    assert unpublished is None
    assert published.json()["published_at"]
    assert editor.get(frozen["url"]).json()["resolution"]["y"] == 1
    person = frozen["speaker"]["person"]["slug"]
    score = editor.read(f"scores/people/{person}/").json()
    assert (score["n"], score["events"]) == (1, 1)
    assert score["brier"] == pytest.approx((1 - 0.8) ** 2)
    assert score["probability_tiers"] == {"stated": 1}


def test_a_split_goes_to_an_adjudicator(
    door: Callable[[str], Door], editor: Door, opened: str
) -> None:
    first, second = door("judge"), door("judge")
    first.send(f"{opened}verdicts/", verdict("came_true"))
    second.send(f"{opened}verdicts/", verdict("did_not"))

    early = editor.send(f"{opened}resolve/")
    seen = first.read(f"{opened}verdicts/").json()
    escalated = first.send(f"{opened}escalate/")
    decided = editor.send(f"{opened}verdicts/", verdict("came_true"))

    assert early.status_code == 409
    assert {row["outcome"] for row in seen} == {"came_true", "did_not"}
    assert escalated.json()["state"] == "adjudication"
    assert decided.json()["stage"] == "adjudication"
    assert editor.send(f"{opened}resolve/").json()["method"] == "adjudicated"


def test_a_judge_finds_what_waits_for_them(judge: Door) -> None:
    waiting = make_round(proposition=make_proposition())
    done = make_round(proposition=make_proposition())
    judge.send(f"rounds/{done.pk}/verdicts/", verdict("came_true"))

    found = judge.read("rounds/", awaiting_me="true").json()["results"]

    assert [row["id"] for row in found] == [waiting.pk]
