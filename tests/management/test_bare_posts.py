"""The bare INSERTs write the very rows that a logged claim becomes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict

from tests.builders import CODED, make_user
from tracker.management.bare_posts import MODEL, inserts
from tracker.models import Claim

NUMBER = "2000000000000"


def carried_out(statements: dict[str, str]) -> int:
    """The id of the claim that these have written."""
    parameters: dict[str, Any] = {"number": NUMBER}
    with connection.cursor() as cursor:
        for name, statement in statements.items():
            cursor.execute(statement, parameters)
            parameters[name] = cursor.fetchone()[0]
    found: int = parameters["claim"]
    return found


def told(claim: Claim) -> list[dict[str, Any]]:
    """What the rows of a claim say, their ids and its number apart."""
    assert claim.proposition is not None
    quotation = claim.quotation
    rows = (claim, claim.proposition, quotation, quotation.snapshot, quotation.snapshot.source)
    ids = {"id", "quotation", "proposition", "snapshot", "source", "text_sha256"}
    return [
        {
            name: value.replace(NUMBER, MODEL) if isinstance(value, str) else value
            for name, value in model_to_dict(row).items()
            if name not in ids
        }
        for row in rows
    ]


@pytest.mark.django_db
def test_another_number_is_another_claim_of_the_same_rows() -> None:
    statements = inserts(make_user(role="editor"), CODED)
    logged = Claim.objects.get()

    other = Claim.objects.get(pk=carried_out(statements))

    assert [*statements] == ["source", "snapshot", "quotation", "proposition", "claim", "event"]
    assert told(other) == told(logged)
    assert other.state == "frozen"
    assert NUMBER in other.quotation.exact
