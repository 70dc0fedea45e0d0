"""What a speaker is shown: their own words, the verdict and its facts, and nobody else's words."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import (
    make_citation,
    make_claim,
    make_organisation,
    make_outcome,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_round,
    make_snapshot,
    make_verdict,
)
from tests.links import issue
from tracker.actions.reply_links import find_reply_link
from tracker.api.reply_story import page_of
from tracker.domain.judging import State
from tracker.models import Claim, ReplyLink

pytestmark = pytest.mark.django_db


def judged() -> tuple[Claim, ReplyLink]:
    """A claim that was judged, and the link of its speaker."""
    person = make_person(name="Ada Analyst")
    condition = make_proposition(statement="The strike lasts.")
    claim = make_claim(person=person, proposition=make_proposition(condition=condition))
    outcome = make_outcome(proposition=claim.proposition, statement="The last road was cut.")
    make_citation(outcome=outcome, saw="Road cut on 7 June.")
    round = make_round(proposition=claim.proposition, state=State.SETTLED)
    verdict = make_verdict(round=round, searched="Both archives.", condition="met")
    verdict.cited.add(outcome)
    resolution = make_resolution(
        proposition=claim.proposition,
        round=round,
        condition="met",
        published=False,
        decided_at=timezone.now(),
    )
    return claim, find_of(issue(claim=claim, resolution=resolution, now=timezone.now()))


def find_of(issued: Any) -> ReplyLink:
    return find_reply_link(issued.token, now=timezone.now())


def test_a_page_shows_the_words_the_verdict_and_the_facts() -> None:
    claim, link = judged()

    page = page_of(link)

    assert page["speaker"] == "Ada Analyst"
    assert (page["condition"], page["reply"]) == ("The strike lasts.", None)
    verdict = page["verdict"]
    assert (verdict["answer"], verdict["condition"], verdict["blind"]) == ("Came true", "met", True)
    assert verdict["searched"] == ["Both archives."]
    (said,) = page["quotations"]
    assert (said["exact"], said["said_on"]) == (claim.quotation.exact, "2026-01-10")
    assert said["source"]["title"] == claim.quotation.snapshot.source.title
    (fact,) = page["facts"]
    assert fact["statement"] == "The last road was cut."
    assert fact["sources"][0]["saw"] == "Road cut on 7 June."


def test_nobody_elses_words_and_no_probability_are_shown() -> None:
    claim, link = judged()
    text = "The fools will lose, said another."
    make_claim(
        proposition=claim.proposition,
        person=make_person(name="Sibyl Speaker"),
        quotation=make_quotation(exact="The fools will lose", snapshot=make_snapshot(text=text)),
        p=873,
    )

    shown = str(page_of(link))

    assert not [word for word in ("Sibyl", "fools", "873", "judge-", "800") if word in shown]


def test_an_institution_is_shown_what_was_said_in_its_name() -> None:
    claim = make_claim(person=None, organisation=make_organisation(name="Institute"))
    resolution = make_resolution(
        proposition=claim.proposition, published=False, decided_at=timezone.now()
    )
    made = issue(
        claim=claim, resolution=resolution, now=timezone.now(), organisation=claim.organisation
    )

    page = page_of(find_of(made))

    assert (page["speaker"], len(page["quotations"])) == ("Institute", 1)
    assert page["verdict"]["blind"] is False


def test_a_page_takes_as_many_queries_however_much_was_said() -> None:
    claim, link = judged()

    def asked() -> int:
        further = make_quotation()
        claim.further_quotations.add(further)
        outcome = make_outcome(proposition=claim.proposition)
        make_citation(outcome=outcome)
        with CaptureQueriesContext(connection) as queries:
            page_of(link)
        return len(queries)

    assert len({asked(), asked()}) == 1
