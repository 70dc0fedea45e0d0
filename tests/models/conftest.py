"""A database whose rows other connections see, for tests of what happens at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from pytest_django import DjangoDbBlocker


@pytest.fixture
def _as_migrated(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put back what migrations filed, once a committed test has emptied every table."""
    yield
    migration = import_module("tracker.migrations.0002_roles_and_lexicon")
    with django_db_blocker.unblock():
        migration.make_roles(apps, None)
        migration.load_lexicon(apps, None)


@pytest.fixture
def committed(_as_migrated: None, transactional_db: None) -> None:
    """What the test writes is committed at once, and gone at its end."""
