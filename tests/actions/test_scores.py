"""Scores: what is kept equals a computation from scratch, after any history whatever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.actions.steps import LATER, judged, published
from tests.actions.world import STEP, Step, World, proposition_of
from tests.builders import (
    JUDGED,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_resolution,
    make_topic,
    make_user,
)
from tests.moments import dated
from tests.refusals import sql
from tests.scoring import forecast_of, reference_of
from tracker.actions.resolutions import publish, resolve
from tracker.actions.scores import (
    Subject,
    counted,
    differences,
    record_of,
    records,
    report_on,
    rescore,
)
from tracker.actions.tallies import subjects_of
from tracker.domain.thresholds import DEFAULT_SEED, METHOD_VERSION
from tracker.models import AccountItem, Claim, Person, ScoreItem, Topic
from tracker.models.claims import ClaimState, Kind, Tier
from tracker.models.moments import reading, standing_at
from tracker.models.selections import Selection

pytestmark = pytest.mark.django_db


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, min_size=3, max_size=7))
def test_after_any_history_what_is_kept_is_what_would_be_computed(history: list[Step]) -> None:
    with transaction.atomic():
        world = World()
        for step in history:
            world.take(step)
            assert differences() == 0, step
        assert rescore() == 0
        transaction.set_rollback(True)


def test_a_difference_is_found_and_mended() -> None:
    published(proposition_of(make_claim()))

    Claim.objects.update(p_low=100, p_point=100, p_high=100)
    AccountItem.objects.update(account="open")

    assert differences() > 0
    assert rescore() > 0
    assert (differences(), ScoreItem.objects.get().p) == (0, 100)


def test_only_what_is_affected_is_scored_again() -> None:
    one, other = make_claim(), make_claim()
    for claim in (one, other):
        published(proposition_of(claim))
    ScoreItem.objects.all().delete()

    assert rescore([]) == 0
    assert rescore([one.proposition_id or 0]) == 1

    assert ScoreItem.objects.get().claim == one


UNSCORED: dict[str, tuple[dict[str, Any], str]] = {
    "an opinion": ({"kind": "opinion"}, "unscored_kind"),
    "who abstains": ({"polarity": "abstains"}, "abstained"),
    "no probability": ({"p": None, "p_tier": ""}, "no_probability"),
    "a misquote": ({"state": "misquote", "state_reason": "Corrected."}, "withdrawn"),
}


@pytest.mark.parametrize("case", UNSCORED)
def test_what_is_not_scored_is_counted(case: str) -> None:
    fields, account = UNSCORED[case]
    claim = make_claim(**fields)

    published(proposition_of(claim))

    record = record_of(Subject.PEOPLE, claim.person_id or 0)
    assert (record.accounts, record.score) == ({account: 1}, None)


ENDS = {
    "came_true": "scored",
    "did_not": "scored",
    "partly": "partly",
    "open": "open",
    "ambiguous": "ambiguous",
}


@pytest.mark.parametrize("outcome", ENDS)
def test_every_outcome_has_its_account(outcome: str) -> None:
    claim = make_claim()
    assert record_of(Subject.PEOPLE, claim.person_id or 0).accounts == {"open": 1}

    published(proposition_of(claim), outcome)

    assert record_of(Subject.PEOPLE, claim.person_id or 0).accounts == {ENDS[outcome]: 1}


# --- whose record --------------------------------------------------------------------


def test_a_record_says_what_it_rests_on_and_how_it_was_made() -> None:
    person = make_person()
    for n, outcome in enumerate(("came_true", "did_not", "came_true", "open")):
        claim = make_claim(person=person, p=700, coded_after_outcome=n == 0)
        published(proposition_of(claim), outcome)

    record = record_of(Subject.PEOPLE, person.pk)

    assert record.accounts == {"scored": 3, "open": 1}
    assert (record.tiers, record.hindsight, record.flagged) == ({"stated": 3}, 1, 0)
    assert (record.method, record.seed, record.id) == (METHOD_VERSION, DEFAULT_SEED, person.pk)
    assert record.score is not None and record.score.n == 3
    with reading(only=Selection(hindsight=False)):
        without = record_of(Subject.PEOPLE, person.pk)
    assert without.score is not None and without.score.n == 2


def test_a_record_says_how_much_of_it_only_one_person_judged() -> None:
    person = make_person()
    published(proposition_of(make_claim(person=person)))
    alone = judged(proposition_of(make_claim(person=person)), "came_true")
    made = resolve(by=make_user(role="editor"), now=JUDGED, round=alone)
    publish(by=make_user(role="editor"), now=LATER, resolution=made)

    record = record_of(Subject.PEOPLE, person.pk)

    assert (record.accounts, record.one_judge) == ({"scored": 2}, 1)


@pytest.mark.parametrize("subject", Subject)
def test_there_is_a_record_of_each_that_a_claim_is_about(subject: Subject) -> None:
    outlet, house = make_organisation(), make_organisation()
    what = make_proposition(topic=make_topic())
    claim = make_claim(person=make_person(), organisation=house, proposition=what)
    source = claim.quotation.snapshot.source
    source.outlet = outlet
    source.save()
    ids = {"people": claim.person_id, "organisations": house.pk, "topics": what.topic_id}
    published(what)

    found = records(subject)

    assert [record.id for record in found] == [ids.get(subject, outlet.pk)]
    assert found[0].accounts == {"scored": 1}


def test_who_has_said_nothing_has_an_empty_record() -> None:
    nobody = make_person()

    record = record_of(Subject.PEOPLE, nobody.pk)

    assert (dict(record.accounts), record.score, records(Subject.PEOPLE)) == ({}, None, [])


# --- some claims only ----------------------------------------------------------------


def make_varied_claims() -> list[Topic]:
    """Twelve claims that differ in all that can be asked of them; returns their topics."""
    above = make_topic()
    topics = [above, make_topic(parent=make_topic(parent=above)), make_topic()]
    people = [make_person() for _ in range(3)]
    for n in range(12):
        what = make_proposition(topic=topics[n % 3])
        claim = make_claim(
            person=people[n % 2 + n % 5 // 4],
            proposition=what,
            p=80 * n,
            said_on=DAYS[n % 4],
            kind=[Kind.FORECAST, Kind.CONDITIONAL_FORECAST][n % 2],
            p_tier=Tier.READERS if n % 7 == 0 else Tier.STATED,
            coded_after_outcome=n % 5 == 0,
        )
        at = datetime.combine(DAYS[n % 5], time(23, 30), UTC)
        outcome = "came_true" if n % 3 else "did_not"
        make_resolution(proposition=claim.proposition, outcome=outcome, decided_at=at)
    rescore()
    return topics


DAYS = [date(2026, 8, day) for day in range(1, 6)]
day = st.none() | st.sampled_from(DAYS)


class TestAnySelection(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.topics = make_varied_claims()

    @settings(max_examples=40, deadline=None)
    @given(
        st.integers(-1, 2),
        st.tuples(day, day, day, day),
        st.none() | st.sampled_from([Kind.FORECAST, Kind.CONDITIONAL_FORECAST]),
        st.none() | st.sampled_from(Tier),
        st.booleans(),
        st.sampled_from(Subject),
        st.booleans(),
    )
    def test_a_report_of_a_part_is_the_reference_over_its_claims(
        self,
        topic: int,
        days: tuple[date | None, ...],
        kind: Kind | None,
        tier: Tier | None,
        hindsight: bool,
        subject: Subject,
        past: bool,
    ) -> None:
        wanted = None if topic < 0 else self.topics[topic]
        only = Selection(wanted.pk if wanted else None, *days, kind, None, tier, hindsight)
        below = {t.pk for t in Topic.objects.within(wanted)} if wanted else set()

        def holds(item: ScoreItem) -> bool:
            published = item.resolution.published_at
            assert published is not None
            on = published.astimezone(UTC).date()
            return (
                (wanted is None or item.topic_id in below)
                and (days[0] or date.min) <= item.claim.said_on <= (days[1] or date.max)
                and (days[2] or date.min) <= on <= (days[3] or date.max)
                and kind in (None, item.claim.kind)
                and tier in (None, item.tier)
                and (hindsight or not item.hindsight)
                and getattr(item, subject.column) is not None
            )

        items = ScoreItem.objects.select_related("claim", "resolution")
        reference = reference_of([forecast_of(i, subject) for i in items if holds(i)])

        with reading(timezone.now() if past else None, only):
            assert report_on(subject) == reference


# --- the past ------------------------------------------------------------------------


def told() -> list[Any]:
    """What scores rest on, and what they say, but for the moment at which they say it."""
    accounts = sql("SELECT * FROM tracker_claim_account ORDER BY claim_id")
    lines = [replace(line, as_of=JUDGED) for line in records(Subject.PEOPLE)]
    return [
        accounts,
        *lines,
        report_on(Subject.TOPICS),
        report_on(Subject.OUTLETS),
    ]


@pytest.mark.long
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, min_size=2, max_size=6))
def test_asked_for_any_moment_scores_answer_as_they_did_then(history: list[Step]) -> None:
    with transaction.atomic():
        world = World()
        remembered = {dated(world.now): told()}
        for step in history:
            world.take(step)
            remembered[dated(world.now)] = told()

        for then, answer in remembered.items():
            with standing_at(then):
                assert told() == answer, then
        transaction.set_rollback(True)


def test_a_record_of_the_past_says_of_when_it_is() -> None:
    claim = make_claim()
    published(proposition_of(claim))
    dated(LATER)

    with standing_at(LATER):
        then = record_of(Subject.PEOPLE, claim.person_id or 0)
    with standing_at(JUDGED):
        before = record_of(Subject.PEOPLE, claim.person_id or 0)

    assert (then.as_of, dict(then.accounts)) == (LATER, {"scored": 1})
    assert (before.as_of, dict(before.accounts), before.score) == (JUDGED, {}, None)


def test_whoever_has_a_claim_beyond_the_drafts_is_on_the_list() -> None:
    winner, nobody = make_person(), make_person()
    loser = make_person(merged_into=winner)
    make_claim(person=loser)
    make_claim(person=make_person(), state=ClaimState.DRAFT, frozen_at=None)
    withdrawn = make_claim(state=ClaimState.RETRACTED, state_reason="Taken back.").person

    found = set(counted(Subject.PEOPLE, Person.objects.all()))

    assert found == {winner, withdrawn}
    assert sorted(person.pk for person in found) == subjects_of("person")
    assert nobody not in found
