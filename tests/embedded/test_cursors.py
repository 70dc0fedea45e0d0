"""History and trigger switches travel with statements that the server prepares."""

from __future__ import annotations

from typing import Any

import pghistory
import psycopg
import pytest
from django.db import connection, transaction

from tracker.embedded.cursors import ONE_PLAN, AccompaniedCursor
from tracker.models import User

pytestmark = pytest.mark.django_db


def address() -> dict[str, Any]:
    params = connection.get_connection_params()
    return {
        name: params[name]
        for name in ("host", "port", "user", "password", "dbname")
        if name in params
    }


def reasons(user: User) -> list[str | None]:
    events = User.pgh_event_model.objects.filter(pgh_obj=user).order_by("pgh_id")
    return [event.pgh_context and event.pgh_context.metadata.get("reason") for event in events]


def test_a_change_outside_of_a_history_context_has_no_reason() -> None:
    user = User.objects.create(username="ada")

    assert reasons(user) == [None]


@pytest.mark.parametrize("reason", ["moved", "it's; a 'test' %s"], ids=["plain", "with SQL in it"])
def test_a_change_carries_the_reason_of_its_context(reason: str) -> None:
    with pghistory.context(reason=reason):
        user = User.objects.create(username="ada")

    assert reasons(user) == [reason]


def test_the_companion_reaches_its_statement_outside_of_a_transaction() -> None:
    with psycopg.connect(**address(), autocommit=True) as alone:
        cursor = AccompaniedCursor(alone).execute(
            "SELECT set_config('pghistory.note', %s, true); SELECT current_setting(%s)",
            ["moved", "pghistory.note"],
        )

        assert cursor.fetchone() == ("moved",)
        assert alone.execute("SELECT current_setting('pghistory.note')").fetchone() == ("",)


def test_many_rows_in_one_call_carry_the_reason_each() -> None:
    users = [User.objects.create(username=name) for name in ("ada", "grace")]

    with pghistory.context(reason="renamed"), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE tracker_user SET first_name = %s WHERE id = %s",
            [("Ada", users[0].pk), ("Grace", users[1].pk)],
        )

    assert [reasons(user) for user in users] == [[None, "renamed"]] * 2


def test_named_parameters_serve_the_statement_and_its_companion() -> None:
    user = User.objects.create(username="ada")

    with pghistory.context(reason="renamed"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tracker_user SET first_name = %(name)s WHERE id = %(id)s RETURNING first_name",
            {"name": "Ada; B", "id": user.pk},
        )
        answer = cursor.fetchall()

    assert answer == [("Ada; B",)]
    assert reasons(user) == [None, "renamed"]


def test_a_question_asked_often_is_prepared_on_the_server() -> None:
    with transaction.atomic():
        for number in range(8):
            User.objects.filter(username=f"user {number}").exists()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'tracker_user'"
        )
        assert cursor.fetchone() >= (1,)


def plan_mode(cursor: Any, prefix: str = "SELECT ") -> str:
    found: str = cursor.execute(f"{prefix}current_setting('plan_cache_mode')").fetchone()[0]
    return found


def test_one_plan_serves_every_execution_of_a_statement_that_asks_for_it() -> None:
    with psycopg.connect(**address(), autocommit=True) as alone:
        cursor = AccompaniedCursor(alone)
        usual = plan_mode(cursor)

        assert plan_mode(cursor, ONE_PLAN) == "force_generic_plan"
        assert plan_mode(cursor) == usual


@pytest.mark.parametrize("autocommit", [True, False], ids=["alone", "in_a_transaction"])
def test_a_failed_statement_leaves_the_next_one_planned_as_usual(autocommit: bool) -> None:
    with psycopg.connect(**address(), autocommit=autocommit) as alone:
        cursor = AccompaniedCursor(alone)
        usual = plan_mode(cursor)
        with pytest.raises(psycopg.errors.DivisionByZero), alone.transaction():
            cursor.execute(f"{ONE_PLAN}1 / %s", [0])

        assert plan_mode(cursor) == usual
