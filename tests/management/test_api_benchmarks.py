"""The bare server is asked for the same claims as the API, and sends the same of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from tests.api.conftest import Door
from tests.builders import make_claim, make_user
from tracker.management.api_benchmarks import bare_command, benchmarks, dsn, statements


def answered(statement: str, **parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [orjson.loads(text) for (text,) in cursor.fetchall()]


@pytest.mark.django_db
def test_the_bare_server_sends_what_the_api_sends() -> None:
    door = Door()
    editor = make_user(role="editor")
    door.force_authenticate(editor)
    bare = statements(editor)
    claim = make_claim()
    make_claim()
    first = door.read("claims/", limit=1).json()
    second = parse_qs(urlsplit(first["next"]).query)["cursor"][0]
    last, said_on = first["results"][0]["id"], first["results"][0]["said_on"]
    asked = {"speaker": claim.person_id, "state": "frozen", "order": "due"}

    for name, parameters, ours in (
        ("list", {}, {}),
        ("page", {"said_on": said_on, "id": last}, {"cursor": second}),
        ("filter", {"speaker": claim.person_id}, asked),
        ("search", {"q": "city summer"}, {"q": "city summer"}),
    ):
        expected = [row["id"] for row in door.read("claims/", **ours).json()["results"]]
        rows = answered(bare[name], **parameters)
        assert [row["id"] for row in rows] == expected != []
        assert set(rows[0]) == set(door.read("claims/").json()["results"][0])


@pytest.mark.django_db
def test_what_is_asked_for_under_load_is_there() -> None:
    make_claim()

    for benchmark in benchmarks():
        assert benchmark.ours
        assert len(benchmark.ours) == len(benchmark.bare)


def test_the_bare_server_runs_like_ours() -> None:
    command = bare_command(8123, 3)

    assert "tracker.management.bare_api" in command
    assert "tracker.wsgi" not in command


@pytest.mark.django_db
def test_the_bare_server_has_the_same_quick_triggers_and_plans_as_postgresql_does() -> None:
    options = str(conninfo_to_dict(dsn())["options"])

    assert "pgtrigger.ignore" in options
    assert "plan_cache_mode" not in options
