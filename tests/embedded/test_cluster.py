"""The private server starts once, is joined by the rest, and loses nothing when it is killed."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tracker.embedded.binaries import ClusterError
from tracker.embedded.cluster import DATABASE, USER, Cluster

ROOT = Path(__file__).resolve().parents[2]
ENSURE = """
import sys
from pathlib import Path
from tests.embedded.test_cluster import question
from tracker.embedded.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.ensure()
print(cluster.status().pid, question(cluster, "SELECT 1"))
"""


def question(cluster: Cluster, sql: str) -> object:
    address = make_conninfo(host=str(cluster.socket_folder), user=USER, dbname=DATABASE)
    with psycopg.connect(address) as connection:
        cursor = connection.execute(sql.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that has been made and stopped, for others to copy."""
    cluster = Cluster(tmp_path_factory.mktemp("made") / "postgres", durable=False)
    cluster.ensure()
    cluster.stop()
    yield cluster


@pytest.fixture
def copied(made: Cluster, tmp_path: Path) -> Iterator[Callable[[str], Cluster]]:
    clusters = []

    def copy(folder: str = "postgres", *, durable: bool = False) -> Cluster:
        cluster = Cluster(tmp_path / folder, durable=durable)
        shutil.copytree(made.data, cluster.data)
        cluster.folder.chmod(0o700)
        clusters.append(cluster)
        return cluster

    yield copy
    for cluster in clusters:
        cluster.stop()


def test_a_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(ClusterError, match="/dev/null/postgres cannot be written"):
        Cluster(Path("/dev/null/postgres")).ensure()


def test_data_of_another_version_is_refused(copied: Callable[..., Cluster]) -> None:
    cluster = copied()
    (cluster.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(ClusterError, match="made by PostgreSQL 12"):
        cluster.ensure()


def test_a_server_that_cannot_start_says_why(copied: Callable[..., Cluster]) -> None:
    cluster = copied()
    (cluster.data / "postgresql.conf").write_text("max_connections = many\n")

    with pytest.raises(ClusterError, match=r"PostgreSQL did not start.*server\.log"):
        cluster.ensure()


def test_stopping_what_was_never_made_makes_nothing(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres")

    assert cluster.stop() is False
    assert not cluster.folder.exists()


def test_the_server_starts_is_joined_and_stops(copied: Callable[..., Cluster]) -> None:
    cluster = copied()

    assert cluster.status().pid is None
    cluster.ensure()
    first = cluster.status().pid
    cluster.ensure()
    cluster.ensure(suspicious=True)

    assert cluster.status().pid == first
    assert cluster.stop() is True
    assert cluster.status().pid is None


def test_only_the_owner_may_enter_and_nobody_listens_on_the_network(
    copied: Callable[..., Cluster],
) -> None:
    cluster = copied()
    socket_folder = cluster.ensure()

    assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
    assert question(cluster, "SHOW listen_addresses") == ""
    assert question(cluster, "SHOW timezone") == "UTC"


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
@pytest.mark.parametrize(("durable", "value"), [(True, "on"), (False, "off")])
def test_only_a_throw_away_server_does_not_wait_for_the_disk(
    copied: Callable[..., Cluster], setting: str, durable: bool, value: str
) -> None:
    cluster = copied(durable=durable)
    cluster.ensure()

    assert question(cluster, f"SHOW {setting}") == value


def test_names_sort_and_fold_alike_on_every_machine(copied: Callable[..., Cluster]) -> None:
    cluster = copied()
    cluster.ensure()

    assert question(cluster, "SELECT upper('žižek')") == "ŽIŽEK"
    assert question(cluster, "SHOW server_encoding") == "UTF8"


def test_eight_processes_at_once_share_one_server(copied: Callable[..., Cluster]) -> None:
    cluster = copied()
    command = [sys.executable, "-c", ENSURE, str(cluster.folder)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(8)
    ]

    answers = {process.communicate()[0].strip() for process in started}

    assert answers == {f"{cluster.status().pid} 1"}


def test_a_killed_server_comes_back_with_every_committed_row(
    copied: Callable[..., Cluster],
) -> None:
    cluster = copied(durable=True)
    cluster.ensure()
    question(cluster, "CREATE TABLE kept AS SELECT 7 AS number")
    killed = cluster.status().pid
    assert killed

    os.kill(killed, signal.SIGKILL)
    cluster.ensure(suspicious=True)

    assert cluster.status().pid != killed
    assert question(cluster, "SELECT number FROM kept") == 7


def test_a_number_that_another_process_has_inherited_is_no_server(
    copied: Callable[..., Cluster],
) -> None:
    cluster = copied()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")

    assert cluster.status().pid is None
    cluster.ensure()
    assert question(cluster, "SELECT 1") == 1


def test_a_long_path_moves_the_socket_to_a_short_one(copied: Callable[..., Cluster]) -> None:
    cluster = copied("long-" * 25 + "/postgres")

    socket_folder = cluster.ensure()

    assert socket_folder.parent == Path("/tmp")
    assert question(cluster, "SELECT 1") == 1
    cluster.stop()
    socket_folder.rmdir()


def test_a_server_whose_socket_was_tidied_away_is_started_anew(
    copied: Callable[..., Cluster],
) -> None:
    cluster = copied()
    shutil.rmtree(cluster.ensure())

    cluster.ensure()

    assert question(cluster, "SELECT 1") == 1


def test_a_short_folder_of_somebody_else_is_refused(copied: Callable[..., Cluster]) -> None:
    cluster = copied("long-" * 25 + "/postgres")
    cluster.socket_folder.symlink_to("/var")

    with pytest.raises(ClusterError, match="belongs to somebody else"):
        cluster.ensure()
    cluster.socket_folder.unlink()
