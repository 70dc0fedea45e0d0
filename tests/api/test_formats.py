"""Shapes: chosen by name before Accept, JSON where none fits, refusals always JSON."""

from __future__ import annotations

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.api.conftest import Door
from tests.builders import make_source
from tracker.api import fieldsets

BIBTEX = "application/x-bibtex"
CSL = "application/vnd.citationstyles.csl+json"
RIS = "application/x-research-info-systems"
ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def test_a_shape_that_there_is_not_is_refused_with_those_that_there_are(coder: Door) -> None:
    answer = coder.read("sources/", format="endnote")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    fault = answer.json()["errors"][0]
    assert (fault["field"], fault["code"]) == ("format", "unknown_format")
    assert fault["detail"] == "format is one of: json, csv, csl, bibtex, ris."


@pytest.mark.parametrize("shape", ["bibtex", "ris", "csl"])
@pytest.mark.parametrize(
    ("path", "status"), [("sources/999999/", 404), ("sources/?limit=0", 400)], ids=["404", "400"]
)
def test_a_refusal_is_json_whatever_was_asked_for(
    coder: Door, shape: str, path: str, status: int
) -> None:
    answer = coder.get(f"/api/v1/{path}{'&' if '?' in path else '?'}format={shape}")

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_writing_knows_no_shapes(coder: Door) -> None:
    assert coder.send("sources/?format=bibtex", {"title": "A"}).status_code == 400
    answer = coder.generic(
        "POST", "/api/v1/sources/", b'{"title": "A"}', "application/json", HTTP_ACCEPT=BIBTEX
    )
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (BIBTEX, BIBTEX),
        (f"{BIBTEX};q=0.5, {CSL}", CSL),
        (f"{BIBTEX}, application/json;q=0.9", BIBTEX),
        (f"text/html, {BIBTEX};q=0.1", BIBTEX),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/html", "application/json"),
        ("application/x-bibtex;q=0", "application/json"),
        ("", "application/json"),
        (";;,/,q=x", "application/json"),
    ],
)
def test_accept_chooses_what_the_client_likes_best(coder: Door, accept: str, type_: str) -> None:
    source = make_source()

    answer = coder.get(f"/api/v1/sources/{source.pk}/", HTTP_ACCEPT=accept)

    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == type_
    assert "Accept" in answer["Vary"]


def test_the_name_of_a_shape_overrules_accept(coder: Door) -> None:
    answer = coder.get("/api/v1/sources/?format=json", HTTP_ACCEPT=BIBTEX)

    assert answer["Content-Type"] == "application/json"


def test_a_shape_of_a_list_turns_pages_by_its_links(coder: Door) -> None:
    for _ in range(3):
        make_source()

    answer = coder.read("sources/", format="csl", limit=2)

    assert len(answer.json()) == 2
    assert 'rel="next"' in answer["Link"]
    following = answer["Link"].partition(">")[0].lstrip("<")
    assert "format=csl" in following
    assert len(coder.get(following).json()) == 1


@pytest.fixture(scope="module")
def paths() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return found


@pytest.mark.parametrize(
    ("path", "taken", "answered"),
    [
        ("/api/v1/sources/", [CSL, BIBTEX, RIS], [CSL, BIBTEX, RIS]),
        ("/api/v1/sources/{key}/", [], [CSL, BIBTEX, RIS]),
        ("/api/v1/quotations/", ["application/ld+json"], [ANNOTATION]),
        ("/api/v1/quotations/{key}/", [], [ANNOTATION]),
    ],
)
def test_the_description_names_every_shape(
    paths: dict[str, Any], path: str, taken: list[str], answered: list[str]
) -> None:
    operations = paths[path]

    shapes = ["application/json", *answered, "text/csv", fieldsets.MEDIA_TYPE]
    assert [*operations["get"]["responses"]["200"]["content"]] == shapes
    if taken:
        sent = operations["post"]["requestBody"]["content"]
        assert [*sent] == ["application/json", *taken]


@pytest.mark.parametrize(
    ("path", "status", "types"),
    [
        ("/api/v1/snapshots/{key}/text/", "200", ["text/plain"]),
        ("/timegate/{url}", "302", []),
        ("/timemap/{form}/{url}", "200", ["application/link-format", "application/json"]),
    ],
)
def test_the_description_names_the_mementos(
    paths: dict[str, Any], path: str, status: str, types: list[str]
) -> None:
    assert [*paths[path]["get"]["responses"][status].get("content", {})] == types
