"""The buttons of a proposition's page."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests import builders
from tracker.models import Benchmark, Evidence, Proposition, Round


def step(name: str, proposition: Proposition) -> str:
    return reverse(f"admin:tracker_proposition_{name}", args=[proposition.pk])


def test_freezing_says_what_is_missing(coder: Client) -> None:
    draft = builders.make_proposition(frozen=False, criteria="")

    page = coder.post(step("freeze", draft))

    assert "needs criteria" in page.content.decode()
    assert Proposition.objects.get().frozen_at is None


def test_a_complete_proposition_is_frozen(coder: Client) -> None:
    coder.post(step("freeze", builders.make_proposition(frozen=False)))

    assert Proposition.objects.get().frozen_at is not None


def test_coders_open_no_round(coder: Client) -> None:
    assert coder.post(step("open_round", builders.make_proposition())).status_code == 403


def test_an_editor_opens_a_round(editor: Client) -> None:
    editor.post(step("open_round", builders.make_proposition()))

    assert Round.objects.get().state == "open"


def test_an_event_that_was_seen_makes_it_due(coder: Client) -> None:
    coder.post(step("see_event", builders.make_proposition()))

    assert Proposition.objects.get().event_seen


def test_a_base_rate_is_fixed_in_permille(coder: Client) -> None:
    proposition = builders.make_proposition()
    rate = {"kind": "base_rate", "p": "0.125", "as_of": "2016-01-01", "method": "One in eight."}
    refused = coder.post(step("benchmark", proposition), {**rate, "p": "12.5"})
    assert "p" in refused.context["form"].errors

    coder.post(step("benchmark", proposition), rate)

    assert Benchmark.objects.get().p == 125


def test_a_known_outcome_is_tied_to_it(coder: Client) -> None:
    proposition, outcome = builders.make_proposition(), builders.make_outcome()
    page = coder.get(step("evidence", proposition)).content.decode()
    assert f"{reverse('admin:tracker_outcome_add')}?proposition={proposition.pk}" in page

    coder.post(step("evidence", proposition), {"outcome": outcome.pk})

    assert Evidence.objects.get().outcome == outcome
