"""What only shows when all rows are seen together, or beside the record."""

from __future__ import annotations

import pytest

from tests.builders import make_round, make_user, make_verdict
from tests.importing import faults, imported, row, table
from tracker.models import Claim

pytestmark = pytest.mark.django_db


def test_a_reference_or_a_uuid_stands_once_in_a_file() -> None:
    uuid = "6f1c0f5e-8a51-4b57-9d0a-3f2f4f0f9a11"
    rows = [row(uuid=uuid), row(speaker__person="Bo", uuid=uuid)]

    assert faults(imported(table(rows))) == [
        (3, "external_id", "already_logged"),
        (3, "uuid", "already_logged"),
    ]


def test_a_speaker_says_a_proposition_once_in_a_file_and_on_record() -> None:
    twice = imported(table([row(), row(external_id="a-2")]))
    assert faults(twice) == [(3, "proposition", "already_logged")]
    assert "Line 2 says this already" in twice.faults.get().message
    imported(table([row()]))
    known = str(Claim.objects.get().proposition_id)

    mine = {name: value for name, value in row().items() if not name.startswith("proposition")}
    run = imported(table([{**mine, "external_id": "a-3", "proposition.id": known}]))

    assert faults(run) == [(2, "proposition", "already_logged")]


def test_who_judged_a_proposition_imports_no_claim_on_it() -> None:
    round = make_round()
    judge = make_user(role="editor")
    make_verdict(round=round, judge=judge)
    mine = {name: value for name, value in row().items() if not name.startswith("proposition")}

    run = imported(table([{**mine, "proposition.id": str(round.proposition_id)}]), by=judge)

    assert faults(run) == [(2, "proposition", "separation_of_duties")]
