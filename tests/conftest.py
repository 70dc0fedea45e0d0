"""One throw-away PostgreSQL per test run, made by the code that makes the real one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tracker.embedded.cluster import Cluster

# The first process of a run tells the others where the run's files are.
FOLDER = "TRACKER_TEST_FOLDER"


def pytest_configure(config: pytest.Config) -> None:
    """Point the settings at the run's own folder before Django opens anything."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = config.stash[_made] = tempfile.mkdtemp(prefix="tracker-")
        # An account that the server may have to run as must be able to come in.
        Path(os.environ[FOLDER]).chmod(0o711)
    folder = Path(os.environ[FOLDER])
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if settings.EMBEDDED_CLUSTER:
        settings.EMBEDDED_CLUSTER = Cluster(folder / "postgres", durable=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what the run has made."""
    folder = config.stash.get(_made, None)
    if folder is None:
        return
    del os.environ[FOLDER]
    Cluster(Path(folder) / "postgres", durable=False).stop()
    shutil.rmtree(folder)


_made = pytest.StashKey[str]()
