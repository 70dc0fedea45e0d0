"""`?as_of=`: claims, resolutions and scores as the record stood at an earlier moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_round,
    make_snapshot,
    make_source,
    make_topic,
    make_verdict,
)
from tests.moments import dated, hours, revise
from tracker.actions.scores import rescore
from tracker.api.moments import moment_of
from tracker.models import Claim, Person, Resolution

READ = ["claims/", "resolutions/", "scores/people/"]


def at(n: int) -> str:
    return hours(n).isoformat()


def ids(answer: Any) -> list[int]:
    return [row["id"] for row in answer.json()["results"]]


# --- moments -------------------------------------------------------------------------

MEANS = {
    "2016-06-21": datetime(2016, 6, 21, 23, 59, 59, 999999, tzinfo=UTC),
    "2016-06-21T12:00Z": datetime(2016, 6, 21, 12, tzinfo=UTC),
    "2016-06-21 12:00:00.25+02:00": datetime(2016, 6, 21, 10, 0, 0, 250000, tzinfo=UTC),
    "2016-06-21T12:00:00-0530": datetime(2016, 6, 21, 17, 30, tzinfo=UTC),
}
MEANINGLESS = [
    "",
    "soon",
    "2016",
    "2016-06-31",
    "2016-W25-2",
    "2016-06-21T12:00:00",
    "2016-06-21T12:00:00 02:00",
    "2016-06-21T25:00Z",
    "0001-01-01T00:00+23:00",
    "9999-12-31T23:59-23:00",
    "٢٠١٦-٠٦-٢١",
    "2016-06-21T12:00Z'; SELECT",
]


@pytest.mark.parametrize("given", MEANS)
def test_a_day_means_its_end_and_a_time_needs_its_zone(given: str) -> None:
    assert moment_of(given) == MEANS[given]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("given", MEANINGLESS)
def test_what_is_no_moment_is_refused_by_name(coder: Door, path: str, given: str) -> None:
    answer = coder.read(path, as_of=given)

    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert fault["field"] == "as_of"
    assert "2016-06-21T12:00:00Z" in fault["detail"]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=1), timedelta(days=365_000)])
def test_the_future_is_refused_and_today_is_not_over(
    coder: Door, path: str, ahead: timedelta
) -> None:
    day = timezone.now().astimezone(UTC).date() + ahead

    answer = coder.read(path, as_of=day.isoformat())

    assert answer.status_code == 400
    assert answer.json()["errors"][0] | {"detail": ""} == {
        "field": "as_of",
        "pointer": "",
        "code": "in_the_future",
        "detail": "",
    }


def test_only_what_is_read_has_a_past(coder: Door) -> None:
    draft = make_claim(frozen=False)

    freeze = coder.send(f"claims/{draft.pk}/freeze/?as_of=2016-06-21")
    people = coder.read("people/", as_of="2016-06-21")

    assert [answer.status_code for answer in (freeze, people)] == [400, 400]


# --- claims --------------------------------------------------------------------------


@pytest.fixture
def coded(db: None) -> Claim:
    """Ada Analyst's draft of 1: she is renamed at 2; it is frozen at 3 and withdrawn at 4."""
    claim = make_claim(frozen=False, person=make_person(name="Ada Analyst", slug="ada"))
    dated(hours(1))
    Person.objects.update(name="Ada Lovelace", slug="lovelace")
    dated(hours(2))
    coding = {"p_low": 700, "p_point": 800, "p_high": 900, "p_tier": "stated", "hedge": "surely"}
    frozen = {"state": "frozen", "kind": "forecast", "frozen_at": hours(3), **coding}
    Claim.objects.update(proposition=make_proposition(topic=make_topic(slug="siege")), **frozen)
    dated(hours(3))
    Claim.objects.update(state="retracted", state_reason="Taken back.")
    dated(hours(4))
    return claim


def test_a_claim_is_read_as_it_was_coded_then(coder: Door, coded: Claim) -> None:
    def read_at(n: int) -> tuple[Any, ...]:
        found = coder.read(f"claims/{coded.pk}/", as_of=at(n)).json()
        chance = found["probability"] and found["probability"]["point"]
        return found["state"], found["speaker"]["person"]["name"], found["hedge"], chance

    assert coder.read(f"claims/{coded.pk}/", as_of=at(0)).status_code == 404
    assert read_at(1) == ("draft", "Ada Analyst", None, None)
    assert read_at(2) == ("draft", "Ada Lovelace", None, None)
    state, _, hedge, chance = read_at(3)
    assert (state, hedge["words"], chance) == ("frozen", "surely", 0.8)
    assert read_at(4)[0] == coder.read(f"claims/{coded.pk}/").json()["state"] == "retracted"


def test_as_of_the_last_change_a_claim_is_the_same_to_the_byte(coder: Door, coded: Claim) -> None:
    path = f"claims/{coded.pk}/"

    assert coder.read(path, as_of=at(4)).content == coder.read(path).content


def test_what_a_draft_lacked_is_what_it_lacked_then(coder: Door, coded: Claim) -> None:
    rows = coder.read("claims/", as_of=at(1)).json()["results"]

    assert [row["id"] for row in rows] == [coded.pk]
    assert rows[0]["missing"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "draft"}, [1, 2]),
        ({"state": "frozen"}, [3]),
        ({"speaker": "ada"}, [1]),
        ({"speaker": "lovelace"}, [2, 3, 4]),
        ({"topic": "siege"}, [3, 4]),
        ({"tier": "stated"}, [3, 4]),
        ({}, [1, 2, 3, 4]),
    ],
    ids=str,
)
def test_filters_ask_what_stood_then(
    coder: Door, coded: Claim, query: dict[str, str], found: list[int]
) -> None:
    seen = [n for n in range(5) if ids(coder.read("claims/", as_of=at(n), **query))]

    assert seen == found


def test_the_pages_of_the_past_stay_in_the_past(coder: Door) -> None:
    early = [make_claim(said_on=date(2016, 1, day)) for day in (1, 2, 3)]
    dated(hours(1))
    make_claim(said_on=date(2016, 1, 2))
    Claim.objects.filter(pk=early[0].pk).update(said_on=date(2016, 1, 9))
    dated(hours(2))

    first = coder.read("claims/", as_of=at(1), limit=2)
    second = coder.get(first.json()["next"])
    back = coder.get(second.json()["previous"])

    assert ids(first) + ids(second) == [claim.pk for claim in reversed(early)]
    assert (ids(back), second.json()["next"]) == (ids(first), None)
    assert "as_of=" in first["Link"]


# --- resolutions ---------------------------------------------------------------------


@pytest.fixture
def revised(db: None) -> tuple[Resolution, Resolution]:
    """Decided at 1, published at 2; replaced by one decided at 3, published at 4."""
    claim = make_claim(person=make_person(slug="ada"))
    dated(hours(0))
    assert claim.proposition is not None
    found = revise(claim.proposition)
    rescore()
    return found


def test_a_resolution_is_read_as_it_stood(
    coder: Door, revised: tuple[Resolution, Resolution]
) -> None:
    first, second = revised

    def read_at(n: int) -> tuple[bool, Any]:
        found = coder.read(f"resolutions/{first.pk}/", as_of=at(n)).json()
        return found["published_at"] is not None, found["superseded_by"]

    assert coder.read(f"resolutions/{first.pk}/", as_of=at(0)).status_code == 404
    assert [read_at(n) for n in (1, 2, 3)] == [(False, None), (True, None), (True, second.pk)]
    assert [ids(coder.read("resolutions/", as_of=at(n))) for n in (0, 2, 4)] == [
        [],
        [first.pk],
        [second.pk, first.pk],
    ]


def test_the_resolution_of_a_claim_is_the_one_that_was_current(
    coder: Door, revised: tuple[Resolution, Resolution]
) -> None:
    claim = Claim.objects.get()

    def outcome_at(n: int) -> Any:
        found = coder.read(f"claims/{claim.pk}/", as_of=at(n)).json()["resolution"]
        return found and found["outcome"]

    assert [outcome_at(n) for n in range(5)] == [None, None, "came_true", None, "did_not"]


@pytest.mark.parametrize(
    ("query", "found"),
    [({"published": "true"}, [2, 3, 4]), ({"outcome": "did_not"}, [3, 4])],
    ids=str,
)
def test_filters_of_resolutions_ask_what_stood_then(
    coder: Door, revised: Any, query: dict[str, str], found: list[int]
) -> None:
    seen = [n for n in range(5) if ids(coder.read("resolutions/", as_of=at(n), **query))]

    assert seen == found


# --- scores --------------------------------------------------------------------------


def test_a_score_of_the_past_is_computed_from_what_stood_then(
    coder: Door, revised: tuple[Resolution, Resolution]
) -> None:
    def read_at(n: int) -> tuple[Any, ...]:
        found = coder.read("scores/people/ada/", as_of=at(n)).json()
        assert found["as_of"] == hours(n).isoformat()
        return found["accounts"], found["brier"]

    assert coder.read("scores/people/ada/", as_of="2016-01-01").status_code == 404
    assert [read_at(n) for n in (1, 2, 3, 4)] == [
        ({"open": 1}, None),
        ({"scored": 1}, pytest.approx(0.04)),
        ({"open": 1}, None),
        ({"scored": 1}, pytest.approx(0.64)),
    ]


def test_the_table_of_the_past_names_who_stood_in_it(coder: Door, revised: Any) -> None:
    late = make_claim()
    dated(hours(5))

    def people_at(n: int) -> list[int]:
        rows = coder.read("scores/people/", as_of=at(n)).json()["results"]
        return [row["subject"]["id"] for row in rows]

    assert people_at(5) == [*people_at(4), late.person_id]


@pytest.mark.parametrize("kind", ["people", "organisations", "topics", "outlets"])
def test_as_of_now_scores_are_those_that_are_kept(coder: Door, kind: str) -> None:
    source = make_source(outlet=make_organisation())
    claim = make_claim(
        person=make_person(),
        organisation=make_organisation(),
        proposition=make_proposition(topic=make_topic()),
        quotation=make_quotation(snapshot=make_snapshot(source=source)),
    )
    make_resolution(proposition=claim.proposition)
    rescore()

    now = coder.read(f"scores/{kind}/").json()["results"]
    then = coder.read(f"scores/{kind}/", as_of=timezone.now().isoformat()).json()["results"]

    assert [row | {"as_of": ""} for row in now] == [row | {"as_of": ""} for row in then]
    assert now[0]["n"] == 1


@pytest.mark.parametrize("picture", ["ada/calibration.svg", "caterpillar.svg"])
def test_pictures_show_the_past_too(coder: Door, revised: Any, picture: str) -> None:
    drawn = {n: coder.read(f"scores/people/{picture}", as_of=at(n)).content for n in (1, 2, 4)}
    today = coder.read(f"scores/people/{picture}").content

    assert drawn[4] == today
    assert len(set(drawn.values())) > 1


# --- who sees what, and what it costs ------------------------------------------------


@pytest.fixture
def appealed(revised: tuple[Resolution, Resolution]) -> Resolution:
    """A published resolution whose proposition is judged anew."""
    make_round(proposition=revised[0].proposition)
    return revised[0]


def test_what_a_judge_must_not_see_now_was_hidden_then(judge: Door, appealed: Resolution) -> None:
    claim = Claim.objects.get()

    for n in range(5):
        assert judge.read(f"claims/{claim.pk}/", as_of=at(n)).status_code == 404
        assert judge.read(f"resolutions/{appealed.pk}/", as_of=at(n)).status_code == 404
        for path in ("claims/", "resolutions/"):
            assert ids(judge.read(path, as_of=at(n))) == []


def test_a_claim_is_hidden_even_where_it_spoke_to_something_else_then(judge: Door) -> None:
    claim = make_claim(frozen=False, proposition=make_proposition())
    dated(hours(1))
    Claim.objects.update(proposition=make_round().proposition)
    dated(hours(2))

    assert judge.read(f"claims/{claim.pk}/", as_of=at(1)).status_code == 404
    assert ids(judge.read("claims/", as_of=at(1))) == []


def test_a_claim_that_spoke_to_what_is_judged_now_is_hidden_then(judge: Door) -> None:
    judged = make_round().proposition
    claim = make_claim(frozen=False, proposition=judged)
    dated(hours(1))
    Claim.objects.update(proposition=make_proposition())
    dated(hours(2))

    assert judge.read(f"claims/{claim.pk}/", as_of=at(1)).status_code == 404
    assert judge.read(f"claims/{claim.pk}/", as_of=at(2)).status_code == 200


@pytest.mark.parametrize(
    "path", ["people/", "people/ada/", "people/ada/calibration.svg", "people/caterpillar.svg"]
)
def test_scores_before_and_after_do_not_tell_a_judge_who_spoke(
    judge: Door, editor: Door, appealed: Resolution, path: str
) -> None:
    answer = judge.read(f"scores/{path}", as_of=at(4))
    free = editor.read(f"scores/{path}", as_of=at(4))
    make_verdict(round=appealed.proposition.rounds.get(), judge=judge.user)
    answered = judge.read(f"scores/{path}", as_of=at(4))

    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert answer.json()["errors"][0]["field"] == "as_of"
    assert (free.status_code, answered.status_code) == (200, 200)


def test_the_public_reads_of_the_past_what_was_published_then(public: Door, coded: Claim) -> None:
    seen = [n for n in range(5) if ids(public.read("claims/", as_of=at(n)))]

    assert seen == [3, 4]
    assert public.read(f"claims/{coded.pk}/", as_of=at(2)).status_code == 404


def asked(door: Door, path: str, **query: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert door.read(path, **query).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("path", ["claims/", "resolutions/"])
@pytest.mark.parametrize(("role", "more"), [("coder", 0), ("judge", 2)])
def test_the_past_costs_as_many_queries_however_much_there_is(
    door: Callable[[str], Door], path: str, role: str, more: int
) -> None:
    reader, then = door(role), timezone.now().isoformat()
    make_round(proposition=make_claim().proposition)
    make_resolution(proposition=make_claim().proposition)
    asked(reader, path, as_of=then)  # reads the roles and the views' texts, once and for all
    now, one = asked(reader, path), asked(reader, path, as_of=then)
    for _ in range(3):
        make_round(proposition=make_claim().proposition)
        make_resolution(proposition=make_claim().proposition)

    many = asked(reader, path, as_of=then)

    assert len(many) == len(one) == len(now) + more
