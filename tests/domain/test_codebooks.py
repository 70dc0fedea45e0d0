"""The codebook's own shape: every rule and field has a key of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.domain.codebooks import CORRECTIONS, CURRENT, Codebook
from tracker.domain.judging import OutcomeAnswer

DATA = Path(__file__).resolve().parents[2] / "tracker" / "data"
BOOK = Codebook.parse(json.loads((DATA / f"codebook_{CURRENT}.json").read_text("utf-8")))


def test_a_field_that_it_does_not_know_is_no_field() -> None:
    with pytest.raises(LookupError):
        BOOK.field("mood")


@pytest.mark.parametrize("missing", ["version", "sections", "fields"])
def test_a_book_without_a_part_is_none(missing: str) -> None:
    data = json.loads((DATA / f"codebook_{CURRENT}.json").read_text("utf-8"))
    del data[missing]

    with pytest.raises(KeyError):
        Codebook.parse(data)


def test_every_rule_and_field_can_be_linked_by_a_key_of_its_own() -> None:
    rules = [rule.key for section in BOOK.sections for rule in section.rules]
    keys = [*rules, *(section.key for section in BOOK.sections), *(one.key for one in BOOK.fields)]

    assert len(set(keys)) == len(keys)


def test_every_outcome_that_judges_can_give_is_explained() -> None:
    explained = {rule.key for section in BOOK.sections for rule in section.rules}

    assert {answer.value for answer in OutcomeAnswer} <= explained


def test_it_says_how_mistakes_are_put_right() -> None:
    assert CORRECTIONS in {section.key for section in BOOK.sections}


def test_a_field_is_found_by_its_key() -> None:
    assert BOOK.field("hedge").title == "Hedge"
    assert BOOK.field("hedge").required
