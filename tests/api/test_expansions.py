"""Records within a record are told in full where the client asks, and nothing hidden with them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.builders import (
    TEXT,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_round,
    make_snapshot,
    make_topic,
)
from tracker.api.description import description
from tracker.models import Claim

ALL = "speaker,source,proposition,resolution"


def resolved_claim(**fields: Any) -> Claim:
    proposition = make_proposition(topic=make_topic(), condition=make_proposition())
    speaker = {"person": make_person(), "organisation": make_organisation()}
    claim = make_claim(**speaker, proposition=proposition, **fields)
    make_resolution(proposition=proposition)
    return claim


@pytest.mark.parametrize(
    "expand", ["", "quotation", "speaker,nonsense", "proposition.condition", "speaker.person", "\0"]
)
@pytest.mark.parametrize("path", ["claims/", "claims/{}/"])
def test_what_cannot_be_expanded_is_refused_by_name(coder: Door, path: str, expand: str) -> None:
    claim = make_claim()

    answer = coder.read(path.format(claim.pk), expand=expand)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "expand"


def test_nouns_with_nothing_to_expand_do_not_know_the_parameter(coder: Door) -> None:
    answer = coder.read("people/", expand="affiliations")

    assert answer.json()["errors"][0]["code"] == "unknown_parameter"


@pytest.mark.parametrize("path", ["claims/", "claims/{}/"], ids=["in_a_list", "alone"])
def test_expanded_records_read_as_at_their_own_addresses(coder: Door, path: str) -> None:
    claim = resolved_claim()

    answer = coder.read(path.format(claim.pk), expand=ALL).json()
    found = answer["results"][0] if "results" in answer else answer

    for noun, record in (
        ("people", found["speaker"]["person"]),
        ("organisations", found["speaker"]["organisation"]),
        ("propositions", found["proposition"]),
        ("resolutions", found["resolution"]),
    ):
        assert record == coder.read(f"{noun}/{record['id']}/").json()
    source = coder.read(f"sources/{found['source']['id']}/").json()
    assert found["source"].items() <= source.items()
    assert "language" in found["source"]


def test_without_expansion_a_record_within_another_stays_short(coder: Door) -> None:
    claim = resolved_claim()

    plain = coder.read(f"claims/{claim.pk}/").json()
    opened = coder.read(f"claims/{claim.pk}/", expand="speaker").json()

    assert set(plain["speaker"]["person"]) == {"id", "slug", "name"}
    assert {**opened, "speaker": plain["speaker"]} == plain


def test_an_expanded_record_carries_the_tag_of_the_record(coder: Door) -> None:
    claim = resolved_claim()

    plain = coder.read(f"claims/{claim.pk}/")
    opened = coder.read(f"claims/{claim.pk}/", expand="speaker")

    assert opened["ETag"] == plain["ETag"]


def test_absent_records_stay_null(coder: Door) -> None:
    make_claim(frozen=False, person=make_person())

    found = coder.read("claims/", expand=ALL).json()["results"][0]

    assert (found["proposition"], found["resolution"]) == (None, None)
    assert found["speaker"]["organisation"] is None


def test_fields_lead_into_what_is_expanded(coder: Door) -> None:
    claim = resolved_claim()
    fields = "id,speaker.person.wikidata,proposition.difficulty"

    alone = coder.read(f"claims/{claim.pk}/", expand="speaker,proposition", fields=fields).json()
    listed = coder.read("claims/", expand="speaker,proposition", fields=fields).json()["results"]
    unopened = coder.read("claims/", fields=fields)

    assert alone == listed[0]
    assert alone == {
        "id": claim.pk,
        "speaker": {"person": {"wikidata": ""}},
        "proposition": {"difficulty": None},
    }
    assert unopened.status_code == 400


def test_queries_for_what_is_expanded_do_not_grow_with_the_rows(coder: Door) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert coder.read("claims/", expand=ALL).status_code == 200
        return len(captured)

    resolved_claim()
    queries()
    one = queries()
    resolved_claim()
    resolved_claim()

    assert queries() == one


def test_an_expansion_shows_a_judge_nothing_that_is_hidden(judge: Door) -> None:
    hidden, other = resolved_claim(), resolved_claim()
    make_round(proposition=hidden.proposition)

    found = judge.read("claims/", expand=ALL).json()["results"]

    assert [row["id"] for row in found] == [other.pk]
    assert judge.read(f"claims/{hidden.pk}/", expand=ALL).status_code == 404
    proposition = found[0]["proposition"]
    assert proposition == judge.read(f"propositions/{proposition['id']}/").json()


def test_a_page_that_a_judge_may_not_open_stays_short(judge: Door) -> None:
    snapshot = make_snapshot(text=TEXT)
    hidden, seen = (make_claim(quotation=make_quotation(snapshot=snapshot)) for _ in range(2))
    make_round(proposition=hidden.proposition)
    short = judge.read(f"claims/{seen.pk}/").json()

    found = judge.read(f"claims/{seen.pk}/", expand="source").json()

    assert judge.read(f"sources/{snapshot.source_id}/").status_code == 404
    assert found == short


def test_a_table_has_what_is_expanded_in_columns_of_their_own(coder: Door) -> None:
    resolved_claim()

    table = coder.read("claims/", expand="speaker", format="csv").content.decode()

    header = table.splitlines()[0].split(",")
    assert {"speaker.person.name", "speaker.person.wikidata"} <= set(header)


def test_the_description_names_what_can_be_expanded() -> None:
    paths = description()["paths"]

    for path in ("/api/v1/claims/", "/api/v1/claims/{key}/"):
        parameters = {one["name"]: one for one in paths[path]["get"]["parameters"]}
        assert parameters["expand"]["schema"]["items"]["enum"] == ALL.split(",")
        assert parameters["expand"]["explode"] is False
    assert "expand" not in str(paths["/api/v1/people/"]["get"])
