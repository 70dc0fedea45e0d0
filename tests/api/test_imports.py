"""Imports over REST: a file in, a job, and every fault by its line."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import API, Door, claim_body
from tests.importing import json_lines, row, table
from tracker.actions.imports import perform
from tracker.models import Claim, Import

pytestmark = pytest.mark.django_db


def carried_out(answer: Any) -> Any:
    """The answer to a request for an import, once a worker has had it."""
    assert answer.status_code == 202, answer.content
    return perform(run=Import.objects.get(pk=answer.json()["id"]))


def form(door: Door, data: bytes, name: str = "claims.csv", **fields: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return door.post(f"{API}/imports/", {"file": file, **fields}, format="multipart")


def test_a_coder_imports_a_table_and_reads_how_it_went(coder: Door) -> None:
    asked = coder.send_raw("imports/", table([row()]), "text/csv")
    carried_out(asked)

    told = coder.read(f"imports/{asked.json()['id']}/").json()

    assert (told["state"], told["rows_written"], told["faults"]) == ("done", 1, [])
    assert Claim.objects.get().external_id == "a-1"


def test_a_second_import_finds_what_is_there(coder: Door) -> None:
    carried_out(coder.send_raw("imports/", table([row()]), "text/csv"))

    again = carried_out(form(coder, table([row(), row(external_id="a-2", speaker__role="x")])))
    changed = carried_out(form(coder, table([row(speaker__person="Bo Other")])))

    assert (again.state, again.rows_there, again.rows_written) == ("done", 1, 1)
    assert "its speaker.person is “Ada Analyst”, not “Bo Other”" in changed.faults.get().message


def test_json_lines_are_the_bodies_that_log_one_claim(coder: Door) -> None:
    bodies = [claim_body(), {**claim_body(speaker__person={"name": "Bo"}), "external_id": 7}]
    refused = carried_out(coder.send_raw("imports/", json_lines(bodies), "application/x-ndjson"))
    bodies[1]["external_id"] = "7"

    run = carried_out(coder.send_raw("imports/", json_lines(bodies), "application/x-ndjson"))

    assert refused.faults.values_list("line", "field", "code").get() == (
        2,
        "external_id",
        "invalid",
    )
    assert (run.state, Claim.objects.count()) == ("done", 2)


def test_faults_come_whole_as_a_table_that_computes_nothing(coder: Door) -> None:
    asked = coder.send_raw("imports/", b"=cmd\n1\n", "text/csv")
    carried_out(asked)

    answer = coder.read(f"imports/{asked.json()['id']}/faults/")

    body = b"".join(answer.streaming_content).decode()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert body.splitlines()[1].startswith("1,'=cmd,unknown_field,")


def test_a_dry_run_can_be_followed_by_the_same_file_for_real(coder: Door) -> None:
    asked = form(coder, table([row()]), dry_run="true")
    assert carried_out(asked).state == "checked"
    assert not Claim.objects.exists()

    again = coder.send(f"imports/{asked.json()['id']}/retry/")

    assert carried_out(again).state == "done"
    assert coder.send(f"imports/{asked.json()['id']}/retry/").status_code == 409


def test_only_what_no_worker_has_begun_can_be_cancelled(coder: Door) -> None:
    asked = coder.send_raw("imports/?dry_run=true", table([row()]), "text/csv")
    path = f"imports/{asked.json()['id']}/cancel/"

    assert coder.send(path).json()["state"] == "cancelled"
    assert coder.send(path).json()["code"] == "forbidden_move"
    assert carried_out(asked).state == "cancelled"


def test_judges_import_nothing_and_see_nobodys_imports(coder: Door, judge: Door) -> None:
    mine = coder.send_raw("imports/", table([row()]), "text/csv").json()

    assert judge.send_raw("imports/", table([row()]), "text/csv").status_code == 403
    assert judge.read(f"imports/{mine['id']}/").status_code == 404
    assert judge.read("imports/").json()["results"] == []


REFUSED: dict[str, tuple[bytes, str, str, int]] = {
    "an empty body": (b"", "text/csv", "", 400),
    "a type that is not taken": (b"{}", "application/json", "", 415),
    "a word for a truth": (b"a\n1\n", "text/csv", "?dry_run=maybe", 400),
    "a parameter that is none": (b"a\n1\n", "text/csv", "?really=true", 400),
    "a form without a file": (b"--x--\r\n", "multipart/form-data; boundary=x", "", 400),
    "a form that broke off": (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na\n1\n',
        "multipart/form-data; boundary=x",
        "",
        400,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_no_import_is_made_of(case: str, coder: Door) -> None:
    body, media_type, query, status = REFUSED[case]

    answer = coder.send_raw(f"imports/{query}", body, media_type)

    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]
    assert not Import.objects.exists()


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(coder: Door) -> None:
    length = str(2**40)

    answer = coder.generic("POST", f"{API}/imports/", b"a\n", "text/csv", CONTENT_LENGTH=length)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not Import.objects.exists()


def test_a_file_without_a_known_ending_needs_its_format(coder: Door) -> None:
    answer = form(coder, table([row()]), "claims.xlsx")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "format"

    assert carried_out(form(coder, table([row()]), "claims.xlsx", format="csv")).state == "done"
    assert json.loads(BytesIO(coder.read("imports/").content).read())["results"]
