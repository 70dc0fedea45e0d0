"""Captures: asked for, listed by what became of them, tried again, given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_capture, make_snapshot, make_source
from tracker.domain.captures import CaptureStatus
from tracker.models import Capture


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid"),
        ({"source": 10**6}, 422, "unknown"),
        ({"url": "ftp://paper.example/a"}, 422, "bad_address"),
        ({"method": "upload"}, 400, "invalid"),
    ],
    ids=["no source", "an unknown source", "no web page", "an unknown field"],
)
def test_what_cannot_be_fetched_is_refused(
    coder: Door, body: dict[str, Any], status: int, code: str
) -> None:
    if "url" in body or "method" in body:
        body = {"source": make_source().pk, **body}

    answer = coder.send("captures/", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Capture.objects.exists()


def test_a_source_without_an_address_needs_one(coder: Door) -> None:
    source = make_source(url="", canonical_url="")

    refused = coder.send("captures/", {"source": source.pk})
    taken = coder.send("captures/", {"source": source.pk, "url": "https://paper.example/a"})

    assert refused.json()["errors"][0]["field"] == "url"
    assert taken.json()["requested_url"] == "https://paper.example/a"


def test_an_archives_link_is_asked_for_as_one(coder: Door) -> None:
    link = "https://web.archive.org/web/20160411083000/https://paper.example/a"
    source = coder.send("sources/", {"url": link, "title": "Siege"}).json()
    assert source["url"] == "https://paper.example/a"

    asked = coder.send("captures/", {"source": source["id"], "url": link}).json()

    assert (asked["method"], asked["requested_url"]) == ("wayback", link)
    assert (asked["found"], asked["differs"]) == ({}, {})


def test_a_capture_with_proposals_is_read_in_a_fixed_number_of_queries(
    coder: Door, django_assert_num_queries: Any
) -> None:
    found = {"title": "Siege ahead", "outlet": "The Wire", "address": "https://wire.example/9"}
    plain, told = make_capture(status="ok"), make_capture(status="ok", found=found)
    coder.read(f"captures/{plain.pk}/")

    with django_assert_num_queries(3):  # the capture, and two kinds of addresses
        answer = coder.read(f"captures/{told.pk}/").json()

    assert set(answer["differs"]) == set(found)


def test_a_second_request_meets_the_first(coder: Door) -> None:
    source = make_source()
    first = coder.send("captures/", {"source": source.pk})

    second = coder.send("captures/", {"source": source.pk})

    assert first.status_code == 201
    assert first.json()["status"] == "queued"
    assert first.json()["source"]["id"] == source.pk
    assert coder.get(first["Location"]).json() == first.json()
    assert (second.status_code, second.json()["code"]) == (409, "capture_under_way")


def test_what_failed_is_listed_with_its_reason(coder: Door) -> None:
    made = {status: make_capture(status=status) for status in CaptureStatus}

    found = coder.read("captures/", status="failed").json()["results"]

    assert [row["id"] for row in found] == [made[CaptureStatus.FAILED].pk]
    assert found[0]["reason"] == made[CaptureStatus.FAILED].reason
    ended = coder.read("captures/", ended="true").json()["results"]
    assert {row["status"] for row in ended} == {"ok", "failed", "blocked", "withdrawn"}


def test_a_capture_leads_to_its_snapshot(coder: Door) -> None:
    snapshot = make_snapshot()
    capture = make_capture(status="ok", source=snapshot.source, snapshot=snapshot)

    found = coder.read(f"captures/{capture.pk}/").json()

    assert (found["snapshot"], found["bytes_sha256"]) == (snapshot.pk, capture.bytes_sha256)


def test_only_what_failed_is_tried_again(coder: Door) -> None:
    kept, failed = make_capture(status="ok"), make_capture(status="failed")

    refused = coder.send(f"captures/{kept.pk}/retry/")
    taken = coder.send(f"captures/{failed.pk}/retry/")

    assert (refused.status_code, refused.json()["code"]) == (409, "forbidden_move")
    assert (taken.status_code, taken.json()["status"]) == (200, "queued")


def test_giving_up_keeps_the_reason(coder: Door) -> None:
    capture = make_capture()

    given_up = coder.send(f"captures/{capture.pk}/withdraw/", {"reason": "Paywall."})

    assert (given_up.json()["status"], given_up.json()["reason"]) == ("withdrawn", "Paywall.")


def test_the_public_sees_no_capture(public: Door, door: Callable[[str], Door]) -> None:
    capture = make_capture()

    assert public.read(f"captures/{capture.pk}/").status_code == 404
    assert public.read("captures/").json()["results"] == []
    assert door("judge").read(f"captures/{capture.pk}/").status_code == 200
