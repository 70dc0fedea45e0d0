"""Every refusal has one shape, whatever refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from tests.api.conftest import WORDS, Door, claim_body
from tests.api_examples import problems
from tests.builders import make_claim, make_person
from tracker.actions.transactions import REFUSALS
from tracker.api import errors
from tracker.api.description import description
from tracker.domain.errors import TrackerError
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


def kinds(of: type[TrackerError] = TrackerError) -> Iterator[type[TrackerError]]:
    """Every refusal that there is."""
    for kind in of.__subclasses__():
        if kind.__module__.startswith("tracker."):
            yield kind
        yield from kinds(kind)


def told(error: Exception, body: Any) -> dict[str, Any]:
    """The problem that answers a request with this body."""
    sent = APIRequestFactory().post("/?dry_run=x", body, format="json", headers={"If-Match": "x"})
    answer = errors.answer(error, {"request": Request(sent, parsers=[JSONParser()])})
    assert answer is not None
    found: dict[str, Any] = answer.data
    shapes = description()["components"]
    shape = {**shapes["schemas"]["ProblemSchema"], "components": shapes}
    assert not [*Draft202012Validator(shape).iter_errors(found)], found
    assert answer.status_code == found["status"]
    return found


@pytest.mark.parametrize("kind", [*kinds()], ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_a_code_of_its_own_and_a_pointer(
    kind: type[TrackerError],
) -> None:
    error = TrackerError.__new__(kind)
    TrackerError.__init__(error, field="inner.place", rule="x")

    found = told(error, {"place": 1, "outer": [{"inner": {"place": 2}}]})

    assert found["status"] in {400, 403, 404, 409, 410, 413, 422, 503, 507}
    assert (found["status"] == 409) is kind.conflict
    assert found["code"] == kind.code != TrackerError.code
    assert found["detail"]
    assert [kind.code] == [other.code for other in kinds() if other.code == kind.code]
    fault = {"field": "inner.place", "pointer": "#/outer/0/inner/place"}
    assert found["errors"] == [{**fault, "code": kind.code, "detail": found["detail"]}]


@pytest.mark.parametrize("rule", REFUSALS)
def test_every_rule_of_the_database_names_the_field_at_fault(rule: str) -> None:
    kind, field = REFUSALS[rule]

    found = told(kind(field=field, rule=rule), {"outer": {field: 1}})

    assert found["facts"]["rule"] == rule
    assert [fault["pointer"] for fault in found["errors"]] == [f"#/outer/{field}"]


@pytest.mark.parametrize(
    ("field", "body", "pointer"),
    [
        ("a", {}, ""),
        ("a", [{"b": {"a": 1}}, {"a": 1}], "#/1/a"),
        ("a/~", {"a/~": 1}, "#/a~1~0"),
        ("x.a", {"a": 1}, "#/a"),
    ],
    ids=["not in the body", "outermost first", "escaped", "by its last name"],
)
def test_a_pointer_leads_to_what_was_sent(field: str, body: Any, pointer: str) -> None:
    assert told(TrackerError(field=field), body)["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("name", ["dry_run", "If-Match"])
def test_a_parameter_or_header_at_fault_has_no_place_in_the_body(name: str) -> None:
    wrong = ValidationError({name: "Write it otherwise."})

    assert told(wrong, {"note": ""})["errors"][0]["pointer"] == ""
    assert told(wrong, {name: ""})["errors"][0]["pointer"] == f"#/{name}"


def test_a_body_of_any_depth_is_looked_through() -> None:
    body: Any = {"place": 1}
    for _ in range(900):
        body = [body]

    assert told(TrackerError(field="place"), body)["errors"][0]["pointer"].endswith("/0/place")


@pytest.mark.parametrize("problem", [*problems()], ids=lambda problem: str(problem["status"]))
def test_the_examples_of_problems_are_what_is_answered(problem: dict[str, Any]) -> None:
    assert description()["components"]["examples"][str(problem["status"])]["value"] == problem
