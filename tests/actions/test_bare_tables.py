"""Tables without their indexes: gone while rows come in, the same as before at the end."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.builders import make_person
from tests.refusals import sql
from tracker.actions.bare_tables import bare

pytestmark = pytest.mark.django_db
TABLES = ["tracker_person", "tracker_affiliation", "tracker_claim"]


def indexes() -> list[tuple[str, str]]:
    return [
        tuple(row)
        for row in sql(f"""
        SELECT pg_get_indexdef(i.indexrelid), coalesce(pg_get_constraintdef(c.oid), '')
        FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype <> 'f'
        WHERE i.indrelid = ANY(ARRAY{TABLES}::regclass[]) ORDER BY 1
    """)
    ]


def test_rows_that_break_a_rule_are_refused_at_the_end() -> None:
    person = make_person()
    sql("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="slug"), transaction.atomic(), bare(TABLES):
        make_person(slug=person.slug)

    assert sql("SELECT count(*) FROM tracker_person") == [(1,)]


def test_every_index_and_constraint_comes_back_as_it_was() -> None:
    before = indexes()

    with bare(TABLES):
        within = indexes()

    assert indexes() == before
    assert all("PRIMARY KEY" in constraint for _, constraint in within)
    assert len(within) == len(TABLES)
