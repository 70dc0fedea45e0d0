"""Outcomes in the workbench."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Outcome

ADD = "admin:tracker_outcome_add"


@pytest.fixture
def judge(client: Client, db: None) -> Client:
    client.force_login(make_staff("judge"))
    return client


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"statement": "", "occurred": "2016-12-22"}, "statement"),
        ({"statement": "It fell.", "occurred": ""}, "occurred"),
        ({"statement": "Nothing.", "found_nothing": "on", "known_on": "2017-01-01"}, "searched"),
    ],
    ids=["no statement", "no date", "no search"],
)
def test_an_incomplete_fact_is_not_recorded(
    judge: Client, given: dict[str, Any], field: str
) -> None:
    page = judge.post(reverse(ADD), given)

    assert field in page.context["adminform"].form.errors
    assert not Outcome.objects.exists()


def test_a_fact_comes_with_its_sources_and_returns_to_the_round(judge: Client) -> None:
    round = builders.make_round()
    here = f"{reverse(ADD)}?proposition={round.proposition_id}&round={round.pk}"
    assert judge.get(here).status_code == 200

    answer = judge.post(
        here,
        {
            "statement": "The last districts fell.",
            "occurred": "2016-12",
            "bears_on": [round.proposition_id],
            "source_1_url": "https://example.org/fall",
            "source_1_outlet": "Example Agency",
            "source_1_saw": "Buses leave.",
        },
    )

    outcome = Outcome.objects.get()
    assert answer.headers["Location"] == reverse("admin:tracker_round_change", args=[round.pk])
    assert outcome.occurred_words == "2016-12"
    assert list(outcome.propositions.all()) == [round.proposition]
    assert outcome.citations.get().saw == "Buses leave."


def test_an_editor_corrects_a_fact_with_a_reason(editor: Client) -> None:
    outcome = builders.make_outcome()

    editor.post(
        reverse("admin:tracker_outcome_change", args=[outcome.pk]),
        {"statement": "It began.", "searched": "", "note": "", "reason": "Typing error."},
    )

    assert Outcome.objects.get().statement == "It began."
