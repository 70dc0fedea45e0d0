"""The addresses of a source over HTTP: added, merged, parted, and found under all of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_capture,
    make_claim,
    make_organisation,
    make_quotation,
    make_round,
    make_snapshot,
    make_source,
)
from tracker.models import Source

PAGE = "https://paper.example/a"


def at(url: str, **fields: Any) -> Source:
    return make_source(url=url, canonical_url=url, **fields)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid"),
        ({"url": "ftp://paper.example/b"}, 422, "bad_address"),
        ({"url": "https://wire.example/9"}, 409, "already_logged"),
        ({"url": f"{PAGE}/b", "origin": "guess"}, 400, "invalid"),
    ],
    ids=["nothing", "no web page", "another source's", "an unknown field"],
)
def test_what_is_no_address_of_the_page_is_refused(
    coder: Door, body: dict[str, Any], status: int, code: str
) -> None:
    source = at(PAGE)
    at("https://wire.example/9")

    answer = coder.send(f"sources/{source.pk}/addresses/", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not source.addresses.exists()


def test_a_source_is_recognised_by_an_address_that_was_added(coder: Door) -> None:
    source = at(PAGE)

    added = coder.send(f"sources/{source.pk}/addresses/", {"url": "http://wire.example/9#top"})
    filed = coder.send("sources/", {"url": "https://www.wire.example/9", "title": "Other"})

    assert (added.status_code, added.json()["addresses"]) == (201, ["https://wire.example/9"])
    assert filed.json()["id"] == source.pk


def test_a_page_that_calls_itself_by_anothers_address_is_listed(coder: Door) -> None:
    source, other = at(PAGE), at("https://wire.example/9")
    make_capture(source=source, status="ok", found={"addresses": [other.url]})

    found = coder.read(f"sources/{source.pk}/").json()

    assert [one["id"] for one in found["same_page"]] == [other.pk]
    assert coder.read(f"sources/{other.pk}/").json()["same_page"] == []


def test_only_editors_merge(coder: Door) -> None:
    body = {"into": make_source().pk, "reason": "One page."}

    assert coder.send(f"sources/{make_source().pk}/merge/", body).status_code == 403


def test_every_list_counts_the_whole_family_until_it_is_parted(editor: Door) -> None:
    loser, winner = make_source(), make_source()
    claims = [
        make_claim(quotation=make_quotation(snapshot=make_snapshot(source=one)))
        for one in (loser, winner)
    ]
    for one in (loser, winner):
        make_capture(source=one, status="failed")

    def counted(source: Source) -> list[int]:
        nouns = ("claims", "quotations", "snapshots", "captures")
        lists = [editor.read(f"{noun}/", source=source.pk).json()["results"] for noun in nouns]
        return [len(rows) for rows in lists]

    merged = editor.send(
        f"sources/{loser.pk}/merge/", {"into": winner.pk, "reason": "The wire's own page."}
    )
    assert merged.json()["id"] == winner.pk
    assert counted(winner) == [2, 2, 2, 2]
    assert counted(loser) == [1, 1, 1, 1]
    assert editor.read(f"sources/{winner.pk}/").json()["addresses"] == [loser.canonical_url]
    assert editor.read(f"claims/{claims[0].pk}/").json()["source"]["id"] == loser.pk

    parted = editor.send(f"sources/{loser.pk}/unmerge/", {"reason": "Two pages after all."})
    assert (parted.status_code, parted.json()["merged_into"]) == (200, None)
    assert counted(winner) == [1, 1, 1, 1]


def test_claims_are_found_by_the_outlet_that_stands(editor: Door) -> None:
    wire, paper = make_organisation(), make_organisation()
    loser, winner = make_source(outlet=paper), make_source(outlet=wire)
    make_claim(quotation=make_quotation(snapshot=make_snapshot(source=loser)))

    def counted() -> list[int]:
        lists = [editor.read("claims/", outlet=one.slug).json()["results"] for one in (paper, wire)]
        return [len(rows) for rows in lists]

    assert counted() == [1, 0]
    editor.send(f"sources/{loser.pk}/merge/", {"into": winner.pk, "reason": "One page."})
    assert counted() == [0, 1]


def test_a_judge_learns_nothing_by_another_record_of_the_page(judge: Door, editor: Door) -> None:
    quoted, standing, twin = make_source(), make_source(), make_source()
    for one in (quoted, twin):
        editor.send(f"sources/{one.pk}/merge/", {"into": standing.pk, "reason": "One page."})
    open_page = make_source()
    make_capture(source=open_page, status="ok", found={"addresses": [standing.canonical_url]})
    claim = make_claim(quotation=make_quotation(snapshot=make_snapshot(source=quoted)))
    make_snapshot(source=quoted, text="What stands there today.")
    make_snapshot(source=twin, text="What the wire has of it.")
    round = make_round(proposition=claim.proposition)
    assert round.state == "open"

    for one in (quoted, standing, twin):
        assert judge.read(f"sources/{one.pk}/").status_code == 404
    seen = [row["id"] for row in judge.read("snapshots/").json()["results"]]
    assert seen == list(open_page.snapshots.values_list("pk", flat=True))
    assert judge.read(f"sources/{open_page.pk}/").json()["same_page"] == []
    assert len(editor.read(f"sources/{open_page.pk}/").json()["same_page"]) == 1
