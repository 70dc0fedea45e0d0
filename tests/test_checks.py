"""Each system check has an id, a hint, and a set-up that it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection
from pytest_django.fixtures import Settings

from tracker import checks


def ids() -> list[str | None]:
    return [message.id for message in run_checks(databases=["default"]) if message.id]


def test_a_postgresql_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "get_database_version", lambda: (14, 9))

    (message,) = checks.postgresql_is_recent(None, databases=["default"])

    assert (message.id, "PostgreSQL 14" in message.msg) == ("tracker.E001", True)
    assert "15 or newer" in str(message.hint)


@pytest.mark.parametrize("judges", [0, 6])
def test_a_number_of_judges_that_is_no_panel_is_refused(settings: Settings, judges: int) -> None:
    settings.TRACKER_JUDGES = judges

    assert [message.id for message in checks.judges_are_a_panel(None)] == ["tracker.E002"]


def test_a_lost_lexicon_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checks, "LEXICON", tmp_path / "hedges.csv")

    assert [message.id for message in checks.lexicon_is_there(None)] == ["tracker.E003"]


@pytest.mark.django_db
def test_this_checkout_passes_every_check() -> None:
    assert ids() == []
