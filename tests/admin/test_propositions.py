"""Propositions in the workbench."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tracker.models import Proposition

ADD = "admin:tracker_proposition_add"


def wording(**given: Any) -> dict[str, Any]:
    texts = ("criteria", "resolution_sources", "condition_words", "deadline_words")
    blank = dict.fromkeys((*texts, "deadline_reason", "note", "topic", "condition"), "")
    ratings = dict.fromkeys(("specificity", "difficulty", "importance", "review_on"), "")
    return {**blank, **ratings, "condition_required": "on", "deadline_basis": "none", **given}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"statement": "It falls.", "specificity": "9"}, "specificity"),
        ({"statement": "It falls.", "deadline_basis": "derived"}, "deadline"),
    ],
    ids=["no statement", "off the scale", "no date"],
)
def test_what_is_wrong_stands_beside_its_field(
    coder: Client, given: dict[str, Any], field: str
) -> None:
    page = coder.post(reverse(ADD), wording(**given))

    assert field in page.context["adminform"].form.errors
    assert not Proposition.objects.exists()


def test_a_date_without_a_basis_counts_as_stated(coder: Client) -> None:
    topic, condition = builders.make_topic(), builders.make_proposition()

    coder.post(
        reverse(ADD),
        wording(
            statement="It falls.",
            deadline="2016-07-01",
            topic=topic.pk,
            condition=condition.pk,
        ),
    )

    made = Proposition.objects.get(statement="It falls.")
    assert (made.deadline, made.deadline_basis) == (date(2016, 7, 1), "stated")
    assert (made.topic, made.condition) == (topic, condition)


def test_a_draft_is_edited_and_a_frozen_wording_is_not(coder: Client) -> None:
    draft, frozen = builders.make_proposition(frozen=False), builders.make_proposition()
    change = {"deadline": "2026-06-30", "deadline_basis": "stated", "reason": "Clearer."}

    for proposition in (draft, frozen):
        coder.post(
            reverse("admin:tracker_proposition_change", args=[proposition.pk]),
            wording(statement="It falls.", criteria="It stands.", note="seen", **change),
        )

    assert Proposition.objects.get(pk=draft.pk).statement == "It falls."
    assert Proposition.objects.get(pk=frozen.pk).statement == frozen.statement
    assert Proposition.objects.get(pk=frozen.pk).note == "seen"


@pytest.mark.parametrize(
    ("where", "count"), [("draft", 1), ("due", 1), ("waiting", 1), ("judged", 1), ("resolved", 1)]
)
def test_propositions_are_listed_by_where_they_stand(
    editor: Client, where: str, count: int
) -> None:
    builders.make_proposition(frozen=False)
    builders.make_proposition(deadline=date(2026, 1, 31))
    builders.make_proposition(deadline=date(2999, 1, 31))
    builders.make_round()
    builders.make_resolution()

    page = editor.get(reverse("admin:tracker_proposition_changelist"), {"standing": where})

    assert page.context["cl"].result_count == count


def test_the_page_shows_who_speaks_to_it_and_what_happened(editor: Client) -> None:
    claim = builders.make_claim()
    builders.make_outcome(proposition=claim.proposition, statement="The road was cut.")
    address = reverse("admin:tracker_proposition_change", args=[claim.proposition_id])

    page = editor.get(address).content.decode()

    assert str(claim.person) in page
    assert "The road was cut." in page
