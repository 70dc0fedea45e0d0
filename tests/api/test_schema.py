"""The description is complete, valid, and true of the errors."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from tests.api.conftest import Door
from tests.api.test_base import world
from tests.builders import make_claim, make_resolution
from tests.runs import make_run
from tracker.actions.scores import rescore
from tracker.api.root import PLACES


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def operations(description: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in description["paths"].items()
        for method, operation in item.items()
    ]


def test_the_description_is_valid_and_without_a_warning() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_it_is_openapi_3_1_and_names_every_noun(description: dict[str, Any]) -> None:
    assert description["openapi"] == "3.1.0"
    assert {f"/api/v1/{noun}/" for noun in PLACES} <= set(description["paths"])


def test_every_operation_says_what_it_does_and_how_it_refuses(description: dict[str, Any]) -> None:
    for method, path, operation in operations(description):
        problems = {"400", "401", "403"} | ({"404"} if "{" in path else set())
        if method in ("post", "patch"):
            problems |= {"409", "413", "415", "422"}
        if method == "patch":
            problems |= {"412", "428"}
        assert problems <= set(operation["responses"]), (method, path)
        for status in problems:
            content = operation["responses"][status]["content"]
            assert list(content) == ["application/problem+json"], (method, path)
        assert operation.get("summary") or operation.get("description"), (method, path)


def test_nothing_is_replaced_and_only_tokens_are_deleted(description: dict[str, Any]) -> None:
    methods = {(method, path) for method, path, _ in operations(description)}

    assert not [path for method, path in methods if method == "put"]
    deleted = {path for method, path in methods if method == "delete"}
    assert deleted == {"/api/v1/tokens/", "/api/v1/tokens/{key}/"}


@pytest.mark.django_db
def test_the_documentation_page_needs_no_other_server(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()

    assert "/static/drf_spectacular_sidecar/" in page
    assert "https://" not in page


def conforms(description: dict[str, Any], path: str, status: str, answer: Any) -> None:
    """Holds a body to what the description promises for it."""
    content = description["paths"][path]["get"]["responses"][status]["content"]
    shape = next(iter(content.values()))["schema"]
    Draft202012Validator({**shape, "components": description["components"]}).validate(answer)


@pytest.mark.parametrize("noun", PLACES)
def test_what_is_sent_is_what_is_described(
    editor: Door, description: dict[str, Any], noun: str
) -> None:
    world()
    page = editor.read(f"{noun}/", limit=1).json()
    record = editor.read(f"{noun}/{page['results'][0]['id']}/").json()
    refusal = editor.read(f"{noun}/", limit=0).json()

    conforms(description, f"/api/v1/{noun}/", "200", page)
    conforms(description, f"/api/v1/{noun}/{{key}}/", "200", record)
    conforms(description, f"/api/v1/{noun}/", "400", refusal)


def test_scores_are_what_is_described(editor: Door, description: dict[str, Any]) -> None:
    claim = make_claim()
    make_resolution(proposition=claim.proposition)
    make_claim(person=claim.person)
    rescore()
    one = claim.person_id
    answers = {
        "{kind}/": "",
        "{kind}/{key}/": f"{one}/",
        "{kind}/compare/": f"compare/?a={one}&b={one}",
        "{kind}/sensitivity/": "sensitivity/",
        "{kind}/{key}/sensitivity/": f"{one}/sensitivity/",
    }

    for path, address in answers.items():
        answer = editor.get(f"/api/v1/scores/people/{address}").json()
        conforms(description, f"/api/v1/scores/{path}", "200", answer)


def test_the_verification_of_a_table_is_what_is_described(
    editor: Door, description: dict[str, Any]
) -> None:
    answer = editor.read(f"score-runs/{make_run().pk}/verify/").json()

    conforms(description, "/api/v1/score-runs/{key}/verify/", "200", answer)
