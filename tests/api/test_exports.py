"""Exports: the same bytes every time, nothing that a spreadsheet computes, and back again whole."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from tests.api.conftest import Door, claim_body
from tests.builders import make_claim, make_reading, make_resolution, make_verdict
from tests.importing import faults, imported
from tracker.models import Claim

pytestmark = pytest.mark.django_db


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    found: bytes = answer.getvalue()
    return found


def logged(coder: Door) -> None:
    condition = {"statement": "The truce ends.", "criteria": "Shots.", "deadline": "2016-05-01"}
    hops = [{"mode": "translated", "outlet": "The Wire"}, {"mode": "paraphrase", "channel": "call"}]
    coder.send("claims/", claim_body(note="=1+1", probability=0.8, quotation__hops=hops))
    coder.send(
        "claims/",
        claim_body(speaker__person="Bo Other", proposition__condition=condition, freeze=False),
    )
    assert Claim.objects.count() == 2


def test_cells_that_a_spreadsheet_would_compute_are_marked(coder: Door) -> None:
    logged(coder)

    rows = list(csv.DictReader(io.StringIO(body(coder.read("exports/claims.csv")).decode())))

    assert [row["note"] for row in rows] == ["'=1+1", ""]
    assert rows[0]["probability.point"] == "0.8"
    assert rows[0]["quotation.said_on"] == "2016-04-11"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_our_own_export_is_there_already_when_it_comes_back(coder: Door, form: str) -> None:
    logged(coder)
    sent = body(coder.read(f"exports/claims.{form}"))

    run = imported(sent, format=form)

    assert (run.state, run.rows_there, faults(run)) == ("done", 2, [])


def test_the_package_names_the_hash_of_every_file(coder: Door) -> None:
    logged(coder)
    claim = Claim.objects.get(state="draft")
    make_reading(claim=claim)
    make_verdict()

    packed = zipfile.ZipFile(io.BytesIO(body(coder.read("exports/all.zip"))))

    described = json.loads(packed.read("datapackage.json"))
    assert len(described["resources"]) == 6
    for one in described["resources"]:
        data = packed.read(one["path"])
        assert one["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert one["bytes"] == len(data)
        assert data == body(coder.read(f"exports/{one['path']}"))
    assert json.loads(body(coder.read("exports/datapackage.json"))) == described
    assert body(coder.read("exports/all.zip")) == body(coder.read("exports/all.zip"))


def test_claims_take_the_filters_of_their_list_and_no_others(coder: Door) -> None:
    logged(coder)

    draft = body(coder.read("exports/claims.jsonl", state="draft")).splitlines()

    assert [json.loads(line)["speaker"]["person"]["name"] for line in draft] == ["Bo Other"]
    assert coder.read("exports/claims.csv", colour="red").status_code == 400
    assert coder.read("exports/claims.csv", kind="prophecy").status_code == 400
    assert coder.read("exports/codes.csv", kind="forecast").status_code == 400


def test_the_public_reads_what_is_published_and_nobody_else_without_leave(
    public: Door, settings: Any
) -> None:
    make_claim(state="draft", frozen_at=None)
    make_resolution(published_at=None, published_by=None)

    assert body(public.read("exports/claims.jsonl")) == b""
    assert body(public.read("exports/resolutions.jsonl")) == b""
    settings.TRACKER_PUBLIC_READ = False
    assert public.read("exports/claims.csv").status_code in (401, 403)
