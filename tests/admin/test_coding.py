"""The form that codes a claim, and the draft it makes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import builders
from tracker.admin.coding import KNOWN_AS, CodingForm
from tracker.admin.logging_form import LogForm

pytestmark = pytest.mark.django_db


def filled(**given: Any) -> CodingForm:
    form = CodingForm({"polarity": "affirms", **given})
    assert form.is_valid(), form.errors
    return form


def test_without_a_statement_there_is_no_proposition() -> None:
    assert filled(criteria="Roads are open.").proposition_draft() is None


def test_a_proposition_on_record_is_shared() -> None:
    known = builders.make_proposition()

    draft = filled(known_proposition=known.pk, statement="Another.").proposition_draft()

    assert draft is not None
    assert (draft.id, draft.statement) == (known.pk, "")


@pytest.mark.parametrize(("choice", "required"), [("", True), ("yes", True), ("no", False)])
def test_a_condition_is_a_proposition_of_its_own(choice: str, required: bool) -> None:
    form = filled(
        statement="The city falls.",
        condition="The talks fail.",
        condition_required=choice,
        deadline="2016-07-01",
    )

    draft = form.proposition_draft()

    assert draft is not None
    assert draft.condition is not None
    assert (draft.condition.statement, draft.condition.deadline) == (
        "The talks fail.",
        date(2016, 7, 1),
    )
    assert draft.condition_required is required


def test_every_alias_of_a_field_is_a_field() -> None:
    assert set(KNOWN_AS.values()) <= set(LogForm().fields)
