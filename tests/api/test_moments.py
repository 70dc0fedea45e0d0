"""`?as_of=`: claims, resolutions and scores as the record stood at an earlier moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from tests.api.conftest import Door
from tests.api.past import at, coded_in_steps, ids, resolved_twice
from tests.builders import (
    make_claim,
    make_reply,
)
from tests.moments import dated, hours
from tracker.api.moments import moment_of
from tracker.models import Claim, Resolution

READ = ["claims/", "resolutions/", "scores/people/"]


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
    assert ("2016-06-21T12:00:00Z" if given else "leave it out") in fault["detail"]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=1), timedelta(days=365_000)])
def test_the_future_is_refused_and_today_is_not_over(
    coder: Door, path: str, ahead: timedelta
) -> None:
    day = timezone.now().astimezone(UTC).date() + ahead

    answer = coder.read(path, as_of=day.isoformat())

    assert answer.status_code == 422
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


def test_the_description_says_what_has_a_past() -> None:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    told = {
        path.removeprefix("/api/v1/")
        for path, item in paths.items()
        for parameter in item.get("get", {}).get("parameters", ())
        if parameter["name"] == "as_of"
    }

    nouns = ("claims/", "resolutions/", "scores/{kind}/")
    assert {path + key for path in nouns for key in ("", "{key}/")} <= told


# --- claims --------------------------------------------------------------------------


@pytest.fixture
def coded(db: None) -> Claim:
    return coded_in_steps()


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
    return resolved_twice()


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


def test_a_reply_is_printed_since_it_was_received(
    coder: Door, revised: tuple[Resolution, Resolution]
) -> None:
    make_reply(resolution=revised[0], received_at=hours(3))
    path = f"resolutions/{revised[0].pk}/"

    printed = [len(coder.read(path, as_of=at(n)).json()["replies"]) for n in (2, 3)]

    assert printed == [0, 1]


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
