"""The description over HTTP: for programs, for people, for language models."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from django.test import Client

from tests.api.conftest import Door
from tracker.api.description import description

pytestmark = pytest.mark.django_db


def test_the_description_is_the_same_in_json_and_yaml(client: Client) -> None:
    written = client.get("/api/schema/?format=yaml")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    assert written["Content-Type"] == "application/vnd.oai.openapi"
    told = json.loads(client.get("/api/schema/").content)
    assert yaml.load(written.content, Loader=loader) == told
    assert told["paths"].keys() == description()["paths"].keys()


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", "application/vnd.oai.openapi+json"),
        ("application/vnd.oai.openapi", "application/vnd.oai.openapi"),
        ("text/html", "application/vnd.oai.openapi+json"),
    ],
)
def test_accept_chooses_the_form_of_the_description(
    client: Client, accept: str, type_: str
) -> None:
    assert client.get("/api/schema/", headers={"accept": accept})["Content-Type"] == type_


def test_who_has_the_description_is_not_sent_it_again(client: Client) -> None:
    etag = client.get("/api/schema/")["ETag"]

    assert client.get("/api/schema/", headers={"if-none-match": etag}).status_code == 304


def test_the_page_for_language_models_names_addresses_that_there_are(editor: Door) -> None:
    page = editor.get("/api/llms.txt")

    assert page["Content-Type"] == "text/plain; charset=utf-8"
    addresses = [part.partition(")")[0] for part in page.content.decode().split("](")[1:]]
    assert len(addresses) > 5
    for address in addresses:
        assert editor.get(address).status_code == 200, address


@pytest.mark.parametrize("address", ["/api/docs/", "/api/schema/", "/api/llms.txt"])
def test_what_is_told_of_the_api_is_for_reading_only(client: Client, address: str) -> None:
    assert client.options(address).status_code == 405
    assert client.head(address).status_code == 200
