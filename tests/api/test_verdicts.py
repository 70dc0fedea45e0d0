"""Verdicts: from judges who neither coded nor read, consistent, once each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door, verdict
from tests.builders import make_claim, make_reading, make_round
from tracker.models import Verdict


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


def test_what_is_exchanged_is_evidence_and_not_names(
    door: Callable[[str], Door], editor: Door, opened: str
) -> None:
    first, second = door("judge"), door("judge")
    first.send(f"{opened}verdicts/", verdict("came_true"))
    second.send(f"{opened}verdicts/", verdict("did_not"))

    seen = first.read(f"{opened}verdicts/").json()

    assert first.user
    assert [row["judge"] and row["judge"]["id"] for row in seen] == [first.user.pk, None]
    assert all(row["rationale"] for row in seen)
    assert [row["judge"] for row in editor.read("verdicts/").json()["results"]] == [None, None]

    editor.send(f"{opened}abandon/", {"reason": "Enough."})
    closed = first.read(f"{opened}verdicts/").json()
    assert all(row["judge"] for row in closed)
