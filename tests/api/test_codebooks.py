"""The codebook: public, versioned, for people and for programs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from tracker.actions.codebooks import find_codebook

BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/codebook/9.9/", 404), ("/codebook/1.0/?format=pdf", 400), ("/codebook/1.0/?page=2", 400)],
)
@pytest.mark.parametrize("headers", [BROWSER, {}], ids=["page", "JSON"])
def test_what_there_is_not_is_refused_in_one_shape(
    client: Client, address: str, status: int, headers: Any
) -> None:
    answer = client.get(address, **headers)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_nobody_writes_it_here(client: Client) -> None:
    assert client.post("/codebook/1.0/").status_code == 405


def test_anybody_reads_it_as_a_page_without_the_database(client: Client) -> None:
    page = client.get("/codebook/1.0/", **BROWSER)

    text = page.content.decode()
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "noindex" not in text
    for section in find_codebook().sections:
        assert f'id="{section.key}"' in text
    for field in find_codebook().fields:
        assert f'id="{field.key}"' in text


def test_programs_get_the_same_as_described(client: Client) -> None:
    answer = client.get("/codebook/1.0/")

    description = SchemaGenerator().get_schema(request=None, public=True)
    content = description["paths"]["/codebook/{version}/"]["get"]["responses"]["200"]["content"]
    shape = {**content["application/json"]["schema"], "components": description["components"]}
    Draft202012Validator(shape).validate(answer.json())
    assert answer.json()["fields"][0]["key"] == "quotation"
    assert answer.json()["versions"] == [
        {"version": "1.0", "url": "http://testserver/codebook/1.0/"}
    ]


def test_a_format_that_is_named_overrides_what_is_accepted(client: Client) -> None:
    assert client.get("/codebook/1.0/?format=json", **BROWSER)["Content-Type"] == "application/json"
    assert "text/html" in client.get("/codebook/1.0/?format=html")["Content-Type"]


def test_short_addresses_lead_to_what_is_in_force(client: Client) -> None:
    assert client.get("/codebook/")["Location"] == "/codebook/1.0/"
    assert client.get("/corrections/")["Location"] == "/codebook/1.0/#corrections"
