"""Migrations: forward on nothing, back to nothing, forward again, none missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.refusals import sql

# Functions of triggers stay behind without their tables; the way forward replaces them.
LEFT = """
    SELECT relname FROM pg_class WHERE relname LIKE 'tracker\\_%'
    UNION SELECT proname FROM pg_proc WHERE proname LIKE 'tracker\\_%'
"""


@pytest.fixture
def scratch(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the database as migrations, going forward on nothing, have left it."""
    usual = connection.settings_dict["NAME"]
    migrated = connection.settings_dict["TEST"]["TEMPLATE"] or usual
    name = f"{usual}_scratch"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')


def filed() -> list[tuple[str, str]]:
    """What migrations put in: each role, and each lexicon with the number of its terms."""
    return sql(
        "SELECT name, 'role' FROM auth_group UNION ALL"
        " SELECT version, count(*)::text FROM tracker_lexicon l"
        " JOIN tracker_hedgeterm t ON t.lexicon_id = l.id GROUP BY version ORDER BY 1"
    )


def migrate(target: str) -> None:
    call_command("migrate", "tracker", target, verbosity=0)


@pytest.mark.long
def test_migrations_go_back_step_by_step_to_nothing_and_forward_again(scratch: None) -> None:
    at_first = filed()
    assert [name for name, _ in at_first] == ["1.0", "admin", "coder", "editor", "judge"]

    migrate("0001")
    assert [name for name, _ in filed()] == ["1.0"]
    migrate("zero")
    assert sql(LEFT) == []

    call_command("migrate", "tracker", verbosity=0)
    assert filed() == at_first


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
