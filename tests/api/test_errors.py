"""Every refusal has one shape, whatever refused."""

from __future__ import annotations

import pytest
from django.db import DataError, IntegrityError, OperationalError
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import WORDS, Door, claim_body
from tests.builders import make_claim, make_person
from tracker.api import errors
from tracker.models import Claim, Source

MEMBERS = {"type", "title", "status", "code", "detail", "errors"}


def test_a_refusal_is_a_problem_with_code_field_pointer_and_sentence(coder: Door) -> None:
    answer = coder.send("claims/", claim_body(quotation__exact="Aleppo will be relieved"))

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) >= MEMBERS
    assert problem["type"] == "urn:expert-claim-tracker:problem:quotation_not_found"
    assert problem["title"] == "Unprocessable Entity"
    assert problem["status"] == 422
    assert problem["errors"] == [
        {
            "field": "exact",
            "pointer": "#/quotation/exact",
            "code": "quotation_not_found",
            "detail": problem["detail"],
        }
    ]


def test_a_refused_quotation_brings_the_nearest_passage_and_the_difference(coder: Door) -> None:
    answer = coder.send("claims/", claim_body(quotation__exact=WORDS.replace("will", "would")))

    nearest = answer.json()["facts"]["nearest"]
    assert nearest["exact"] == WORDS
    changed = [(piece["op"], piece["text"]) for piece in nearest["diff"] if piece["op"] != "equal"]
    assert changed == [("delete", "would"), ("insert", "will")]
    assert not Claim.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("claims/999999/", 404, "not_found"),
        ("claims/nothing/", 404, "not_found"),
        ("claims/-1/", 404, "not_found"),
        ("claims/9223372036854775808/", 404, "not_found"),
        ("claims/%00/", 404, "not_found"),
        ("people/%ED%A0%80/", 404, "not_found"),
        ("nothing/", 404, "not_found"),
        ("scores/planets/", 404, "not_found"),
        ("claims/?limit=0", 400, "invalid"),
        ("claims/?colour=red", 400, "invalid"),
    ],
)
def test_addresses_that_are_none_are_refused_in_the_same_shape(
    coder: Door, path: str, status: int, code: str
) -> None:
    answer = coder.get(f"/api/v1/{path}")

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.mark.parametrize("method", ["put", "delete"])
def test_nothing_is_replaced_or_deleted(coder: Door, method: str) -> None:
    person = make_person()

    answer = getattr(coder, method)(f"/api/v1/people/{person.pk}/")

    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert "PATCH" in answer["Allow"]


def test_a_conflict_is_409_with_the_code_of_the_rule(coder: Door) -> None:
    make_claim(external_id="mine-1")

    answer = coder.send("claims/", claim_body(external_id="mine-1"))

    assert answer.status_code == 409
    assert answer.json()["code"] == "already_logged"
    assert answer.json()["errors"][0]["pointer"] == "#/external_id"
    assert Claim.objects.count() == 1


def test_several_wrong_fields_are_all_named(coder: Door) -> None:
    answer = coder.send("outcomes/", {"citations": [{"saw": "x"}], "known_on": "tomorrow"})

    faults = {fault["field"]: fault for fault in answer.json()["errors"]}
    assert set(faults) == {"statement", "citations.0.source", "known_on"}
    assert faults["citations.0.source"]["pointer"] == "#/citations/0/source"
    assert faults["statement"]["code"] == "required"


@pytest.mark.parametrize(
    ("error", "status"),
    [(IntegrityError(), 409), (DataError(), 400), (OperationalError(), 503), (KeyError(), None)],
    ids=["integrity", "data", "operation", "bug"],
)
def test_what_the_database_says_is_told_without_its_words(
    error: Exception, status: int | None
) -> None:
    answer = errors.answer(error, {})

    assert (answer.status_code if answer else None) == status


@given(st.text())
def test_any_text_can_be_printed(text: str) -> None:
    errors.printable(text + "\ud800").encode()


@given(st.text())
def test_text_without_surrogates_is_printed_as_it_is(text: str) -> None:
    assert errors.printable({"a": [text]}) == {"a": [text]}
