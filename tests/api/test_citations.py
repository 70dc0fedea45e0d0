"""Sources out as CSL-JSON, BibTeX and RIS, and in by the same types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.api.test_sight import SECRETS
from tests.builders import (
    make_claim,
    make_organisation,
    make_proposition,
    make_quotation,
    make_round,
    make_snapshot,
    make_source,
)
from tracker.domain.citations import MEDIA_TYPES, Format
from tracker.models import Source

FORMATS = list(Format)
BIBTEX = "@online{{one, title = {{{title}}}, url = {{https://example.org/{path}}}}}\n"


def file(client: Door, kind: Format, body: bytes) -> object:
    return client.send_raw("sources/", body, MEDIA_TYPES[kind])


def story() -> Source:
    return make_source(
        title="Up 5% & {more}",
        outlet=make_organisation(name="The Paper"),
        bylines=["Ada Analyst"],
        published_on=date(2016, 4, 11),
        url="https://example.org/a?b=1",
        canonical_url="https://example.org/a?b=1",
    )


def test_a_source_is_an_item_of_csl(coder: Door) -> None:
    source = story()
    snapshot = make_snapshot(source=source)

    answer = coder.read(f"sources/{source.pk}/", format="csl")

    assert answer["Content-Type"] == MEDIA_TYPES[Format.CSL]
    assert answer.json() == {
        "id": f"source-{source.uuid}",
        "type": "article-newspaper",
        "title": "Up 5% & {more}",
        "author": [{"literal": "Ada Analyst"}],
        "container-title": "The Paper",
        "issued": {"date-parts": [[2016, 4, 11]]},
        "accessed": {"date-parts": [[2026, 1, 12]]},
        "URL": "https://example.org/a?b=1",
        "archive": "Expert-claim tracker",
        "archive_location": f"http://testserver/api/v1/snapshots/{snapshot.pk}/text/",
        "language": "en",
    }


def test_a_public_archive_is_named_by_its_name(coder: Door) -> None:
    archived = "https://web.archive.org/web/20160411000000/https://example.org/a"
    snapshot = make_snapshot(method="wayback", archive_url=archived)

    found = coder.read(f"sources/{snapshot.source.pk}/", format="csl").json()

    assert (found["archive"], found["archive_location"]) == ("Internet Archive", archived)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Format.BIBTEX, rb"title = {{Up 5\% \& \textbraceleft{}more\textbraceright{}}}"),
        (Format.RIS, b"TI  - Up 5% & {more}\r\n"),
    ],
)
def test_lists_and_records_are_answered_in_every_format(
    coder: Door, kind: Format, words: bytes
) -> None:
    source = story()

    single = coder.read(f"sources/{source.pk}/", format=kind)
    listed = coder.get("/api/v1/sources/", HTTP_ACCEPT=MEDIA_TYPES[kind])

    assert single["Content-Type"] == f"{MEDIA_TYPES[kind]}; charset=utf-8"
    assert words in single.content
    assert listed.content == single.content


@pytest.mark.parametrize("kind", FORMATS)
def test_what_goes_out_comes_in_as_the_same_sources(coder: Door, kind: Format) -> None:
    make_snapshot(source=story())
    make_source(url="", canonical_url="", published_on=None, published_words="Spring 2016")
    out = coder.read("sources/", format=kind).content

    answer = coder.send_raw("sources/", out, MEDIA_TYPES[kind])

    assert answer.status_code == 200, answer.content
    assert (answer.json()["made"], answer.json()["recognised"]) == (0, 2)
    assert coder.read("sources/", format=kind).content == out


@pytest.mark.parametrize("kind", FORMATS)
def test_what_goes_out_makes_the_same_sources_elsewhere(coder: Door, kind: Format) -> None:
    source = story()
    out = coder.read("sources/", format=kind).content
    # Another installation knows none of these addresses.
    Source.objects.filter(pk=source.pk).update(canonical_url="https://moved.example/")

    answer = coder.send_raw("sources/", out, MEDIA_TYPES[kind])

    assert answer.status_code == 201
    made = Source.objects.get(pk=answer.json()["entries"][0]["source"])
    for name in ("title", "url", "outlet", "bylines", "published_on", "kind", "language"):
        assert getattr(made, name) == getattr(source, name)


def test_a_file_answers_which_entry_is_which_source(coder: Door) -> None:
    known = make_source()
    path = known.url.rpartition("/")[2]
    body = BIBTEX.format(title="New", path="new") + BIBTEX.format(title="Old", path=path).replace(
        "one", "two"
    ).replace("title", "doi = {10.1/x}, title", 1)

    answer = coder.send_raw("sources/", body.encode(), MEDIA_TYPES[Format.BIBTEX])

    assert answer.status_code == 201
    found = answer.json()
    assert (found["made"], found["recognised"]) == (1, 1)
    first, second = found["entries"]
    assert (first["entry"], first["key"], first["status"]) == (1, "one", "made")
    assert (second["status"], second["source"], second["ignored"]) == (
        "recognised",
        known.pk,
        ["doi"],
    )
    assert coder.get(second["url"]).json()["id"] == known.pk


@pytest.mark.parametrize(
    ("kind", "body", "status", "code", "field"),
    [
        (Format.CSL, b"{", 400, "parse_error", None),
        (Format.CSL, b'[{"id": "a", "type": "post"}]', 422, "required", "0.title"),
        (Format.CSL, b'{"type": "post", "title": "\\u0000"}', 400, "unstorable_text", "0.title"),
        (Format.BIBTEX, b"@online{a, title = {A}", 422, "bad_citation", None),
        (Format.BIBTEX, b"@online{a, url = {x}, title = {A}}", 422, "bad_address", "0.url"),
        (Format.BIBTEX, b"\xff", 422, "bad_citation", None),
        (Format.BIBTEX, b"@" * 3_000_000, 413, "too_large", None),
        (Format.RIS, b"TY  - PAT\nER  - \n", 422, "bad_citation", "0.TY"),
        (Format.RIS, b"TY  - NEWS\nER  - \n", 422, "required", "0.title"),
    ],
)
def test_a_file_that_is_refused_names_entry_and_field_and_files_nothing(
    coder: Door, kind: Format, body: bytes, status: int, code: str, field: str | None
) -> None:
    answer = coder.send_raw("sources/", body, MEDIA_TYPES[kind])

    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert [fault["field"] for fault in answer.json()["errors"]] == ([field] if field else [])
    assert not Source.objects.exists()


def test_only_sources_are_filed_by_citations(editor: Door) -> None:
    bibtex = MEDIA_TYPES[Format.BIBTEX]
    source = make_source()

    assert editor.send_raw("people/", b"@misc{a}", bibtex).status_code == 415
    changed = editor.generic("PATCH", f"/api/v1/sources/{source.pk}/", b"@misc{a}", bibtex)
    assert changed.status_code == 415


@pytest.mark.parametrize(("role", "status"), [("judge", 403), ("stranger", 403), ("public", 401)])
def test_filing_citations_takes_a_role(door: Callable[[str], Door], role: str, status: int) -> None:
    body = BIBTEX.format(title="A", path="a").encode()

    answer = door(role).send_raw("sources/", body, MEDIA_TYPES[Format.BIBTEX])

    assert answer.status_code == status
    assert not Source.objects.exists()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_judge_does_not_find_a_source_under_judgement_in_any_format(
    judge: Door, kind: Format
) -> None:
    outlet = make_organisation(name="Hidden Herald")
    source = make_source(title="Sibyl Speaker speaks", outlet=outlet)
    quotation = make_quotation(snapshot=make_snapshot(source=source))
    claim = make_claim(quotation=quotation, proposition=make_proposition())
    make_round(proposition=claim.proposition)

    listed = judge.read("sources/", format=kind)

    assert judge.read(f"sources/{source.pk}/", format=kind).status_code == 404
    assert listed.status_code == 200
    assert not [secret for secret in SECRETS if secret in listed.content.decode()]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_public_learns_nothing_of_snapshots(public: Door, kind: Format) -> None:
    claim = make_claim()
    source = claim.quotation.snapshot.source

    found = public.read(f"sources/{source.pk}/", format=kind)

    assert found.status_code == 200
    assert b"snapshots" not in found.content
    assert source.title.encode() in found.content


@pytest.mark.parametrize("kind", FORMATS)
def test_queries_do_not_grow_with_the_sources(coder: Door, kind: Format) -> None:
    counts = []
    for _ in range(3):
        make_snapshot(source=make_source(outlet=make_organisation()))
        with CaptureQueriesContext(connection) as queries:
            coder.read("sources/", format=kind)
        counts.append(len(queries))

    assert counts[1:] == [2, 2]  # the sources, their newest snapshots; roles are known by then
