"""The record as it stood: what was stored at a moment, read under the names of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import NotSupportedError, models, transaction
from django.utils import timezone

from tests.builders import (
    SAID,
    make_benchmark,
    make_claim,
    make_lexicon,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_reply,
    make_resolution,
    make_snapshot,
    make_source,
    make_topic,
)
from tests.moments import dated, hours, revise
from tests.refusals import sql
from tracker.actions.scores import rescore
from tracker.models import (
    Benchmark,
    Claim,
    ClaimAccount,
    CurrentResolution,
    EventTally,
    Lexicon,
    Person,
    PersonTally,
    PhraseTally,
    Reply,
    Resolution,
    ScoreItem,
)
from tracker.models.claim_indexes import holds
from tracker.models.moments import ADDED, HISTORIED, Standpoint, moment, reading, standing_at

NOW_TOO = [*HISTORIED, *ADDED, Lexicon, Resolution, Reply, CurrentResolution, ClaimAccount]
DERIVED = [ScoreItem, PersonTally, PhraseTally, EventTally]


def world() -> None:
    """A little of everything, scored."""
    outlet = make_organisation()
    snapshot = make_snapshot(source=make_source(outlet=outlet))
    claim = make_claim(
        person=make_person(),
        quotation=make_quotation(snapshot=snapshot),
        organisation=make_organisation(merged_into=outlet),
        proposition=make_proposition(topic=make_topic(), condition=make_proposition()),
    )
    claim.further_quotations.add(make_quotation())
    make_benchmark(proposition=claim.proposition)
    make_reply(resolution=make_resolution(proposition=claim.proposition))
    make_resolution(published=False)
    make_claim(frozen=False)
    rescore()


def rows(noun: type[models.Model]) -> list[Any]:
    columns = [f.attname for f in noun._meta.concrete_fields if f.name != "id" or noun is Claim]
    return sorted(noun._default_manager.values_list(*columns), key=str)


# --- what the past is ----------------------------------------------------------------


@pytest.mark.django_db
def test_the_past_takes_no_changes() -> None:
    person = make_person()
    deeds: list[Callable[[], Any]] = [make_person, person.save, Person.objects.all().delete]

    for deed in deeds:
        with standing_at(timezone.now()), pytest.raises(NotSupportedError), transaction.atomic():
            deed()

    assert Person.objects.get() == person


@pytest.mark.django_db
@pytest.mark.parametrize("noun", [*NOW_TOO, *DERIVED], ids=lambda noun: noun.__name__)
def test_as_of_now_the_past_is_the_present(noun: type[models.Model]) -> None:
    world()
    present = rows(noun)

    with standing_at(timezone.now()):
        past = rows(noun)

    assert present
    assert past == present


@pytest.mark.django_db
def test_before_anything_was_logged_there_is_nothing() -> None:
    world()
    dated(hours(1))

    with standing_at(hours(1) - timedelta(microseconds=1)):
        found = {noun.__name__: rows(noun) for noun in [*NOW_TOO, *DERIVED] if noun is not Lexicon}

    assert not any(found.values()), found


@pytest.mark.django_db
def test_the_moment_is_known_inside_and_forgotten_outside() -> None:
    with standing_at(hours(1)):
        assert moment() == hours(1)
    with standing_at(None):
        assert moment() is None

    assert moment() is None


def test_what_does_not_read_the_record_is_left_as_it_is() -> None:
    past = Standpoint(hours(1), {"tracker_topic": "...", "tracker_person": "of tracker_topic"})

    assert past.hiding("SELECT 1 FROM tracker_user, tracker_topicevent") == ""
    assert past.hiding('SELECT 1 FROM "tracker_topic"').startswith("WITH tracker_topic AS")
    assert "tracker_person" not in past.hiding("SELECT 1 FROM tracker_topic")
    assert "tracker_topic AS" in past.hiding("SELECT 1 FROM tracker_person")


# --- rows with a history -------------------------------------------------------------


@pytest.mark.django_db
def test_a_row_stands_as_its_last_event_says() -> None:
    person = make_person(name="Ada Analyst")
    dated(hours(1))
    Person.objects.update(name="Ada Lovelace")
    dated(hours(2))
    Person.objects.update(name="Lady Lovelace")
    dated(hours(3))

    def name_at(then: datetime) -> list[str]:
        with standing_at(then):
            return [found.name for found in Person.objects.filter(pk=person.pk)]

    assert name_at(hours(1)) == name_at(hours(2) - timedelta(microseconds=1)) == ["Ada Analyst"]
    assert name_at(hours(2)) == ["Ada Lovelace"]
    assert name_at(hours(9)) == ["Lady Lovelace"]
    assert name_at(hours(0)) == []


@pytest.mark.django_db
def test_of_two_transactions_the_later_to_write_counts() -> None:
    """One that began earlier can have waited for the other's row."""
    make_person(name="First")
    dated(hours(1))
    Person.objects.update(name="Began later, wrote earlier")
    dated(hours(3))
    Person.objects.update(name="Began earlier, wrote later")
    dated(hours(2))

    with standing_at(hours(4)):
        assert Person.objects.get().name == "Began earlier, wrote later"


@pytest.mark.django_db
def test_what_no_event_tells_of_stands_as_it_is() -> None:
    claim = make_claim()
    make_benchmark(proposition=claim.proposition)
    sql("DELETE FROM tracker_claimhistoryevent")
    sql("DELETE FROM tracker_benchmarkhistoryevent")
    dated(hours(3))

    with standing_at(hours(1)):
        assert Claim.objects.get().p_point == claim.p_point
        assert Benchmark.objects.count() == 1
        assert not Person.objects.exists()


def test_by_the_clock_of_the_database_every_commit_is_a_moment(committed: None) -> None:
    def tick() -> datetime:
        return sql("SELECT clock_timestamp()")[0][0]  # type: ignore[no-any-return]  # a time

    claim = make_claim(frozen=False)
    logged = tick()
    Claim.objects.update(state="considered", failed_test="T3")
    failed = tick()
    Claim.objects.update(state="draft", failed_test="")

    stood = []
    for then in (logged, failed, tick()):
        with standing_at(then):
            stood.append(Claim.objects.get(pk=claim.pk).state)

    assert stood == ["draft", "considered", "draft"]


# --- evidence and resolutions --------------------------------------------------------


@pytest.mark.django_db
def test_base_rates_and_further_quotations_stand_since_they_were_added() -> None:
    claim = make_claim()
    dated(hours(1))
    make_benchmark(proposition=claim.proposition, as_of=SAID)
    claim.further_quotations.add(make_quotation(exact="Odesa"))
    dated(hours(2))

    def found_at(then: datetime) -> tuple[int, int, bool]:
        with standing_at(then):
            found, worded = Claim.objects.get(), Claim.objects.filter(holds("odesa")).exists()
            assert found.proposition is not None
            return found.proposition.benchmarks.count(), found.further_quotations.count(), worded

    assert (found_at(hours(1)), found_at(hours(2))) == ((0, 0, False), (1, 1, True))


@pytest.mark.django_db
def test_a_lexicon_scores_since_it_was_frozen() -> None:
    later = make_lexicon(frozen=False)
    Lexicon.objects.filter(pk=later.pk).update(frozen_at=hours(2))
    Lexicon.objects.exclude(pk=later.pk).filter(frozen_at=None).update(frozen_at=hours(0))

    with standing_at(hours(1)):
        before = Lexicon.objects.get(pk=later.pk)
        assert Lexicon.objects.latest_frozen() != later
    with standing_at(hours(2)):
        after = Lexicon.objects.get(pk=later.pk)

    assert (before.frozen_at, after.frozen_at) == (None, hours(2))


@pytest.fixture
def first(db: None) -> Resolution:
    """Decided at 1 and published at 2; replaced by one that was decided at 3, published at 4."""
    what = make_proposition()
    dated(hours(0))
    return revise(what)[0]


def test_a_resolution_stands_as_it_was_decided_published_and_superseded(first: Resolution) -> None:

    def state_at(then: datetime) -> tuple[int, Any]:
        with standing_at(then):
            found = Resolution.objects.filter(pk=first.pk).values_list(
                "published_at", "override_reason", "superseded_by__seq"
            )
            return Resolution.objects.count(), found.first()

    assert [state_at(hours(n)) for n in range(5)] == [
        (0, None),
        (1, (None, "", None)),
        (1, (hours(2), "Asked.", None)),
        (2, (hours(2), "Asked.", 2)),
        (2, (hours(2), "Asked.", 2)),
    ]


def test_from_one_publication_to_the_next_the_old_resolution_counts_no_more(
    first: Resolution,
) -> None:
    def current_at(then: datetime) -> list[str]:
        with standing_at(then):
            return list(CurrentResolution.objects.values_list("outcome", flat=True))

    assert [current_at(hours(n)) for n in range(5)] == [[], [], ["came_true"], [], ["did_not"]]


@pytest.mark.django_db
def test_what_is_loaded_from_a_file_stands_since_it_was_loaded() -> None:
    make_resolution(decided_at=hours(1), published_at=hours(2))
    dated(hours(5))

    with standing_at(hours(4)):
        assert not Resolution.objects.exists()
    with standing_at(hours(5)):
        assert CurrentResolution.objects.get().outcome == "came_true"


# --- score items, gathered once ------------------------------------------------------


def gathered() -> int:
    return int(sql("SELECT count(*) FROM pg_class WHERE relname LIKE 'tracker_gathered%%'")[0][0])


@pytest.mark.django_db
def test_score_items_of_the_past_are_gathered_once_and_when_they_are_asked_for() -> None:
    world()

    with reading(timezone.now()):
        assert (Person.objects.count() > 0, gathered()) == (True, 0)
        # A cursor that reads in portions cannot gather them, and reads the same.
        portions = [item.claim_id for item in ScoreItem.objects.iterator(chunk_size=1)]
        assert ([item.claim_id for item in ScoreItem.objects.all()], gathered()) == (portions, 1)
        assert (PersonTally.objects.count(), len(portions), gathered()) == (1, 1, 1)


def test_nothing_that_was_gathered_is_left_behind(committed: None) -> None:
    world()

    with reading(timezone.now()):
        assert (ScoreItem.objects.count(), gathered()) == (1, 1)
    with pytest.raises(RuntimeError), reading(timezone.now()):
        assert ScoreItem.objects.count() == 1
        raise RuntimeError

    assert gathered() == 0
