"""System checks: what can be wrong with a set-up, each with an id and a hint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

OLDEST_POSTGRESQL = 15
MOST_JUDGES = 5
LEXICON = Path(__file__).parent / "data" / "hedges.csv"


@register(Tags.database)
def postgresql_is_recent(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse servers that lack what the migrations use."""
    versions = [connections[alias].get_database_version() for alias in databases or ()]
    return [
        Error(
            f"PostgreSQL {version[0]} is too old.",
            hint=f"Use PostgreSQL {OLDEST_POSTGRESQL} or newer, or unset DATABASE_URL.",
            id="tracker.E001",
        )
        for version in versions
        if version < (OLDEST_POSTGRESQL,)
    ]


@register()
def judges_are_a_panel(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a number of judges that no round can have."""
    if 1 <= settings.TRACKER_JUDGES <= MOST_JUDGES:
        return []
    return [
        Error(
            f"TRACKER_JUDGES={settings.TRACKER_JUDGES} is not a panel.",
            hint=f"Write a number from 1 to {MOST_JUDGES}; 2 is the codebook's.",
            id="tracker.E002",
        )
    ]


@register()
def lexicon_is_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a copy of the project that has lost its hedge lexicon."""
    if LEXICON.is_file():
        return []
    return [
        Error(
            f"The hedge lexicon {LEXICON} is missing.",
            hint="Restore it from the repository: no hedge can be read without it.",
            id="tracker.E003",
        )
    ]
