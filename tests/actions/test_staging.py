"""Staged rows: ids of the record's own, and nothing on record before they are moved."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.builders import make_topic
from tracker.actions.staging import MANY, Stage
from tracker.models import Topic

pytestmark = pytest.mark.django_db


def test_staged_rows_enter_the_record_by_their_lines() -> None:
    make_topic()
    with transaction.atomic():
        stage = Stage(Topic)
        for line in (2, 3):
            record = Topic(pk=stage.next_id(), slug=f"staged-{line}", name="Staged")
            stage.put(record, line)
        stage.flush()
        stage.settle()
        assert Topic.objects.count() == 1

        moved = stage.move(0, 2)

    assert moved == 1
    assert list(Topic.objects.filter(name="Staged").values_list("slug")) == [("staged-2",)]


def known(table: str) -> int:
    """How many rows PostgreSQL plans for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return int(cursor.fetchone()[0])


def test_postgresql_knows_of_many_new_rows_before_triggers_ask_for_them() -> None:
    with transaction.atomic():
        stage = Stage(Topic)
        for line in range(MANY + 1):
            stage.put(Topic(pk=stage.next_id(), slug=f"staged-{line}", name="Staged"), line)
        stage.flush()
        stage.settle()

        stage.move(0, MANY - 1)
        few = known(stage.table)
        stage.move(MANY, MANY)

    assert few < MANY
    assert known(stage.table) > MANY
