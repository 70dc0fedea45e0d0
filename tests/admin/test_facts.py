"""A fact that is recorded on the round's own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Outcome, Round, Verdict

pytestmark = pytest.mark.django_db


def page_of(round: Round) -> str:
    return reverse("admin:tracker_round_change", args=[round.pk])


def fact(**given: str) -> dict[str, Any]:
    fields = {"statement": "The last road was cut.", "occurred": "2016-07-07"}
    fields |= {"url": "https://example.org/road", "title": "Road cut", **given}
    return {"_fact": "1", **{f"fact-{name}": value for name, value in fields.items()}}


@pytest.fixture
def judge(client: Client) -> Client:
    client.force_login(make_staff("judge"))
    return client


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"occurred": "some day"}, "occurred"),
        ({"url": "", "title": ""}, "url"),
        ({"url": "nowhere"}, "url"),
        ({"known_on": "2016-07-01"}, "known_on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_fact_that_is_refused_says_which_field_and_stays(
    judge: Client, given: dict[str, str], field: str
) -> None:
    page = judge.post(page_of(builders.make_round()), fact(**given))

    assert list(page.context["fact"].errors) == [field]
    assert page.context["form"].errors == {}
    assert not Outcome.objects.exists()


def test_only_who_may_record_is_offered_the_form(coder: Client) -> None:
    closed = builders.make_round(state="abandoned")

    assert coder.get(page_of(closed)).context["fact"] is None
    assert coder.post(page_of(closed), {"_fact": "1"}).status_code in (200, 403)


def test_a_fact_bears_on_the_proposition_and_is_relied_on(judge: Client) -> None:
    round = builders.make_round()

    answer = judge.post(page_of(round), fact(outlet="Example Post", saw="a map"))

    outcome = round.proposition.outcomes.get()
    citation = outcome.citations.select_related("source__outlet").get()
    assert (str(citation.source.outlet), citation.saw) == ("Example Post", "a map")
    page = judge.get(answer.headers["Location"])
    assert page.context["form"].initial == {"cited": [outcome.pk]}
    assert not Verdict.objects.exists()
