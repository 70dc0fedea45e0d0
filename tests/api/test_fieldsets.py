"""The client says which members it wants, and the database builds no others."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.builders import make_claim, make_organisation, make_person, make_round


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("claims", "nonsense"),
        ("claims", "speaker.nonsense"),
        ("claims", "id.nonsense"),
        ("claims", ""),
        ("claims", "id,,uuid"),
        ("claims", "\0"),
        ("people", "affiliations.organisation.nonsense"),
        ("claims", ",".join(["id"] * 200)),
    ],
)
def test_a_field_that_does_not_exist_is_refused_by_name(
    coder: Door, path: str, fields: str
) -> None:
    answer = coder.read(f"{path}/", fields=fields)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "fields"


def test_only_the_fields_that_are_asked_for_are_built(coder: Door) -> None:
    claim = make_claim()

    with CaptureQueriesContext(connection) as queries:
        found = coder.read("claims/", fields="id,speaker.person.name,quotation.exact").json()

    assert found["results"] == [
        {
            "id": claim.pk,
            "speaker": {"person": {"name": str(claim.person)}},
            "quotation": {"exact": claim.quotation.exact},
        }
    ]
    assert "tracker_source" not in queries[-1]["sql"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("quotation.exact,quotation", {"quotation"}),
        ("quotation,quotation.exact", {"quotation"}),
        ("id,quotation.context.quoted", {"id", "quotation"}),
    ],
)
def test_one_claim_is_narrowed_like_a_list(coder: Door, fields: str, expected: set[str]) -> None:
    claim = make_claim()

    found: dict[str, Any] = coder.read(f"claims/{claim.pk}/", fields=fields).json()

    assert set(found) == expected
    whole = not fields.endswith("quoted")
    assert ("exact" in found["quotation"]) is whole
    if not whole:
        assert found["quotation"] == {"context": {"quoted": claim.quotation.exact}}


def test_other_nouns_are_narrowed_too(coder: Door, editor: Door) -> None:
    person = make_person(name="Ada")
    there = make_organisation(name="Institute")
    editor.send(f"people/{person.pk}/affiliations/", {"organisation": there.pk})

    found = coder.read("people/", fields="name,affiliations.organisation.name").json()["results"]

    assert found == [{"name": "Ada", "affiliations": [{"organisation": {"name": "Institute"}}]}]
    one = coder.read(f"people/{person.pk}/", fields="slug").json()
    assert one == {"slug": person.slug}


def test_fields_open_nothing_that_is_hidden(judge: Door) -> None:
    claim = make_claim()
    make_round(proposition=claim.proposition)

    assert judge.read("claims/", fields="id").json()["results"] == []
    assert judge.read(f"claims/{claim.pk}/", fields="id").status_code == 404
