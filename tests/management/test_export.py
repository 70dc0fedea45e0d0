"""`export`: a file for each noun, and how many rows it holds."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.builders import make_claim


@pytest.mark.django_db
def test_every_noun_is_written_and_counted(tmp_path: Path) -> None:
    make_claim()
    out = io.StringIO()

    call_command("export", str(tmp_path), stdout=out)

    rows = dict(line.split() for line in out.getvalue().splitlines())
    assert (rows["claim.jsonl"], rows["resolution.jsonl"]) == ("1", "0")
    assert set(rows) == {path.name for path in tmp_path.iterdir()}
