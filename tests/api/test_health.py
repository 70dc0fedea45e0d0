"""The health address tells a machine whether work can be done here."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.models.test_vitals import WAITING
from tests.refusals import sql

pytestmark = pytest.mark.django_db


def refuse(*args: Any) -> None:
    raise OperationalError("connection to server at 10.0.0.7 failed")


def test_a_silent_database_is_503_without_its_address(client: Client) -> None:
    with connection.execute_wrapper(refuse):
        answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["reason"] == "The database does not answer."


def test_a_missing_migration_is_503_and_says_what_to_run(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["reason"] == "Migrations are missing (1): run `python manage.py migrate`."


def test_writing_to_it_is_refused(client: Client) -> None:
    assert client.post("/health/").status_code == 405


def test_all_in_order_is_200_and_never_cached(client: Client) -> None:
    answer = client.get("/health/")

    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert "no-store" in answer["Cache-Control"]


def test_a_process_lives_though_its_database_does_not(client: Client) -> None:
    with connection.execute_wrapper(refuse):
        answer = client.get("/health/live/")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


def test_readiness_tells_of_jobs_and_waits_for_no_worker(client: Client) -> None:
    sql(WAITING)

    answer = client.get("/health/ready/")

    assert answer.status_code == 200
    jobs = answer.json()["jobs"]
    assert (jobs["waiting"], jobs["workers_alive"]) == (1, 0)
    assert 3599 <= jobs["oldest_seconds"] <= 3700
