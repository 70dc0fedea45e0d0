"""From the log to the score, through this door alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door, claim_body
from tests.builders import make_claim, make_proposition, make_reading, make_round
from tracker.models import Resolution, Verdict


@pytest.fixture
def frozen(coder: Door) -> dict[str, Any]:
    claim: dict[str, Any] = coder.send("claims/", claim_body(probability=0.8)).json()
    return claim


@pytest.fixture
def opened(editor: Door, frozen: dict[str, Any]) -> str:
    """The path of an open round with an outcome on record."""
    proposition = frozen["proposition"]["id"]
    fact = {"statement": "The last road closed.", "occurred_on": "2016-06-17"}
    editor.send("outcomes/", {**fact, "propositions": [proposition]})
    return f"rounds/{editor.send('rounds/', {'proposition': proposition}).json()['id']}/"


def verdict(outcome: str, **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "rationale": "So it was reported.", "searched": "Wires.", **more}


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


def test_the_coder_of_a_claim_does_not_judge_it(
    door: Callable[[str], Door], editor: Door, coder: Door, opened: str
) -> None:
    assert coder.user is not None
    coder.user.groups.set(editor.user.groups.all() if editor.user else [])

    answer = coder.send(f"{opened}verdicts/", verdict("came_true"))

    assert answer.status_code in (403, 409)
    assert not Verdict.objects.exists()


def test_an_editor_who_coded_is_refused_by_the_rule(editor: Door) -> None:
    claim = make_claim(coder=editor.user)
    judged = make_round(proposition=claim.proposition)

    answer = editor.send(f"rounds/{judged.pk}/verdicts/", verdict("came_true"))

    assert answer.status_code == 409
    assert answer.json()["code"] == "separation_of_duties"


def test_a_reader_of_the_words_is_refused_by_the_rule(judge: Door) -> None:
    claim = make_claim()
    make_reading(claim=claim, reader=judge.user)
    judged = make_round(proposition=claim.proposition)

    answer = judge.send(f"rounds/{judged.pk}/verdicts/", verdict("came_true"))

    assert answer.status_code == 409
    assert answer.json()["code"] == "separation_of_duties"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (verdict("came_true", condition="not_met"), 422, "verdict_inconsistent"),
        (verdict("annulled"), 422, "verdict_inconsistent"),
        (verdict("did_not", searched=""), 422, "search_unrecorded"),
        (verdict("came_true", cited=[999]), 422, "not_found"),
        (verdict("came_true", stage="panel"), 409, "forbidden_move"),
        (verdict("perhaps"), 400, "invalid"),
        ({"outcome": "came_true"}, 400, "invalid"),
    ],
    ids=["condition", "annulled", "no_search", "no_outcome", "stage", "outcome", "rationale"],
)
def test_a_verdict_that_does_not_hold_together_is_refused(
    judge: Door, opened: str, body: dict[str, Any], status: int, code: str
) -> None:
    answer = judge.send(f"{opened}verdicts/", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Verdict.objects.exists()


def test_nobody_answers_twice_and_no_second_round_opens(
    judge: Door, editor: Door, opened: str, frozen: dict[str, Any]
) -> None:
    judge.send(f"{opened}verdicts/", verdict("came_true"))

    again = judge.send(f"{opened}verdicts/", verdict("did_not"))
    second = editor.send("rounds/", {"proposition": frozen["proposition"]["id"]})

    assert (again.status_code, again.json()["code"]) == (409, "already_judged")
    assert (second.status_code, second.json()["code"]) == (409, "round_open")


def test_a_second_resolution_needs_a_reason_and_a_published_one_stays(
    door: Callable[[str], Door], editor: Door, opened: str, frozen: dict[str, Any]
) -> None:
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    first = editor.send(f"{opened}resolve/").json()
    publish = f"resolutions/{first['id']}/publish/"
    editor.send(publish, {"override_reason": "Asked."})
    again = editor.send(
        "rounds/", {"proposition": frozen["proposition"]["id"], "needed": 1, "reason": "appeal"}
    ).json()
    path = f"rounds/{again['id']}/"
    door("judge").send(f"{path}verdicts/", verdict("did_not"))

    silent = editor.send(f"{path}resolve/")
    changed = editor.send(f"{path}resolve/", {"change_reason": "A map came to light."})
    edited = editor.send(publish, {"override_reason": "Again."})

    assert (silent.status_code, silent.json()["code"]) == (422, "comment_required")
    assert changed.json()["seq"] == 2
    assert edited.status_code == 409
    assert editor.change(f"resolutions/{first['id']}/", {"outcome": "did_not"}).status_code == 405
    assert Resolution.objects.current().get().pk == changed.json()["id"]
    shown = editor.read(f"resolutions/{first['id']}/").json()
    assert shown["superseded_by"] == changed.json()["id"]


def test_a_dispute_that_is_upheld_opens_a_round(
    door: Callable[[str], Door], editor: Door, opened: str
) -> None:
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    door("judge").send(f"{opened}verdicts/", verdict("came_true"))
    resolution = editor.send(f"{opened}resolve/").json()["id"]
    filing = {"resolution": resolution, "ground": "Fact", "text": "No.", "filed_by": "Ada"}
    early = editor.send("disputes/", filing)
    editor.send(f"resolutions/{resolution}/publish/", {"override_reason": "Asked."})
    reply = {"resolution": resolution, "author": "Ada Analyst", "text": "I stand by it."}
    editor.send("replies/", {**reply, "person": "ada-analyst"})

    dispute = editor.send("disputes/", filing).json()
    ruled = editor.send(
        f"disputes/{dispute['id']}/rule/", {"ruling": "upheld", "reason": "A new map."}
    ).json()

    assert early.status_code == 409
    assert ruled["ruling"] == "upheld"
    assert editor.read(f"rounds/{ruled['new_round']}/").json()["reason"] == "appeal"
    shown = editor.read(f"resolutions/{resolution}/").json()
    assert [row["text"] for row in shown["replies"]] == ["I stand by it."]


def test_a_judge_finds_what_waits_for_them(judge: Door) -> None:
    waiting = make_round(proposition=make_proposition())
    done = make_round(proposition=make_proposition())
    judge.send(f"rounds/{done.pk}/verdicts/", verdict("came_true"))

    found = judge.read("rounds/", awaiting_me="true").json()["results"]

    assert [row["id"] for row in found] == [waiting.pk]
