"""Scores: what is kept equals a computation from scratch, after any history whatever."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.steps import LATER, published, refused, resolved
from tests.builders import (
    CODED,
    JUDGED,
    SAID,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_topic,
    make_user,
)
from tracker.actions.claims import withdraw_claim
from tracker.actions.propositions import add_benchmark, edit_proposition
from tracker.actions.readings import read_words
from tracker.actions.records import merge
from tracker.actions.scores import (
    Subject,
    differences,
    publish_run,
    record_of,
    records,
    rescore,
)
from tracker.domain.errors import NotPermitted, TrackerError
from tracker.domain.judging import OutcomeAnswer
from tracker.domain.thresholds import DEFAULT_SEED, METHOD_VERSION
from tracker.models import Claim, Person, Proposition, ScoreItem, ScoreRun

pytestmark = pytest.mark.django_db

OUTCOMES = sorted(set(OutcomeAnswer) - {OutcomeAnswer.VOID_CONDITION, OutcomeAnswer.ANNULLED})
Step = tuple[str, int, str]


def proposition_of(claim: Claim) -> Proposition:
    assert claim.proposition is not None
    return claim.proposition


class World:
    """Three propositions, each the condition of the next, with two speakers on each."""

    def __init__(self) -> None:
        self.editor, self.coder = make_user(role="editor"), make_user()
        self.propositions: list[Proposition] = []
        for _ in range(3):
            above = self.propositions[-1] if self.propositions else None
            self.propositions.append(make_proposition(condition=above))
        self.people = [make_person(), make_person()]
        self.claims = [
            make_claim(proposition=what, person=who, organisation=make_organisation(), p=p)
            for what in self.propositions
            for who, p in zip(self.people, (300, 800), strict=True)
        ]

    def publish(self, n: int, outcome: str) -> None:
        published(self.propositions[n % 3], outcome, change_reason="A source was missed.")

    def unmeet(self, n: int, outcome: str) -> None:
        what = self.propositions[1 + n % 2]
        published(what, outcome, condition="not_met", change_reason="A source was missed.")

    def reconsider(self, n: int, outcome: str) -> None:
        resolved(self.propositions[n % 3], outcome, change_reason="A source was missed.")

    def withdraw(self, n: int, outcome: str) -> None:
        claim = self.claims[n % 6]
        withdraw_claim(by=self.editor, claim=claim, state="retracted", reason="Taken back.")

    def read(self, n: int, outcome: str) -> None:
        claim = self.claims[n % 6]
        Claim.objects.filter(pk=claim.pk).update(p_tier="", p_low=None, p_point=None, p_high=None)
        rescore([claim.proposition_id or 0])
        for _ in range(3):
            by = make_user(role="judge")
            read_words(by=by, now=CODED, claim=claim, low=100, best=200, high=300)

    def measure(self, n: int, outcome: str) -> None:
        what = self.propositions[n % 3]
        add_benchmark(by=self.coder, proposition=what, p=n * 50, as_of=SAID, method="Counted.")

    def move(self, n: int, outcome: str) -> None:
        edit_proposition(by=self.coder, proposition=self.propositions[n % 3], topic=make_topic())

    def merge(self, n: int, outcome: str) -> None:
        loser, winner = self.people[n % 2], self.people[1 - n % 2]
        merge(by=self.editor, loser=loser, winner=winner, reason="Same.")


STEPS = [
    "publish",
    "publish",
    "unmeet",
    "reconsider",
    "withdraw",
    "read",
    "measure",
    "move",
    "merge",
]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.sampled_from(OUTCOMES)),
        min_size=3,
        max_size=7,
    )
)
def test_after_any_history_what_is_kept_is_what_would_be_computed(history: list[Step]) -> None:
    with transaction.atomic():
        world = World()
        for step, n, outcome in history:
            deed: Callable[[int, str], None] = getattr(world, step)
            with suppress(TrackerError):
                deed(n, outcome)
            assert differences() == 0, (step, n, outcome)
        assert rescore() == 0
        transaction.set_rollback(True)


def test_a_difference_is_found_and_mended() -> None:
    published(proposition_of(make_claim()))

    Claim.objects.update(p_low=100, p_point=100, p_high=100)

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
    without = record_of(Subject.PEOPLE, person.pk, hindsight=False)
    assert without.score is not None and without.score.n == 2


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


# --- published tables ----------------------------------------------------------------


def test_judges_do_not_publish_tables() -> None:
    judge = make_user(role="judge")

    with refused(NotPermitted):
        publish_run(by=judge, now=JUDGED, subject=Subject.PEOPLE, title="Sieges")


def test_a_published_table_can_be_made_again_from_the_same_input() -> None:
    claim, editor = make_claim(), make_user(role="editor")
    published(proposition_of(claim))

    first, second = (
        publish_run(by=editor, now=LATER, subject=Subject.PEOPLE, title="Sieges") for _ in "ab"
    )

    assert first.input_sha256 == second.input_sha256
    assert first.table == second.table
    assert (first.seed, first.method_version) == (DEFAULT_SEED, METHOD_VERSION)
    assert ScoreRun.objects.count() == 2
    assert Person.objects.count() == 1
