"""`import`: refused with a sentence where the record is not empty."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_source

pytestmark = pytest.mark.django_db


def test_a_record_is_not_imported_over_another(tmp_path: Path) -> None:
    make_source()

    with pytest.raises(CommandError, match="import into a new database"):
        call_command("import", str(tmp_path))


def test_what_is_no_export_is_refused_by_the_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"users\.jsonl is missing"):
        call_command("import", str(tmp_path))
