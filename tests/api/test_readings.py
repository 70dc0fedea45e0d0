"""Readings: what the words mean, from people who neither coded them nor know the outcome."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_claim, make_reading, make_resolution
from tracker.models import Reading


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"low": 0.9}, 422, "probability_out_of_range"),
        ({"best": 1.5}, 400, "invalid"),
        ({"high": None}, 400, "invalid"),
        ({"own_belief": -0.1}, 400, "invalid"),
        ({"claim": 999}, 422, "unknown"),
    ],
    ids=["disorder", "above_1", "null", "belief", "no_claim"],
)
def test_a_reading_that_makes_no_sense_is_refused(
    judge: Door, changes: dict[str, Any], status: int, code: str
) -> None:
    body = {"claim": make_claim().pk, "low": 0.5, "best": 0.6, "high": 0.7, **changes}

    answer = judge.send("readings/", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Reading.objects.exists()


def test_the_coder_of_the_words_does_not_read_them(coder: Door) -> None:
    claim = make_claim(coder=coder.user)

    answer = coder.send("readings/", {"claim": claim.pk, "low": 0.5, "best": 0.6, "high": 0.7})

    assert (answer.status_code, answer.json()["code"]) == (409, "separation_of_duties")


def test_readings_close_with_the_outcome(judge: Door) -> None:
    claim = make_claim()
    make_resolution(proposition=claim.proposition)

    answer = judge.send("readings/", {"claim": claim.pk, "low": 0.5, "best": 0.6, "high": 0.7})

    assert answer.status_code == 409
    assert not Reading.objects.exists()


def test_a_reading_is_shown_as_it_was_sent_and_given_once(judge: Door) -> None:
    body = {"claim": make_claim().pk, "low": 0.5, "best": 0.605, "high": 0.7, "own_belief": 0}

    made = judge.send("readings/", body)
    again = judge.send("readings/", body)

    assert made.status_code == 201
    assert {name: made.json()[name] for name in body} == body
    assert (again.status_code, again.json()["code"]) == (409, "already_judged")


def test_the_readings_of_a_claim_are_found(editor: Door) -> None:
    reading = make_reading()
    make_reading()

    rows = editor.read("readings/", claim=reading.claim_id).json()["results"]

    assert [row["id"] for row in rows] == [reading.pk]
