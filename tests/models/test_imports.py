"""Imports: what the database refuses of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import CODED
from tests.importing import make_import
from tests.refusals import refused

pytestmark = pytest.mark.django_db


BROKEN: dict[str, dict[str, Any]] = {
    "import_format_known": {"format": "xlsx"},
    "import_finished_iff_ended": {"state": "done"},
    "import_dry_run_writes_nothing": {"state": "done", "finished_at": CODED, "dry_run": True},
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_database_refuses_an_import_that_breaks(rule: str) -> None:
    with refused(rule):
        make_import(**BROKEN[rule])


def test_an_unknown_state_is_neither_ended_nor_under_way() -> None:
    with refused("import_state_known", "import_finished_iff_ended"):
        make_import(state="lost")


def test_two_imports_never_share_a_uuid() -> None:
    with refused("tracker_import_uuid_key"):
        make_import(uuid=make_import().uuid)


def test_an_import_stays_on_record() -> None:
    run = make_import()

    with refused("import_never_deleted"):
        run.delete()
