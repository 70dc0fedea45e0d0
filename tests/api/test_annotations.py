"""Quotations as Web Annotations: out with their capture, in as the same quotation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_proposition,
    make_quotation,
    make_round,
    make_snapshot,
    make_source,
)
from tracker.domain.quotes import to_utf16
from tracker.models import Quotation, Snapshot

TEXT = "𝔘𝔫𝔦: “It will rain,” said Ada. “It will rain,” said Bo. It may snow."
LD = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    return make_snapshot(text=TEXT)


def body(snapshot: Snapshot, *selectors: Any, exact: str = "It may snow", **more: Any) -> Any:
    quote = {"type": "TextQuoteSelector", "exact": exact}
    target = {"source": snapshot.source.url, "selector": [quote, *selectors]}
    return {"type": "Annotation", "target": target, **more}


def send(client: Door, annotation: Any, content_type: str = LD) -> Any:
    return client.send_raw("quotations/", json.dumps(annotation).encode(), content_type)


# --- out -----------------------------------------------------------------------------


@pytest.mark.parametrize("accept", [LD, "application/ld+json"], ids=["with profile", "without"])
def test_a_quotation_is_an_annotation_of_its_page(
    coder: Door, snapshot: Snapshot, accept: str
) -> None:
    quotation = make_quotation(snapshot=snapshot, exact="It may snow", speaker_words="Bo")

    answer = coder.get(f"/api/v1/quotations/{quotation.pk}/", HTTP_ACCEPT=accept)

    found = answer.json()
    assert answer["Content-Type"] == LD
    assert found["id"] == f"http://testserver/api/v1/quotations/{quotation.pk}/"
    assert found["target"]["source"] == snapshot.source.url
    assert found["target"]["selector"][1] == {
        "type": "TextPositionSelector",
        "start": quotation.start,
        "end": quotation.end,
    }
    assert found["tr:speakerWords"] == "Bo"
    assert found["tr:saidOn"] == "2026-01-10"
    (cached,) = found["target"]["state"]["cached"]
    assert coder.get(cached).content.decode() == TEXT


def test_a_list_is_a_page_of_annotations(coder: Door, snapshot: Snapshot) -> None:
    for words in ("It may snow", "said Bo"):
        make_quotation(snapshot=snapshot, exact=words)

    found = coder.read("quotations/", format="annotation", limit=1).json()

    assert found["type"] == "AnnotationPage"
    assert found["id"].endswith("/api/v1/quotations/?format=annotation&limit=1")
    assert [item["type"] for item in found["items"]] == ["Annotation"]
    assert len(coder.get(found["next"]).json()["items"]) == 1


def test_an_archive_that_is_public_is_named_beside_our_capture(coder: Door) -> None:
    archived = "https://web.archive.org/web/20160411000000/https://example.org/a"
    quotation = make_quotation(
        exact="It may snow",
        snapshot=make_snapshot(text=TEXT, archive_url=archived, method="wayback"),
    )

    state = coder.read(f"quotations/{quotation.pk}/", format="annotation").json()["target"]["state"]

    assert state["cached"][1:] == [archived]


def test_the_words_of_what_has_no_address_are_of_its_record_here(coder: Door) -> None:
    source = make_source(url="", canonical_url="")
    quotation = make_quotation(snapshot=make_snapshot(source=source, text=TEXT), exact="said Bo")

    target = coder.read(f"quotations/{quotation.pk}/", format="annotation").json()["target"]

    assert target["source"] == f"http://testserver/api/v1/sources/{source.pk}/"


# --- in ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"exact": "It may hail"}, 422, "quotation_not_found"),
        ({"exact": "It will rain"}, 422, "quotation_ambiguous"),
        ({"type": "Note"}, 422, "bad_annotation"),
        ({"target": {"source": "https://example.org/unknown"}}, 422, "bad_annotation"),
        ({"tr:saidOn": "May"}, 422, "unknown_value"),
        ({"tr:mode": "sung"}, 422, "unknown_value"),
        ({"exact": "\ud800"}, 400, "unstorable_text"),
    ],
    ids=["absent", "twice", "type", "no words", "date", "mode", "surrogate"],
)
def test_an_annotation_that_cannot_be_anchored_is_refused(
    coder: Door, snapshot: Snapshot, change: dict[str, Any], status: int, code: str
) -> None:
    answer = send(coder, body(snapshot, **change))

    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert not Quotation.objects.exists()


def test_words_that_nearly_stand_there_come_back_with_the_difference(
    coder: Door, snapshot: Snapshot
) -> None:
    answer = send(coder, body(snapshot, exact="It might snow"))

    assert answer.json()["facts"]["nearest"]["exact"] == "It may snow"


@pytest.mark.parametrize("filed", [True, False], ids=["filed", "unknown"])
def test_a_page_that_was_not_captured_is_refused_with_the_remedy(coder: Door, filed: bool) -> None:
    annotation = body(make_snapshot())
    page = make_source().url if filed else "https://example.org/unknown"
    annotation["target"]["source"] = page

    problem = send(coder, annotation).json()

    assert (problem["status"], problem["code"]) == (422, "not_captured")
    assert "capture it first" in problem["detail"]
    assert problem["facts"] == {"url": page}


def test_an_annotation_becomes_a_quotation_once(coder: Door, snapshot: Snapshot) -> None:
    annotation = body(snapshot, **{"tr:saidOn": "2016-04", "tr:speakerWords": "Bo"})

    first, second = send(coder, annotation), send(coder, annotation)

    assert (first.status_code, second.status_code) == (201, 200)
    made = first.json()
    assert (made["exact"], made["said_on"], made["speaker_words"]) == (
        "It may snow",
        "2016-04",
        "Bo",
    )
    assert second.json() == made
    assert first["Location"].endswith(f"/quotations/{made['id']}/")


def test_what_goes_out_comes_in_as_the_same_quotation(coder: Door, snapshot: Snapshot) -> None:
    start = TEXT.rindex("will rain")
    quotation = make_quotation(snapshot=snapshot, exact="will rain", start=start)
    make_snapshot(source=snapshot.source, text=f"Updated. {TEXT}")
    annotation = coder.read(f"quotations/{quotation.pk}/", format="annotation").json()

    answer = send(coder, annotation)

    assert (answer.status_code, answer.json()["id"]) == (200, quotation.pk)


def test_a_client_that_counts_utf16_units_may_say_so(coder: Door, snapshot: Snapshot) -> None:
    start = TEXT.rindex("It will rain")
    units = [to_utf16(TEXT, start), to_utf16(TEXT, start + 12)]
    position = {"type": "TextPositionSelector", "start": units[0], "end": units[1]}

    answer = send(coder, body(snapshot, {**position, "tr:unit": "utf16"}, exact="It will rain"))

    assert answer.json()["start"] == start


def test_whoever_asks_for_an_annotation_is_answered_with_one(
    coder: Door, snapshot: Snapshot
) -> None:
    answer = coder.generic(
        "POST",
        "/api/v1/quotations/?format=annotation",
        json.dumps(body(snapshot)).encode(),
        LD,
    )

    assert answer.status_code == 201
    assert answer["Content-Type"] == LD
    assert answer.json()["type"] == "Annotation"


# --- who may -------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), [("judge", 403), ("stranger", 403), ("public", 401)])
def test_annotating_takes_a_role(
    door: Callable[[str], Door], snapshot: Snapshot, role: str, status: int
) -> None:
    assert send(door(role), body(snapshot)).status_code == status


def test_a_judge_does_not_find_words_under_judgement_as_an_annotation(
    judge: Door, snapshot: Snapshot
) -> None:
    quotation = make_quotation(snapshot=snapshot, exact="It may snow")
    claim = make_claim(quotation=quotation, proposition=make_proposition())
    make_round(proposition=claim.proposition)

    assert judge.read(f"quotations/{quotation.pk}/", format="annotation").status_code == 404
    assert judge.read("quotations/", format="annotation").json()["items"] == []


def test_the_public_reads_the_words_but_not_the_text(public: Door, snapshot: Snapshot) -> None:
    quotation = make_claim(quotation=make_quotation(snapshot=snapshot, exact="said Bo")).quotation

    found = public.read(f"quotations/{quotation.pk}/", format="annotation").json()

    assert found["target"]["selector"][0]["exact"] == "said Bo"
    assert "cached" not in found["target"]["state"]
