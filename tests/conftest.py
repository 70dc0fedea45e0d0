"""One throw-away PostgreSQL per test run, made by the code that makes the real one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.templates import refill, start_with_migrations
from tracker.embedded.cluster import DATABASE, Cluster

# The first process of a run tells the others where the run's files are.
FOLDER = "TRACKER_TEST_FOLDER"
MADE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Point the settings at the run's own folder before Django opens anything."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = config.stash[MADE] = tempfile.mkdtemp(prefix="tracker-")
        # An account that the server may have to run as must be able to come in.
        Path(os.environ[FOLDER]).chmod(0o711)
    folder = Path(os.environ[FOLDER])
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["archive"]["OPTIONS"]["location"] = folder / "archive"
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if settings.EMBEDDED_CLUSTER:
        settings.EMBEDDED_CLUSTER = Cluster(folder / "postgres", durable=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what the run has made."""
    folder = config.stash.get(MADE, None)
    if folder is None:
        return
    del os.environ[FOLDER]
    Cluster(Path(folder) / "postgres", durable=False).stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make each test database a copy of one that has been migrated already."""
    if not settings.EMBEDDED_CLUSTER:
        return
    start_with_migrations(settings.EMBEDDED_CLUSTER, cache=settings.VAR / "test-templates")
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = DATABASE


@pytest.fixture(scope="module")
def own_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A migrated cluster for what commits, or stops its server: nobody else uses it."""
    cluster = Cluster(tmp_path_factory.mktemp("own") / "postgres", durable=False)
    start_with_migrations(cluster, cache=settings.VAR / "test-templates")
    yield cluster
    cluster.stop()


@pytest.fixture(autouse=True)
def _as_migrated(request: pytest.FixtureRequest) -> None:
    """What migrations filed stands for every test, though a committed one empties every table."""
    asks = {"db", "transactional_db"} & set(request.fixturenames)
    if not asks and request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("_django_db_helper")
    refill()


@pytest.fixture
def committed(transactional_db: None) -> None:
    """What the test writes is committed at once, and gone at its end."""
