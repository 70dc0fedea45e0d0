"""Static files are collected when one of them has changed, and left alone when not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tracker.management.static import collect_static


@pytest.fixture
def source(settings: Settings, tmp_path: Path) -> Path:
    source = tmp_path / "source" / "style.css"
    source.parent.mkdir()
    source.write_text("a {}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source.parent]
    settings.STATIC_ROOT = tmp_path / "collected"
    return source


def test_unchanged_files_are_not_collected_again(source: Path, settings: Settings) -> None:
    collect_static()
    collected = settings.STATIC_ROOT / "style.css"
    collected.unlink()

    collect_static()

    assert not collected.exists()


def test_a_changed_file_is_collected_again_and_a_lost_one_is_forgotten(
    source: Path, settings: Settings
) -> None:
    source.with_name("old.css").write_text("b {}")
    collect_static()
    source.write_text("a { color: teal }")
    source.with_name("old.css").unlink()

    collect_static()

    assert (settings.STATIC_ROOT / "style.css").read_text() == "a { color: teal }"
    assert not (settings.STATIC_ROOT / "old.css").exists()
