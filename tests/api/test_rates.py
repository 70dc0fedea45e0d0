"""Who asks too often waits, by token and by address; everybody is told what is left."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.actions.steps import at_once
from tests.api.conftest import Door
from tests.api.test_base import by_token
from tests.builders import make_user
from tracker.actions.tokens import make_token
from tracker.api.rates import Meter, Policy
from tracker.domain.roles import Scope

pytestmark = pytest.mark.django_db
FEW, MANY = Policy("few", 5, 60), Policy("many", 1000, 60)


def test_the_request_beyond_the_limit_is_429_and_says_when(settings: Any) -> None:
    settings.TRACKER_RATE_TOKEN = 3
    client = by_token("coder")

    answers = [client.read("people/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[-1]
    assert refused.json()["code"] == "throttled"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Policy"] == '"token";q=3;w=60'
    assert refused["RateLimit"].startswith('"token";r=0;t=')
    assert by_token("coder").read("people/").status_code == 200


def test_every_answer_says_what_is_left(coder: Door) -> None:
    first, second = coder.read("people/"), coder.read("people/")

    assert first["RateLimit"].startswith('"token";r=119999;t=')
    assert second["RateLimit"].startswith('"token";r=119998;t=')


def test_the_public_is_counted_by_address(public: Door, settings: Any) -> None:
    settings.TRACKER_RATE_ADDRESS = 1

    statuses = [
        public.get("/api/v1/people/", REMOTE_ADDR=address).status_code
        for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
    ]

    assert statuses == [200, 429, 200]


def test_no_limit_is_no_count(coder: Door, settings: Any) -> None:
    settings.TRACKER_RATE_TOKEN = 0

    assert "RateLimit" not in coder.read("people/")


def test_tokens_are_not_guessed_without_end(settings: Any) -> None:
    settings.TRACKER_RATE_ADDRESS = 2

    tried = [
        Door(headers={"Authorization": f"Token {'x' * 20}{n}"}).read("people/") for n in range(3)
    ]

    assert [answer.status_code for answer in tried] == [401, 401, 429]
    assert 0 < int(tried[-1]["Retry-After"]) <= 60
    assert by_token("coder").read("people/").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("public", 401), ("stranger", 403)])
def test_who_may_not_enter_is_counted_all_the_same(
    door: Callable[[str], Door], settings: Any, who: str, status: int
) -> None:
    settings.TRACKER_RATE_ADDRESS = settings.TRACKER_RATE_TOKEN = 2
    client = door(who)

    asked = [client.read("people/"), client.send("people/", {}), client.read("people/")]

    assert [answer.status_code for answer in asked] == [status, status, 429]
    assert 0 < int(asked[-1]["Retry-After"]) <= 60


def test_a_token_that_only_reads_is_counted_where_it_would_write(settings: Any) -> None:
    settings.TRACKER_RATE_TOKEN = 2
    made = make_token(by=make_user(role="coder"), scopes=[Scope.READ], now=timezone.now())
    client = Door(headers={"Authorization": f"Token {made.secret}"})

    asked = [client.send("people/", {}) for _ in range(3)]

    assert [answer.status_code for answer in asked] == [403, 403, 429]


@pytest.mark.parametrize("way", ["body", "header"])
def test_a_password_is_not_tried_without_end(settings: Any, way: str) -> None:
    settings.TRACKER_RATE_LOGIN = 2
    make_user(username="cora", password="long enough a password")

    def attempt(name: str, password: str, address: str) -> int:
        client, place = Door(), {"REMOTE_ADDR": address}
        if way == "header":
            word = base64.b64encode(f"{name}:{password}".encode()).decode()
            answer = client.post(
                "/api/v1/tokens/", REMOTE_ADDR=address, HTTP_AUTHORIZATION=f"Basic {word}"
            )
        else:
            body = {"username": name, "password": password}
            answer = client.post("/api/v1/tokens/", body, format="json", **place)
        return int(answer.status_code)

    tried = [attempt("cora", "wrong", f"192.0.2.{n}") for n in range(3)]
    from_one_place = [attempt(f"user{n}", "wrong", "198.51.100.1") for n in range(7)]

    assert tried == [401, 401, 429]
    assert from_one_place == [401] * 6 + [429]


def test_two_requests_at_once_count_as_two_over_all_processes(committed: None) -> None:
    meters = [Meter() for _ in range(4)]

    standings: list[Any] = at_once(
        *(lambda meter=meter: meter.take("a", FEW, 0.0) for meter in meters * 2)
    )

    assert sorted(standing.left for standing in standings) == [-3, -2, -1, 0, 1, 2, 3, 4]


def test_a_large_limit_costs_a_query_each_hundredth(django_assert_num_queries: Any) -> None:
    meter, other = Meter(), Meter()

    with django_assert_num_queries(0):
        for _ in range(9):
            meter.take("a", MANY, 0.0)
    with django_assert_num_queries(1):
        assert meter.take("a", MANY, 0.0).left == 990
    for _ in range(9):
        other.take("a", MANY, 0.0)
    assert other.take("a", MANY, 0.0).left == 980


def test_who_is_known_to_be_beyond_the_limit_costs_no_query(
    django_assert_num_queries: Any,
) -> None:
    meter = Meter()
    for _ in range(6):
        meter.take("a", FEW, 0.0)

    with django_assert_num_queries(0):
        assert meter.take("a", FEW, 59.0).left == -1
    assert meter.take("a", FEW, 60.0).left == 4
