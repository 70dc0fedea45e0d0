"""The codebook's sentences beside the fields."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests import builders
from tracker.admin.ballots import VerdictForm
from tracker.admin.logging_form import LogForm
from tracker.admin.sentences import KEYS, said_of


def test_a_field_of_which_the_codebook_is_silent_has_none() -> None:
    assert said_of("title") is None


@pytest.mark.django_db
def test_every_sentence_belongs_to_a_field_that_is_there() -> None:
    condition = builders.make_proposition()
    round = builders.make_round(proposition=builders.make_proposition(condition=condition))
    asked = {*LogForm().fields, *VerdictForm(round=round).fields}

    assert {name.removeprefix("answer: ") for name in KEYS} <= asked


@pytest.mark.parametrize("field", KEYS)
def test_the_codebook_is_quoted_with_its_address(field: str) -> None:
    said = said_of(field)

    assert said is not None
    assert said.text.endswith(".")
    assert said.link.endswith(f"/codebook/1.0/#{KEYS[field]}")


def test_a_form_that_django_draws_quotes_the_codebook_below_its_fields(editor: Client) -> None:
    proposition = builders.make_proposition(frozen=False)
    said = said_of("statement")
    assert said is not None

    for page in (
        reverse("admin:tracker_proposition_add"),
        reverse("admin:tracker_proposition_change", args=[proposition.pk]),
    ):
        shown = editor.get(page).content.decode()
        assert escape(said.text) in shown
        assert said.link in shown
