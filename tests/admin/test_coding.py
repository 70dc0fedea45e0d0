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
        condition_words="if the talks fail",
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


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"condition": "The talks fail."}, "condition_words"),
        ({"condition_words": "if the talks fail"}, "condition"),
    ],
)
def test_a_condition_is_kept_with_its_words(given: dict[str, str], field: str) -> None:
    form = CodingForm({"polarity": "affirms", **given})

    assert list(form.errors) == [field]


def test_the_first_test_that_fails_is_the_one_that_is_kept() -> None:
    assert filled(t1="holds", t2="holds").cleaned_data["failed_test"] == ""
    assert filled(t2="holds", t5="fails", t3="fails").cleaned_data["failed_test"] == "T3"


def test_the_codebook_speaks_of_every_test_and_of_the_hedge() -> None:
    form = LogForm()

    assert all(vars(field.field)["codebook"] for field in form.six_tests())
    assert "the one that governs" in vars(form.fields["hedge"])["codebook"].text
