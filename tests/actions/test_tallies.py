"""What the tallies give is what the claims give, to the last digit."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.builders import (
    FROZEN,
    make_claim,
    make_lexicon,
    make_organisation,
    make_person,
    make_quotation,
    make_resolution,
    make_score_item,
    make_term,
    make_topic,
    make_user,
)
from tests.refusals import sql
from tests.scoring import make_ranked_people
from tracker.actions import scores, tallies
from tracker.actions.scores import Subject
from tracker.domain.score_tables import ScoreReport, score_table
from tracker.domain.scoring import Forecast
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.models import Lexicon, ScoreItem
from tracker.models.moments import reading, standing_at
from tracker.models.selections import Selection

EVENTS = 4
ITEM = st.tuples(
    st.integers(0, EVENTS - 1),
    st.sampled_from([0, 1, 300, 700, 1000]),
    st.sampled_from([None, None, 0, 250, 1000]),
    st.sampled_from(["", "likely", "no such phrase"]),
    st.booleans(),
    st.tuples(*[st.sampled_from([0, 0, 1, None])] * 4),
)


def from_the_claims(subject: Subject, *, hindsight: bool) -> ScoreReport:
    """The report of the items one by one, past every tally."""
    items = ScoreItem.objects.exclude(**{subject.column: None})
    if not hindsight:
        items = items.filter(hindsight=False)
    rows = [
        Forecast(
            speaker=str(getattr(item, subject.column)),
            event=str(item.proposition_id),
            p=Fraction(item.p, 1000),
            y=item.y,
            base_rate=None if item.base_rate is None else Fraction(item.base_rate, 1000),
            phrase=item.phrase,
        )
        for item in items
    ]
    lexicon = Lexicon.objects.latest_frozen()
    panel = scores.panel_for(lexicon, {row.phrase for row in rows}, seed=DEFAULT_SEED)
    return score_table(rows, seed=DEFAULT_SEED, readers=panel)


def assert_told_alike() -> None:
    for subject in Subject:
        for hindsight in (True, False):
            whole = from_the_claims(subject, hindsight=hindsight)
            with reading(only=Selection(hindsight=hindsight)):
                assert scores.report_on(subject) == whole


class TestAnyHistory(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.lists(ITEM, max_size=8), max_size=3), st.integers(0, 6))
    def test_reports_from_tallies_equal_reports_from_claims(
        self, turns: list[list[Any]], dropped: int
    ) -> None:
        shared = {"quotation": make_quotation(), "coder": make_user(), "person": make_person()}
        resolutions = [make_resolution() for _ in range(EVENTS)]
        subjects = [
            (make_person(), make_organisation(), make_topic(), make_organisation())
            for _ in range(2)
        ]
        for turn in turns:
            items = []
            for event, p, base, phrase, late, whose in turn:
                of = [None if at is None else subjects[at][i] for i, at in enumerate(whose)]
                person, organisation, topic, outlet = of
                items.append(
                    ScoreItem(
                        claim=make_claim(frozen=False, **shared),
                        resolution=resolutions[event],
                        proposition=resolutions[event].proposition,
                        person=person,
                        organisation=organisation,
                        topic=topic,
                        outlet=outlet,
                        p=p,
                        y=event % 2,
                        tier="stated",
                        base_rate=base,
                        phrase=phrase,
                        hindsight=late,
                    )
                )
            ScoreItem.objects.bulk_create(items)
            gone = list(ScoreItem.objects.values_list("pk", flat=True)[:dropped])
            sql("DELETE FROM tracker_scoreitem WHERE claim_id = ANY(%s)", gone)

            assert tallies.differences() == 0
            assert_told_alike()


@pytest.mark.django_db
def test_a_field_large_enough_to_rank_is_told_alike() -> None:
    make_ranked_people()

    report = scores.report_on(Subject.PEOPLE)

    assert report == from_the_claims(Subject.PEOPLE, hindsight=True)
    assert [speaker.rank is not None for speaker in report.speakers] == [True] * 3


@pytest.mark.django_db
def test_wrong_tallies_are_counted_and_mended() -> None:
    lexicon = make_lexicon(frozen=False, phrases=())
    make_term(lexicon=lexicon, phrase="likely")
    lexicon.frozen_at = FROZEN
    lexicon.save(update_fields=["frozen_at"])
    item = make_score_item(phrase="likely")
    sql("UPDATE tracker_persontally SET n = n + 1")
    sql("UPDATE tracker_eventtally SET t = t + 1 WHERE subject_id = %s", item.person_id)
    sql("DELETE FROM tracker_phrasetally")
    sql(
        "INSERT INTO tracker_topictally (subject_id, p, n, hits) VALUES (%s, 1, 1, 1)",
        make_topic().pk,
    )

    assert tallies.differences() == 2 + 2 + 1 + 1

    assert tallies.rebuild() > 0
    assert tallies.differences() == 0


@pytest.mark.django_db
def test_records_of_some_equal_those_of_all() -> None:
    people = [make_person() for _ in range(3)]
    ids = [person.pk for person in people[:2]]
    for person in people:
        make_score_item(claim=make_claim(person=person))

    everyone = {record.id: record for record in scores.records(Subject.PEOPLE)}
    some = scores.records(Subject.PEOPLE, only=ids)

    assert [record.id for record in some] == sorted(ids)
    for record in some:
        same = everyone[record.id]
        assert (record.score, record.accounts, record.tiers) == (
            same.score,
            same.accounts,
            same.tiers,
        )


@pytest.mark.django_db
def test_who_has_no_claim_has_an_empty_record() -> None:
    record = scores.record_of(Subject.PEOPLE, make_person().pk)

    assert (record.score, dict(record.accounts), record.lexicons) == (None, {}, ())


@pytest.mark.django_db
def test_the_past_never_displaces_what_is_kept_of_today() -> None:
    kept = tallies._standings
    tallies.forget()
    tallies.standings_of("person")
    for n in range(10):
        with standing_at(FROZEN + timedelta(days=n)):
            tallies.standings_of("person")

    tallies.standings_of("person")

    assert (kept.now.cache_info().hits, kept.then.cache_info().currsize) == (1, 2)
