"""The record in files: it comes back to the byte, into an empty database only."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.builders import make_source
from tracker.actions import scores
from tracker.actions.record_files import NOUNS, PEOPLE, read_record, write_record
from tracker.domain.errors import Conflict
from tracker.domain.imports import BadFile
from tracker.models import Claim, ScoreItem, User

pytestmark = pytest.mark.django_db


def written(folder: Path) -> dict[str, bytes]:
    write_record(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def emptied() -> None:
    """Take everything away that is on record, and everybody."""
    tables = ", ".join(noun._meta.db_table for noun in (*NOUNS, User))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_record_that_is_not_empty_takes_no_other(tmp_path: Path) -> None:
    make_source()

    with pytest.raises(Conflict, match="not empty"):
        read_record(by=None, folder=tmp_path)


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"users\.jsonl is missing"):
        read_record(by=None, folder=tmp_path)

    (tmp_path / PEOPLE).write_text("")
    (tmp_path / "topic.jsonl").write_text("{not json\n")
    with pytest.raises(BadFile, match=r"topic\.jsonl"):
        read_record(by=None, folder=tmp_path)


@pytest.mark.long
def test_the_worked_example_comes_back_to_the_byte(tmp_path: Path) -> None:
    call_command("loaddata", "aleppo_2016", verbosity=0)
    first = written(tmp_path / "first")
    items = ScoreItem.objects.count()
    emptied()

    read_record(by=None, folder=tmp_path / "first")

    assert written(tmp_path / "second") == first
    assert (Claim.objects.count(), ScoreItem.objects.count()) == (39, items)
    assert scores.differences() == 0
    assert not User.objects.filter(is_active=True).exists()
