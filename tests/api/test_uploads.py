"""Files over HTTP: a whole form or nothing, and the bytes again for those who may have them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.actions.capturing import PAGE, files
from tests.actions.conftest import folder
from tests.api.conftest import API, Door
from tests.builders import (
    make_capture,
    make_claim,
    make_quotation,
    make_round,
    make_snapshot,
    make_source,
)
from tracker.models import Capture, Source

__all__ = ["folder"]  # a fixture

ELSEWHERE = "https://paper.example/a"
FORM = (
    b'--cut\r\nContent-Disposition: form-data; name="url"\r\n\r\nhttps://paper.example/a\r\n'
    b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n'
    b"Content-Type: text/html\r\n\r\n" + PAGE + b"\r\n--cut--\r\n"
)


def send(door: Door, data: bytes = PAGE, name: str = "page.html", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return door.post(f"{API}/captures/", {"file": file, **fields}, format="multipart")


@pytest.fixture(autouse=True)
def _clean(folder: Path) -> None:
    """The archive of each test is its own."""


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        pytest.param({"data": b""}, 422, "required", id="an empty file"),
        pytest.param({"data": b"a" * 10_000_001}, 413, "file_too_large", id="too large"),
        pytest.param({"data": b"a" * 10_300_000}, 413, "too_large", id="larger than any form"),
        pytest.param({"data": b"PK\x03\x04", "name": "a.html"}, 422, "wrong_kind", id="misnamed"),
        pytest.param({"data": b"<p>Menu</p>"}, 422, "nothing_to_read", id="no article"),
        pytest.param({"source": 10**6}, 422, "unknown", id="an unknown source"),
        pytest.param({"url": "ftp://x"}, 422, "bad_address", id="no web page"),
        pytest.param({"captured_at": "yesterday"}, 400, "invalid", id="no time"),
        pytest.param({"captured_at": "2999-01-01T00:00:00Z"}, 422, "unknown_value", id="later"),
        pytest.param({"method": "fetch"}, 400, "invalid", id="an unknown field"),
    ],
)
def test_a_file_that_cannot_be_evidence_is_refused_and_nothing_is_kept(
    coder: Door, fields: dict[str, Any], status: int, code: str, folder: Path
) -> None:
    answer = send(coder, **fields)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Capture.objects.exists()
    assert not Source.objects.exists()
    assert not files(folder)


def test_a_form_without_a_file_is_refused_by_field(coder: Door) -> None:
    answer = coder.post(f"{API}/captures/", {"url": ELSEWHERE}, format="multipart")

    assert answer.json()["errors"][0]["field"] == "file"


@pytest.mark.parametrize("cut", [20, 300, len(FORM) - 12])
def test_a_form_that_broke_off_is_not_taken_for_a_whole_one(coder: Door, cut: int) -> None:
    answer = coder.send_raw("captures/", FORM[:cut], "multipart/form-data; boundary=cut")

    assert answer.status_code == 400
    assert answer.json()["detail"] == "The form broke off: send it again."
    assert not Capture.objects.exists()


def test_a_file_may_come_without_a_file_name(coder: Door) -> None:
    unnamed = re.sub(rb'; filename="[^"]*"', b"", FORM)

    answer = coder.send_raw("captures/", unnamed, "multipart/form-data; boundary=cut")

    assert unnamed != FORM
    assert answer.status_code == 201, answer.content


def test_a_whole_form_is_taken(coder: Door) -> None:
    answer = coder.send_raw("captures/", FORM, "multipart/form-data; boundary=cut")

    assert answer.status_code == 201, answer.content


@pytest.mark.parametrize("kind", ["text/html", "application/x-www-form-urlencoded"])
def test_a_body_of_another_kind_is_refused(coder: Door, kind: str) -> None:
    assert coder.send_raw("captures/", PAGE, kind).status_code == 415


def test_a_judge_uploads_nothing(judge: Door, folder: Path) -> None:
    assert send(judge, url=ELSEWHERE).status_code == 403
    assert not files(folder)


def test_an_upload_answers_with_the_capture_and_what_the_page_says(coder: Door) -> None:
    answer = send(coder, url=ELSEWHERE, title="My title", outlet="The Paper", bylines=["Jo", "Bo"])

    made = answer.json()
    assert (answer.status_code, made["method"], made["status"]) == (201, "upload", "ok")
    assert made["source"]["title"] == "My title"
    assert made["found"]["title"] == "Siege ahead"
    assert made["differs"]["title"] == {"filed": "My title", "page": "Siege ahead"}
    assert made["differs"]["bylines"] == {"filed": ["Jo", "Bo"], "page": ["Ada Byline"]}
    assert coder.read(f"snapshots/{made['snapshot']}/").json()["method"] == "upload"
    assert coder.get(answer["Location"]).json() == made


def test_a_file_belongs_to_the_source_that_is_named(coder: Door) -> None:
    source = make_source()

    made = send(coder, source=source.pk, captured_at="2016-04-11T08:30:00Z").json()

    assert made["source"]["id"] == source.pk
    taken = coder.read(f"snapshots/{made['snapshot']}/").json()["captured_at"]
    assert taken == "2016-04-11T08:30:00Z"


# --- the bytes again ---


def original(door: Door, capture: Any) -> Any:
    return door.read(f"captures/{capture}/bytes/")


def test_bytes_are_handed_out_as_a_file_that_no_browser_runs(coder: Door) -> None:
    made = send(coder, url=ELSEWHERE).json()["id"]

    answer = original(coder, made)

    assert answer.content == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="capture-{made}.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_bytes_are_for_coders_and_editors(
    coder: Door, judge: Door, public: Door, door: Callable[[str], Door]
) -> None:
    made = send(coder, url=ELSEWHERE).json()["id"]

    statuses = [original(one, made).status_code for one in (judge, public, door("stranger"))]

    assert statuses == [403, 404, 404]
    assert original(door("editor"), made).status_code == 200


def test_a_judge_is_not_told_of_bytes_that_would_give_a_case_away(judge: Door) -> None:
    claim = make_claim(quotation=make_quotation(snapshot=make_snapshot()))
    make_round(proposition=claim.proposition)
    snapshot = claim.quotation.snapshot
    capture = make_capture(source=snapshot.source, snapshot=snapshot, status="ok")

    assert original(judge, capture.pk).status_code == 404


def test_withdrawn_bytes_are_gone(coder: Door, editor: Door) -> None:
    made = send(coder, url=ELSEWHERE).json()["id"]
    why = {"reason": "Under copyright."}
    assert coder.send(f"captures/{made}/withdraw/", why).status_code == 403

    gone = editor.send(f"captures/{made}/withdraw/", why)

    assert gone.json()["status"] == "withdrawn"
    assert len(gone.json()["bytes_sha256"]) == 64
    answer = original(editor, made)
    assert (answer.status_code, answer.json()["code"]) == (410, "bytes_withdrawn")
    assert answer["Content-Type"] == "application/problem+json"


def test_lost_bytes_say_what_to_do(coder: Door, folder: Path) -> None:
    made = send(coder, url=ELSEWHERE).json()["id"]
    for file in files(folder):
        file.unlink()

    answer = original(coder, made)

    assert (answer.status_code, answer.json()["code"]) == (503, "bytes_missing")
    assert original(coder, make_capture().pk).json()["code"] == "not_found"


# --- taking over what the page says ---


def test_only_editors_take_over_what_the_page_says_and_only_what_it_says(
    coder: Door, editor: Door
) -> None:
    made = send(coder, url=ELSEWHERE, title="My title").json()["id"]

    refused = coder.send(f"captures/{made}/accept/", {"fields": ["title"]})
    unknown = editor.send(f"captures/{made}/accept/", {"fields": ["note"]})
    empty = editor.send(f"captures/{made}/accept/", {})

    assert (refused.status_code, unknown.status_code, empty.status_code) == (403, 422, 400)
    assert unknown.json()["errors"][0]["pointer"] == "#/fields"


def test_what_is_taken_over_differs_no_more(coder: Door, editor: Door) -> None:
    made = send(coder, url=ELSEWHERE, title="My title").json()["id"]

    taken = editor.send(f"captures/{made}/accept/", {"fields": ["title"], "reason": "So it says."})

    assert taken.json()["differs"] == {}
    assert taken.json()["source"]["title"] == "Siege ahead"
