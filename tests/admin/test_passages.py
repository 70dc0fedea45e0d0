"""A text cut at its quotations."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.admin.world import make_staff
from tests.distorting import SHARPENED, make_distortion
from tracker.admin.passages import marked, sharpenings, sighted_quotations
from tracker.models import Quotation

TEXT = "The city will fall, and the river will rise."


def test_overlapping_quotations_are_both_marked() -> None:
    quotations = [Quotation(pk=1, start=0, end=18), Quotation(pk=2, start=9, end=18)]

    pieces = marked(TEXT, quotations)

    assert [(piece.text, piece.quotations) for piece in pieces] == [
        ("The city ", (1,)),
        ("will fall", (1, 2)),
        (TEXT[18:], ()),
    ]


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))))
def test_no_letter_is_lost_or_doubled(spans: list[tuple[int, int]]) -> None:
    quotations = [
        Quotation(pk=n, start=min(span), end=max(span)) for n, span in enumerate(spans, 1)
    ]

    assert "".join(piece.text for piece in marked(TEXT, quotations)) == TEXT


def as_role(role: str) -> Any:
    request = RequestFactory().get("/")
    request.user = make_staff(role)
    return request


@pytest.mark.django_db
def test_a_judge_sees_neither_the_words_they_judge_nor_what_was_made_of_them() -> None:
    found = make_distortion()
    builders.make_round(proposition=builders.make_claim(quotation=found.quotation).proposition)
    judge = as_role("judge")

    assert sharpenings([found.quotation], judge) == []
    assert found.quotation not in sighted_quotations(judge)


@pytest.mark.django_db
def test_a_judge_sees_no_distortion_in_a_page_that_is_hidden() -> None:
    hidden = builders.make_claim()
    builders.make_round(proposition=hidden.proposition)
    open_to_all = builders.make_quotation()
    make_distortion(quotation=open_to_all, snapshot=hidden.quotation.snapshot, exact="The city")

    assert sharpenings([open_to_all], as_role("judge")) == []


@pytest.mark.django_db
def test_what_was_made_of_the_words_names_its_place_and_the_difference() -> None:
    found = make_distortion()

    (shown,) = sharpenings([found.quotation], as_role("coder"))

    assert (shown.by, shown.record) == ("the headline", found)
    assert "".join(piece.text for piece in shown.pieces if piece.op != "delete") == SHARPENED


@pytest.mark.django_db
def test_of_a_long_sentence_two_words_are_kept_before_and_after_the_change() -> None:
    said = "I expect that they might see some of the worst this war has seen before it is over."
    quotation = builders.make_quotation(exact=said)
    headline = builders.make_snapshot(text=SHARPENED)
    make_distortion(quotation=quotation, snapshot=headline)

    (shown,) = sharpenings([quotation], as_role("coder"))

    text = "".join(f"-{p.text}-" if p.op == "delete" else p.text for p in shown.pieces)
    assert text == "… -some of -the worst -this-the war has seen- before it- …"


@pytest.mark.django_db
def test_a_missing_full_stop_is_no_change_worth_showing() -> None:
    quotation = builders.make_quotation(exact="It is the worst this war has seen.")
    headline = builders.make_snapshot(text="It is the worst the war has seen")
    make_distortion(quotation=quotation, snapshot=headline, exact=headline.text)

    (shown,) = sharpenings([quotation], as_role("coder"))

    assert [piece.text for piece in shown.pieces] == [
        "It is the worst ",
        "this",
        "the",
        " war has seen",
    ]
