"""How a test says: the database itself refuses this, and names the rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction


@contextmanager
def refused(*names: str) -> Iterator[None]:
    """Pass if what is done inside violates the rule of one of these names, else fail."""
    errors = (IntegrityError, psycopg.IntegrityError)
    with pytest.raises(errors) as caught, transaction.atomic():
        yield
        connection.check_constraints()
    cause: Any = caught.value.__cause__ or caught.value
    assert cause.diag.constraint_name in names


def sql(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows that a statement returns, run past the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []
