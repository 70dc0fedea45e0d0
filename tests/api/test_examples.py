"""The examples of the description do what they show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_outcome, make_proposition, make_round, make_source
from tracker.api.examples import CLAIM, DRAFT, OUTCOME, VERDICT


@pytest.mark.parametrize("body", [CLAIM, DRAFT], ids=["whole", "draft"])
def test_the_examples_can_be_sent(coder: Door, body: dict[str, Any]) -> None:
    answer = coder.send("claims/", body)

    assert answer.status_code == 201, answer.content


def test_the_outcome_can_be_sent_with_ids_that_exist(editor: Door) -> None:
    citation = {**OUTCOME["citations"][0], "source": {"id": make_source().pk}}
    known = {"citations": [citation], "propositions": [make_proposition().pk]}

    assert editor.send("outcomes/", {**OUTCOME, **known}).status_code == 201


def test_the_verdict_can_be_sent_with_ids_that_exist(judge: Door) -> None:
    body = {**VERDICT, "cited": [make_outcome().pk]}

    assert judge.send(f"rounds/{make_round().pk}/verdicts/", body).status_code == 201
