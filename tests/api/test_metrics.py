"""Figures at /metrics: by route and never by record, for whom they are meant."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.api.conftest import Door
from tests.builders import make_person
from tests.models.test_vitals import WAITING
from tests.refusals import sql
from tracker.api.metrics import readable

pytestmark = pytest.mark.django_db


def read(client: Client, **headers: str) -> dict[str, dict[tuple[str, ...], float]]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


@pytest.mark.parametrize(
    "elsewhere",
    [{"REMOTE_ADDR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"REMOTE_ADDR": ""}],
    ids=["another machine", "a proxy", "no address"],
)
def test_without_a_token_only_this_machine_reads_them(
    client: Client, elsewhere: dict[str, Any]
) -> None:
    assert client.get("/metrics", **elsewhere).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer other", "Token secret"])
def test_with_a_token_only_who_has_it_reads_them(client: Client, settings: Any, sent: str) -> None:
    settings.TRACKER_METRICS_TOKEN = "secret"

    assert client.get("/metrics", headers={"Authorization": sent}).status_code == 404
    assert read(client, Authorization="Bearer secret")


def test_a_request_is_counted_under_its_route(coder: Door, client: Client) -> None:
    route = "api/v1/people/<key>/"
    before = read(client).get("tracker_answers_total", {})
    pk = make_person().pk
    coder.read(f"people/{pk}/")
    coder.read("people/0/")

    after = read(client)

    answers = after["tracker_answers_total"]
    for status in ("200", "404"):
        key = ("GET", route, status)
        assert answers[key] - before.get(key, 0) == 1
    assert after["tracker_request_seconds_count"]["GET", route] >= 2
    assert after["tracker_database_seconds_total"]["GET", route] > 0


def test_an_odd_method_makes_no_series_of_its_own(client: Client) -> None:
    client.generic("BREW", "/nowhere/at/all/")

    assert "other" in {key[0] for key in read(client)["tracker_answers_total"]}


def test_jobs_are_asked_for_when_somebody_looks(client: Client) -> None:
    sql(WAITING)

    now = read(client)

    assert now["tracker_jobs"]["waiting",] == 1
    assert now["tracker_job_lag_seconds"][()] >= 3600
    assert now["tracker_database_up"][()] == 1


def test_a_silent_database_is_a_figure_too(client: Client) -> None:
    def refuse(*args: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(refuse):
        now = read(client)

    assert now["tracker_database_up"][()] == 0
    assert "tracker_jobs" not in now


@pytest.mark.parametrize(
    ("route", "told"),
    [
        ("api/v1/^claims/(?P<key>[^/]+)/$", "api/v1/claims/<key>/"),
        ("^x/(?P<pk>(a|b)+)/y\\.svg\\Z", "x/<pk>/y.svg"),
        ("reply/<token>/", "reply/<token>/"),
    ],
)
def test_a_route_is_told_without_its_signs(route: str, told: str) -> None:
    assert readable(route) == told
