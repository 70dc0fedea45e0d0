"""History and trigger switches travel with statements that the server prepares."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
import psycopg
import pytest
from django.db import connection, transaction

from tracker.embedded.cursors import ONE_PLAN, PREFIXES, AccompaniedCursor, one_plan
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


def prepared(cursor: Any, like: str) -> list[tuple[int, int]]:
    """How often statements like this were planned once, and how often for their values."""
    asked = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement ~ %s"
    found: list[tuple[int, int]] = cursor.execute(asked, [like]).fetchall()
    return found


def test_each_question_is_planned_for_its_own_values() -> None:
    with psycopg.connect(**address(), autocommit=True) as alone:
        cursor = AccompaniedCursor(alone)
        for number in range(8):
            cursor.execute("SELECT 'as usual', %s::int", [number])

        assert prepared(cursor, "as usual") == []


def test_one_plan_serves_a_statement_whose_values_do_not_decide_it() -> None:
    with psycopg.connect(**address(), autocommit=True) as alone:
        cursor = AccompaniedCursor(alone)
        for number in range(8):
            cursor.execute(
                f"{ONE_PLAN}'planned once', id FROM tracker_user WHERE id = %s", [number]
            )

        assert prepared(cursor, "planned once") == [(3, 5)]


@pytest.fixture
def companions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the server before statements, as psycopg heard it."""
    heard: list[str] = []
    execute = psycopg.Cursor.execute

    def listening(cursor: Any, query: Any, *args: Any, **options: Any) -> Any:
        heard.extend([query] if str(query).startswith(PREFIXES) else [])
        return execute(cursor, query, *args, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", listening)
    return heard


def test_history_is_told_its_reason_once_in_a_transaction(companions: list[str]) -> None:
    with pghistory.context(reason="named"):
        users = [User.objects.create(username=name) for name in ("ada", "grace")]

    assert [reasons(user) for user in users] == [["named"]] * 2
    assert len(companions) == 1


def test_history_is_told_again_after_a_part_was_taken_back(companions: list[str]) -> None:
    with pghistory.context(reason="named"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            User.objects.create(username="mary")
            raise ZeroDivisionError
        user = User.objects.create(username="emmy")

    assert reasons(user) == ["named"]
    assert len(companions) == 2


@pytest.mark.django_db(transaction=True)
def test_history_is_told_again_in_the_next_transaction(companions: list[str]) -> None:
    users = []
    with pghistory.context(reason="named"):
        for name in ("ada", "grace"):
            with transaction.atomic():
                users.append(User.objects.create(username=name))

    assert [reasons(user) for user in users] == [["named"]] * 2
    assert len(companions) == 2


def test_history_is_told_another_reason_at_once(companions: list[str]) -> None:
    users = []
    for reason in ("named", "renamed"):
        with pghistory.context(reason=reason):
            users.append(User.objects.create(username=reason))

    assert [reasons(user) for user in users] == [["named"], ["renamed"]]
    assert len(companions) == 2


def test_no_trigger_is_ignored_and_every_connection_says_so() -> None:
    with connection.cursor() as cursor:
        with pgtrigger.ignore("tracker.User:insert_insert"):
            cursor.execute("UPDATE tracker_user SET first_name = 'Ada'")
        cursor.execute("SELECT current_setting('pgtrigger.ignore')")

        assert cursor.fetchone() == ("{}",)


def test_an_insert_of_the_orm_is_prepared() -> None:
    User.objects.create(username="ada")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_prepared_statements WHERE statement LIKE %s",
            ['INSERT INTO "tracker_user"%'],
        )
        assert cursor.fetchall() == [(1,)]


def test_what_is_asked_within_one_plan_is_planned_once() -> None:
    with psycopg.connect(**address(), autocommit=True) as alone:
        cursor = AccompaniedCursor(alone)
        with one_plan():
            for number in range(8):
                cursor.execute("SELECT 'within', id FROM tracker_user WHERE id = %s", [number])
        cursor.execute("SELECT 'without', id FROM tracker_user WHERE id = %s", [1])

        assert prepared(cursor, "within") == [(3, 5)]
        assert prepared(cursor, "without") == []
