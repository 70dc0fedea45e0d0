"""Everybody's score on one board."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import make_claim, make_person, make_resolution, make_topic
from tracker.actions import scoreboards
from tracker.actions.scoreboards import Board, scoreboard
from tracker.actions.scores import Subject, rescore
from tracker.domain.ranking import Tier
from tracker.models import Person, Topic

pytestmark = pytest.mark.django_db


def speaker(name: str, events: int, *, p: int = 800, outcome: str = "came_true") -> Person:
    """A person with this many scored claims, each on an event of its own, and an open one."""
    person = make_person(name=name)
    for _ in range(events):
        claim = make_claim(person=person, p=p)
        make_resolution(proposition=claim.proposition, outcome=outcome)
    make_claim(person=person)
    return person


def board(**wanted: object) -> Board:
    rescore()
    return scoreboard(Subject.PEOPLE, Person.objects.all(), **wanted)  # type: ignore[arg-type]  # by name


def names(found: Board) -> list[str]:
    return [row.standing.name for row in found.rows]


def test_an_empty_record_has_an_empty_board() -> None:
    found = board()

    assert (names(found), found.page, found.pages) == ([], 1, 1)
    assert "Nobody has a claim yet." in found.picture.table.caption


def test_who_has_only_drafts_or_was_merged_is_not_on_the_board() -> None:
    make_claim(frozen=False)
    winner = speaker("Winner", 0)
    make_claim(person=make_person(name="Loser", merged_into=winner))

    assert names(board()) == ["Winner"]


def test_fewer_than_three_events_make_no_number_and_stand_last() -> None:
    speaker("Ada", 2)
    speaker("Zoe", 3)
    speaker("Bob", 0)

    found = board()

    assert names(found) == ["Zoe", "Ada", "Bob"]
    assert [row.standing.numbered for row in found.rows] == [True, False, False]
    assert [row.claims for row in found.rows] == [4, 3, 1]


def test_within_a_tier_names_decide_and_never_the_score() -> None:
    speaker("zoe", 3, p=990)
    speaker("Ada", 3, p=10)
    speaker("Mia", 3, p=500)

    assert names(board()) == ["Ada", "Mia", "zoe"]


def test_one_tier_can_be_asked_for_and_the_others_stay_counted() -> None:
    speaker("Ada", 1)
    speaker("Zoe", 3)

    found = board(only=Tier.CLAIMS_ONLY)

    assert names(found) == ["Ada"]
    assert (found.counts[Tier.CLAIMS_ONLY], found.counts[Tier.UNRANKED]) == (1, 1)


def test_only_those_seen_are_listed() -> None:
    seen, _ = speaker("Ada", 1), speaker("Zoe", 1)
    rescore()

    found = scoreboard(Subject.PEOPLE, Person.objects.filter(pk=seen.pk))

    assert names(found) == ["Ada"]


def test_pages_follow_each_other_and_one_too_far_is_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scoreboards, "ROWS", 2)
    for name in "ABC":
        speaker(name, 0)

    assert [names(board(page=page)) for page in (0, 1, 2, 9)] == [["A", "B"]] * 2 + [["C"]] * 2
    assert board(page=9).page == 2
    assert board(page=2).picture.title == "Scores of people (2 of 2)"


def test_a_topic_stands_by_its_claims() -> None:
    topic = make_topic(name="Aleppo")
    make_topic(name="Nobody spoke of it")
    claim = make_claim()
    assert claim.proposition is not None
    type(claim.proposition).objects.filter(pk=claim.proposition_id).update(topic=topic)

    assert names(scoreboard(Subject.TOPICS, Topic.objects.all())) == ["Aleppo"]


def test_a_board_asks_as_often_of_few_as_of_many() -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            speaker(f"Person {len(counts)}", 3)
        rescore()
        with CaptureQueriesContext(connection) as queries:
            scoreboard(Subject.PEOPLE, Person.objects.all())
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
