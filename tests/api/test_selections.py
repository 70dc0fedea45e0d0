"""Scores of some claims only: what can be asked, what is refused, what it costs, who may ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.api.conftest import Door
from tests.builders import (
    SAID,
    make_claim,
    make_lexicon,
    make_person,
    make_proposition,
    make_resolution,
    make_round,
    make_topic,
)
from tracker.actions import tallies
from tracker.actions.scores import rescore
from tracker.models import Person
from tracker.models.claims import Kind

NOTHING_ASKED = {
    "topic": None,
    "said_from": None,
    "said_to": None,
    "resolved_from": None,
    "resolved_to": None,
    "claim_kind": None,
    "lexicon": None,
    "tier": None,
    "hindsight": True,
}


@pytest.fixture
def scored(db: None) -> Person:
    """Who said .9 of a siege, and the next day, of something else and on a condition, .3."""
    person = make_person(slug="ada")
    siege = make_topic(slug="siege", parent=make_topic(slug="war"))
    for n, (p, topic) in enumerate([(900, siege), (300, None)]):
        claim = make_claim(
            person=person,
            p=p,
            proposition=make_proposition(topic=topic),
            said_on=SAID + timedelta(days=n),
            kind=[Kind.FORECAST, Kind.CONDITIONAL_FORECAST][n],
        )
        make_resolution(proposition=claim.proposition)
    make_lexicon(version="words-2")
    rescore()
    return person


REFUSED = {
    "topic": "peace",
    "said_from": "2026",
    "said_to": "2026-02-30",
    "resolved_from": "yesterday",
    "resolved_to": "",
    "claim_kind": "prophecy",
    "lexicon": "words-9",
    "tier": "gut",
    "hindsight": "perhaps",
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize(
    "path",
    [
        "people/",
        "people/ada/",
        "people/sensitivity/",
        "people/ada/sensitivity/",
        "people/compare/?a=ada&b=ada",
        "people/caterpillar.svg",
        "people/ada/calibration.svg",
    ],
)
def test_a_value_that_means_nothing_is_refused_by_name(
    coder: Door, scored: Person, path: str, name: str
) -> None:
    path, _, query = path.partition("?")
    given = dict(pair.split("=") for pair in query.split("&") if pair)

    answer = coder.read(f"scores/{path}", **given, **{name: REFUSED[name]})

    assert answer.status_code == (422 if name in ("topic", "lexicon") else 400)
    assert [fault["field"] for fault in answer.json()["errors"]] == [name]


def test_all_that_is_wrong_is_said_at_once(coder: Door, scored: Person) -> None:
    spans = {"said_from": "2026-02-01", "said_to": "2026-01-01"}

    faults = coder.read("scores/people/", tier="gut", topic="\0", lexicon="\0", **spans).json()

    assert {fault["field"] for fault in faults["errors"]} == {
        "lexicon",
        "said_from",
        "tier",
        "topic",
    }


ASKED: dict[str, tuple[dict[str, str], int]] = {
    "nothing": ({}, 2),
    "a topic by its slug": ({"topic": "war"}, 1),
    "the day of saying": ({"said_from": str(SAID), "said_to": str(SAID)}, 1),
    "the day of resolution": ({"resolved_from": "1999-01-01", "resolved_to": "1999-01-02"}, 0),
    "a kind": ({"claim_kind": "conditional_forecast"}, 1),
    "a lexicon": ({"lexicon": "words-2"}, 0),
    "a tier": ({"tier": "stated"}, 2),
    "hindsight": ({"hindsight": "false"}, 2),
}


@pytest.mark.parametrize("then", [False, True], ids=["now", "as of now"])
@pytest.mark.parametrize("case", ASKED)
def test_only_what_is_asked_for_counts_and_is_said_back(
    coder: Door, scored: Person, case: str, then: bool
) -> None:
    asked, n = ASKED[case]
    moment = {"as_of": timezone.now().isoformat()} if then else {}

    one = coder.read("scores/people/ada/", **asked, **moment).json()
    table = coder.read("scores/people/", **asked, **moment).json()["results"]

    given = {
        name: value == "true" if name == "hindsight" else value for name, value in asked.items()
    }
    assert (one["n"], one["selection"]) == (n, NOTHING_ASKED | given)
    assert [line["n"] for line in table] == [n] * len(table)
    assert len(table) == (n > 0)


def test_a_topic_is_found_by_its_id_too(coder: Door, scored: Person) -> None:
    siege = make_topic()

    found = coder.read("scores/people/ada/", topic=str(siege.pk)).json()

    assert (found["n"], found["selection"]["topic"]) == (0, siege.slug)


def test_pictures_show_what_is_asked_for(coder: Door, scored: Person) -> None:
    whole = coder.read("scores/people/ada/calibration.svg").content
    part = coder.read("scores/people/ada/calibration.svg", topic="war").content

    assert whole != part


@pytest.mark.parametrize(
    "name", ["topic", "said_from", "said_to", "resolved_from", "claim_kind", "tier"]
)
@pytest.mark.parametrize("path", ["people/", "people/ada/", "people/ada/sensitivity/"])
def test_who_has_an_answer_to_give_may_not_ask_for_a_part(
    judge: Door, editor: Door, scored: Person, path: str, name: str
) -> None:
    """On one day, of one topic, a single claim is open: whose it is must not be seen."""
    asked = {
        name: {"topic": "war", "claim_kind": "forecast", "tier": "stated"}.get(name, str(SAID))
    }
    make_round(proposition=make_claim(person=scored).proposition)

    answer = judge.read(f"scores/{path}", **asked)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (403, name)
    assert editor.read(f"scores/{path}", **asked).status_code == 200


# What is read besides what is asked for: whose, which claims, and the tallies.
QUERIES = {"people/": 10, "people/ada/": 10, "people/ada/sensitivity/": 23}
NAMED = {"topic": 1, "lexicon": 1}


def queries(door: Door, path: str, **asked: str) -> int:
    tallies.forget()
    with CaptureQueriesContext(connection) as found:
        assert door.read(path, **asked).status_code == 200
    return len(found)


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("case", ASKED)
def test_a_part_costs_as_many_queries_however_much_there_is(
    coder: Door, scored: Person, path: str, case: str
) -> None:
    asked, n = ASKED[case]
    queries(coder, f"scores/{path}", **asked)  # reads the roles, once and for all
    few = queries(coder, f"scores/{path}", **asked)
    for _ in range(3):
        claim = make_claim(proposition=make_proposition(topic=make_topic()))
        make_resolution(proposition=claim.proposition)
        make_claim(proposition=claim.proposition, person=scored)
    rescore()

    many = queries(coder, f"scores/{path}", **asked)

    # Who is on a page of everybody is asked with the names, of a part by itself.
    whole = path == "people/" and not asked
    most = QUERIES[path] - whole + sum(NAMED.get(name, 0) for name in asked)
    assert few == many <= most
    assert many == most or n == 0
