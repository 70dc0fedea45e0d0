"""Propositions: open to changes until they are frozen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_proposition, make_topic
from tracker.models import Proposition


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"statement": "Another."}, 409, "frozen"),
        ({"criteria": "Others."}, 409, "frozen"),
        ({"deadline": "2027-01-01"}, 409, "frozen"),
        ({"specificity": 4}, 400, "invalid"),
        ({"colour": "red"}, 400, "invalid"),
    ],
    ids=["statement", "criteria", "deadline", "scale", "unknown"],
)
def test_a_frozen_proposition_keeps_its_wording(
    coder: Door, changes: dict[str, Any], status: int, code: str
) -> None:
    proposition = make_proposition(statement="It rains.")

    answer = coder.change(f"propositions/{proposition.pk}/", changes)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Proposition.objects.get().statement == "It rains."


def test_what_is_missing_is_told_before_the_freeze(coder: Door) -> None:
    made = coder.send("propositions/", {"statement": "It rains."}).json()

    answer = coder.send(f"propositions/{made['id']}/freeze/")

    assert answer.status_code == 409
    assert len(answer.json()["facts"]["missing"]) == 2


def test_a_proposition_is_filed_changed_and_frozen_with_its_condition(coder: Door) -> None:
    body = {
        "statement": "It rains.",
        "condition": {
            "statement": "The wind turns.",
            "criteria": "A vane.",
            "review_on": "2026-01-01",
        },
        "condition_words": "if the wind turns",
        "topic": "Weather",
    }
    made = coder.send("propositions/", body).json()
    path = f"propositions/{made['id']}/"

    changed = coder.change(
        path, {"criteria": "A gauge.", "deadline": "2026-06-01", "deadline_basis": "stated"}
    )
    frozen = coder.send(f"{path}freeze/").json()

    assert changed.json()["version"] == 2
    assert frozen["frozen_at"]
    assert frozen["topic"]["name"] == "Weather"
    condition = coder.read(f"propositions/{frozen['condition']['id']}/").json()
    assert condition["frozen_at"] == frozen["frozen_at"]


def test_a_deadline_needs_its_basis(coder: Door) -> None:
    proposition = make_proposition(frozen=False)

    answer = coder.change(f"propositions/{proposition.pk}/", {"deadline": None})

    assert (answer.status_code, answer.json()["code"]) == (422, "deadline_basis_mismatch")


def test_propositions_are_found_by_topic_deadline_and_need(coder: Door) -> None:
    wider = make_topic(slug="syria")
    due = make_proposition(topic=make_topic(parent=wider), deadline="2026-02-01")
    make_proposition(frozen=False, deadline="2030-01-01")

    for query in (
        {"topic": "syria"},
        {"frozen": "true"},
        {"due": "true"},
        {"deadline_to": "2026-02-01"},
    ):
        rows = coder.read("propositions/", **query).json()["results"]
        assert [row["id"] for row in rows] == [due.pk], query
