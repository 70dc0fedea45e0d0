"""A clock for tests of the past: dates what this transaction has written as one likes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.db import connection
from pghistory.models import Event

from tests.builders import make_resolution
from tests.refusals import sql
from tracker.models import Proposition, Resolution

BEGAN = datetime(2016, 4, 11, 9, tzinfo=UTC)


def dated(moment: datetime) -> datetime:
    """Date every event that this transaction has written since it was last asked; returns it.

    PostgreSQL's now() is the start of the transaction, in which all events of a test lie.
    """
    models = apps.get_app_config("tracker").get_models()
    tables = [model._meta.db_table for model in models if issubclass(model, Event)]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"UPDATE {table} SET pgh_created_at = %s WHERE pgh_created_at = now()", [moment]
            )
    return moment


def hours(n: int) -> datetime:
    """The moment n hours after the first."""
    return BEGAN + timedelta(hours=n)


def revise(what: Proposition) -> tuple[Resolution, Resolution]:
    """What was decided at 1 and published at 2, and its successor of 3, published at 4."""
    first = make_resolution(
        proposition=what,
        decided_at=hours(1),
        published_at=hours(2),
        override_reason="Asked.",
    )
    ((pk,),) = sql("SELECT nextval(pg_get_serial_sequence('tracker_resolution', 'id'))")
    Resolution.objects.filter(pk=first.pk).update(superseded_by_id=pk)
    second = make_resolution(
        pk=pk,
        proposition=what,
        seq=2,
        change_reason="A map came to light.",
        outcome="did_not",
        decided_at=hours(3),
        published_at=hours(4),
    )
    return first, second
