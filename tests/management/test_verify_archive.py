"""`verify_archive`: every damaged or missing file is named, and the exit status tells."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from tests.builders import make_capture
from tracker.intake.archive import name_of, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The archive of this test alone."""
    archive = {**settings.STORAGES["archive"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "archive": archive}
    return tmp_path


def captured(page: bytes, status: str = "ok") -> Any:
    digest = put(storages["archive"], page)
    kept = make_capture(status="ok", bytes_sha256=digest, size=len(page))
    kept.status = status
    kept.save(update_fields=["status"])
    return kept


def ran(*options: str) -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("verify_archive", *options, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def test_an_archive_that_cannot_be_listed_is_no_archive_in_order(folder: Path) -> None:
    (folder / "captures").write_text("a file where the folder should be")

    with pytest.raises(CommandError, match="cannot be listed"):
        call_command("verify_archive", stdout=io.StringIO())


def test_damaged_missing_and_withdrawn_files_are_named(folder: Path) -> None:
    forged, lost = captured(b"forged", status="withdrawn"), captured(b"lost")
    captured(b"sound")
    (folder / name_of(forged.bytes_sha256)).write_bytes(b"other")
    (folder / name_of(lost.bytes_sha256)).unlink()

    said, status = ran()

    assert status == 1
    assert f"damaged: {name_of(forged.bytes_sha256)} (captures {forged.pk})" in said
    assert f"missing: {name_of(lost.bytes_sha256)} (captures {lost.pk})" in said
    assert "3 files checked, 2 not in order, 0 unreferenced." in said


def test_what_no_capture_names_is_listed_and_is_no_fault(folder: Path) -> None:
    captured(b"sound")
    orphan = name_of(put(storages["archive"], b"orphan"))
    (folder / "captures" / ".draft-x").write_bytes(b"half a file of a worker that died")

    said, status = ran()

    assert status == 0
    assert f"unreferenced: {orphan}\n" in said
    assert "unreferenced: captures/.draft-x\n" in said
    assert "1 files checked, 0 not in order, 2 unreferenced." in said


def test_machines_read_one_object_a_line(folder: Path) -> None:
    lost = captured(b"lost")
    (folder / name_of(lost.bytes_sha256)).unlink()
    orphan = name_of(put(storages["archive"], b"orphan"))

    said, status = ran("--json")

    assert status == 1
    assert [json.loads(line) for line in said.splitlines()] == [
        {
            "damage": "missing",
            "name": name_of(lost.bytes_sha256),
            "sha256": lost.bytes_sha256,
            "captures": [lost.pk],
        },
        {"unreferenced": orphan},
        {"checked": 1, "damaged": 1, "unreferenced": 1},
    ]
