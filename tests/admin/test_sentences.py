"""The codebook's sentences beside the fields."""

from __future__ import annotations

from tracker.admin.logging_form import LogForm
from tracker.admin.sentences import SENTENCES, said_of

ELSEWHERE = {"condition_answer", "outcome_answer", "searched"}  # the judges' questions


def test_a_field_without_a_sentence_has_none() -> None:
    assert said_of("title") == ""


def test_every_sentence_belongs_to_a_field_that_is_there() -> None:
    assert set(SENTENCES) - ELSEWHERE <= set(LogForm().fields)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())
