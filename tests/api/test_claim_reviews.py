"""A claim's own address as JSON-LD: rated only where a published resolution grades it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import secret
from tests.api.conftest import Door
from tests.api.linked_data import compacted, expanded
from tests.builders import (
    make_citation,
    make_claim,
    make_organisation,
    make_outcome,
    make_proposition,
    make_quotation,
    make_reply,
    make_resolution,
    make_snapshot,
    make_source,
)
from tests.moments import revise
from tracker.models import Claim

pytestmark = pytest.mark.django_db
TR = "urn:expert-claim-tracker:terms#"
SCHEMA = "http://schema.org/"


def told(door: Door, claim: Claim, **parameters: str) -> dict[str, Any]:
    found: dict[str, Any] = door.read(
        f"claims/{claim.pk}/", format="claimreview", **parameters
    ).json()
    return found


def judged(outcome: str = "mostly", published: bool = True, **fields: Any) -> Claim:
    """A claim with evidence and a resolution of its proposition."""
    claim = make_claim(**fields)
    make_citation(outcome=make_outcome(proposition=claim.proposition))
    make_resolution(proposition=claim.proposition, outcome=outcome, published=published)
    return claim


# --- what is not rated ---------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["open", "ambiguous", "annulled"])
def test_what_a_resolution_does_not_grade_is_a_plain_claim(editor: Door, outcome: str) -> None:
    claim = make_claim()
    reason = "underspecified" if outcome == "annulled" else ""
    make_resolution(proposition=claim.proposition, outcome=outcome, annul_reason=reason)

    assert told(editor, claim)["@type"] == "Claim"


def test_what_is_not_published_is_a_plain_claim_even_to_editors(editor: Door) -> None:
    assert told(editor, judged(published=False))["@type"] == "Claim"


def test_a_condition_that_failed_leaves_a_plain_claim(editor: Door) -> None:
    condition = make_proposition()
    make_resolution(proposition=condition, outcome="did_not")
    claim = make_claim(proposition=make_proposition(condition=condition))
    make_resolution(proposition=claim.proposition, condition="met")

    found = told(editor, claim)

    assert (found["@type"], found["tr:conditionStatus"]) == ("Claim", "not_met")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "opinion"},
        {"polarity": "abstains"},
        {"state": "misquote", "state_reason": "The tape differs."},
        {"state": "retracted", "state_reason": "Taken back."},
    ],
    ids=["opinion", "abstains", "misquote", "retracted"],
)
def test_what_is_never_scored_is_never_rated(editor: Door, fields: dict[str, Any]) -> None:
    assert told(editor, judged(**fields))["@type"] == "Claim"


@pytest.mark.parametrize("grade", ["D", "E"])
def test_a_paraphrase_is_never_rated(editor: Door, grade: str) -> None:
    claim = judged(quotation=make_quotation(provenance=grade))

    assert told(editor, claim)["@type"] == "Claim"


def test_a_vague_proposition_rates_nobody(editor: Door) -> None:
    assert told(editor, judged(proposition=make_proposition(specificity=0)))["@type"] == "Claim"


# --- what is -------------------------------------------------------------------------


@pytest.mark.parametrize("accept", ["application/ld+json", "application/ld+json, text/html;q=0.5"])
def test_the_same_address_answers_who_asks_for_json_ld(editor: Door, accept: str) -> None:
    claim = judged()

    answer = editor.get(f"/api/v1/claims/{claim.pk}/", HTTP_ACCEPT=accept)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    assert "Accept" in answer["Vary"]
    assert answer.json()["@type"] == "ClaimReview"
    assert editor.read(f"claims/{claim.pk}/").json()["id"] == claim.pk
    assert editor.read("claims/", format="claimreview").status_code == 400


def test_a_processor_reads_it_with_the_context_that_we_serve(client: Client, editor: Door) -> None:
    claim = judged(hedge="likely", role="fellow", organisation=make_organisation())

    document = told(editor, claim)

    assert client.get(document["@context"][1]).json()["@context"]["tr"] == TR
    node = expanded(document)
    item = node[f"{SCHEMA}itemReviewed"][0]
    assert node["@type"] == [f"{SCHEMA}ClaimReview"]
    assert node[f"{SCHEMA}reviewRating"][0][f"{SCHEMA}ratingValue"] == [{"@value": 4}]
    assert item[f"{SCHEMA}text"] == [{"@value": claim.quotation.exact}]
    assert item[f"{TR}hedge"] == [{"@value": "likely"}]
    assert item[f"{TR}deadline"][0]["@value"] == "2026-06-30"
    assert item[f"{TR}impliedRange"][0]["@list"] == [{"@value": 0.8}, {"@value": 0.8}]
    assert not [name for name in node if not name.startswith(("@", SCHEMA, TR))]


def test_nothing_is_lost_between_a_document_and_its_spelt_out_form(editor: Door) -> None:
    claim = judged(proposition=make_proposition(condition=make_proposition()))
    claim.further_quotations.add(make_quotation())

    document = told(editor, claim)

    assert compacted(document) == {**document, "citation": document["citation"][0]} | {
        "itemReviewed": document["itemReviewed"]
        | {"appearance": document["itemReviewed"]["appearance"][0]}
    }


def test_it_tells_where_the_words_stand_and_what_the_verdict_rests_on(editor: Door) -> None:
    archive = "https://web.archive.org/web/2026/https://example.org/a"
    snapshot = make_snapshot(archive_url=archive, method="wayback")
    claim = judged(quotation=make_quotation(snapshot=snapshot))
    make_reply(resolution=claim.proposition.resolutions.get())

    found = told(editor, claim)

    first = found["itemReviewed"]["firstAppearance"]
    assert (first["url"], first["archivedAt"]) == (snapshot.source.url, archive)
    assert [work["abstract"] for work in found["citation"]] == ["A report of the siege."]
    assert found["comment"][0]["text"] == "I stand by it."
    assert found["author"]["publishingPrinciples"] == "http://testserver/codebook/1.0/"
    assert found["author"]["correctionsPolicy"].endswith("/codebook/1.0/#corrections")
    assert found["claimReviewed"] == claim.proposition.statement


def test_a_revision_is_the_next_version_of_the_same_review(editor: Door) -> None:
    claim = make_claim()
    first, second = revise(claim.proposition)

    found = told(editor, claim)

    assert found["version"] == second.seq == first.seq + 1
    assert found["@id"].endswith(f"/claims/{claim.pk}/#review-2")


def test_it_can_be_asked_how_it_stood(editor: Door) -> None:
    claim = judged()

    found = told(editor, claim, as_of="2026-01-13")

    assert found.get("@type", "") != "ClaimReview"


# --- who sees it ---------------------------------------------------------------------


def test_the_public_gets_no_address_of_the_text_that_we_keep(public: Door, editor: Door) -> None:
    claim = judged()

    assert "/snapshots/" in str(told(editor, claim))
    assert "/snapshots/" not in str(told(public, claim))
    assert told(public, claim)["citation"]


def test_a_judge_with_an_answer_to_give_finds_no_claim(judge: Door) -> None:
    hidden = secret.make_secret()

    answer = judge.read(f"claims/{hidden.claim.pk}/", format="claimreview")

    assert answer.status_code == 404


def test_pages_that_a_judge_must_not_see_are_left_out_of_another_claim(
    judge: Door, editor: Door
) -> None:
    hidden = secret.make_secret()
    claim = judged()
    outcome = claim.proposition.outcomes.get()
    make_citation(outcome=outcome, source=hidden.source, saw="A report of the siege.")
    page = make_snapshot(source=hidden.source, text="More of it: the siege is near.")
    claim.further_quotations.add(make_quotation(snapshot=page, exact="the siege is near"))

    text = str(told(judge, claim))

    assert secret.TITLE in str(told(editor, claim))
    assert not [marker for marker in secret.MARKERS if marker in text]


def test_it_takes_as_many_queries_however_much_there_is_to_tell(editor: Door) -> None:
    def asked(claim: Claim) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert told(editor, claim)["@type"] == "ClaimReview"
        return len(queries)

    small, large = judged(), judged()
    for _ in range(3):
        large.further_quotations.add(make_quotation())
        outcome = make_outcome(proposition=large.proposition)
        make_citation(outcome=outcome, source=make_source(outlet=make_organisation()))
        make_reply(resolution=large.proposition.resolutions.get())
    asked(small)

    assert asked(small) == asked(large) == 8
