"""A newspaper on this machine, and an archive of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.intake.servers import Site, serving


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The archive of this test alone."""
    archive = {**settings.STORAGES["archive"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "archive": archive}
    return tmp_path


@pytest.fixture
def site(settings: Any, folder: Path) -> Iterator[Site]:
    """A newspaper on this machine, which captures may reach."""
    with serving() as site:
        settings.TRACKER_FETCH_ALLOW = [f"127.0.0.1:{site.port}"]
        yield site
