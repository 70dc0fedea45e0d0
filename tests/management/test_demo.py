"""One command serves everything, and leaves nothing running however it ends."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from django.conf import settings

from tests.templates import environment_of
from tracker.embedded.cluster import DATABASE, USER, Cluster
from tracker.management.processes import is_alive

SERVES = "Ctrl-C stops everything."
BELONGS_TO_THE_SERVERS = ("procrastinate_", "django_session")


class Demo:
    """A demo in a process of its own, over a migrated database of its own."""

    def __init__(self, cluster: Cluster, port: int) -> None:
        self.cluster = cluster
        self.var = cluster.folder.parent
        self.port = port
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=settings.BASE_DIR,
            env=environment_of(self.var, PORT=str(port), WEB_WORKERS="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def listen(self) -> str:
        """Return what the demo says until it serves, or until it ends."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            if SERVES in line:
                break
        return "".join(self.said)

    def finish(self) -> int:
        """Return the exit code once the demo has ended and said its last."""
        self.said += self.process.communicate()[0].splitlines(keepends=True)
        return self.process.returncode

    def everyone(self) -> list[psutil.Process]:
        """The demo, the web server, the worker and the database."""
        me = psutil.Process(self.process.pid)
        database = self.cluster.status().pid
        assert database
        return [me, *me.children(recursive=True), psutil.Process(database)]

    def end(self, number: signal.Signals) -> int:
        """Send the signal and return the demo's exit code."""
        self.process.send_signal(number)
        return self.finish()

    @property
    def card(self) -> dict[str, Any]:
        """What the demo wrote for scripts."""
        found: dict[str, Any] = json.loads((self.var / "demo.json").read_text())
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def status_of(url: str, token: str = "") -> int:
    request = urllib.request.Request(
        url, headers={"Authorization": f"Token {token}"} if token else {}
    )
    with urllib.request.urlopen(request) as answer:
        return int(answer.status)


def contents(cluster: Cluster) -> dict[str, str]:
    """A fingerprint of each table's rows."""
    found = {}
    address = f"host='{cluster.ensure()}' user={USER} dbname={DATABASE}"
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            if not table.startswith(BELONGS_TO_THE_SERVERS):
                rows = f"SELECT md5(string_agg(t::text, ';' ORDER BY t::text)) FROM {table} t"
                found[table] = connection.execute(rows.encode()).fetchall()[0][0]
    return found


@pytest.fixture(scope="module")
def idle_cluster(own_cluster: Cluster) -> Cluster:
    own_cluster.stop()
    return own_cluster


@pytest.fixture(scope="class")
def serving(idle_cluster: Cluster) -> Iterator[Demo]:
    demo = Demo(idle_cluster, free_port())
    demo.listen()
    yield demo
    demo.end(signal.SIGTERM)


def test_a_busy_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = Demo(Cluster(tmp_path / "postgres"), port)

        code = demo.finish()

    said = "".join(demo.said)
    assert code == 1
    assert said.startswith(f"CommandError: Port {port} cannot be used (Address already in use)")
    assert said.endswith("for example PORT=8123 make demo.\n")
    assert not (tmp_path / "postgres").exists()


@pytest.mark.long
class TestWhileItServes:
    def test_a_second_demo_in_the_same_folder_is_refused(self, serving: Demo) -> None:
        second = Demo(serving.cluster, free_port())

        code = second.finish()

        assert code == 1
        assert f"already runs from this folder (process {serving.process.pid})" in second.said[-1]
        assert status_of(serving.card["health"]) == 200

    def test_every_address_answers(self, serving: Demo) -> None:
        addresses = {name: serving.card[name] for name in ("admin", "docs", "health")}

        assert {name: status_of(url) for name, url in addresses.items()} == {
            "admin": 200,
            "docs": 200,
            "health": 200,
        }

    def test_users_and_their_passwords_are_for_the_owner_alone(self, serving: Demo) -> None:
        users = serving.card["users"]

        assert stat.S_IMODE((serving.var / "demo.json").stat().st_mode) == 0o600
        assert [(user["username"], user["role"]) for user in users] == [
            ("coder", "coder"),
            ("judge_one", "judge"),
            ("judge_two", "judge"),
            ("editor", "editor"),
            ("admin", "admin"),
        ]
        assert all(user["password"] in "".join(serving.said) for user in users)

    def test_the_servers_are_one_process_group_that_a_terminal_does_not_reach(
        self, serving: Demo
    ) -> None:
        demo, *children, _database = serving.everyone()

        groups = {psutil.os.getpgid(child.pid) for child in children}

        assert len(groups) == 1
        assert psutil.os.getpgid(demo.pid) not in groups


@pytest.mark.long
def test_ctrl_c_leaves_nothing_running_and_a_second_start_changes_nothing(
    idle_cluster: Cluster,
) -> None:
    first = Demo(idle_cluster, free_port())
    first.listen()
    everyone, card, before = first.everyone(), first.card, contents(idle_cluster)

    code = first.end(signal.SIGINT)
    second = Demo(idle_cluster, first.port)
    second.listen()
    after, card_after = contents(idle_cluster), second.card
    second.end(signal.SIGTERM)

    assert code == 0
    assert "Stopped the web server, the job worker, the database." in first.said[-1]
    assert not any(map(is_alive, everyone))
    assert (after, card_after) == (before, card)


@pytest.mark.long
def test_what_a_killed_demo_leaves_is_cleared_away_and_nothing_is_lost(
    idle_cluster: Cluster,
) -> None:
    killed = Demo(idle_cluster, free_port())
    killed.listen()
    _me, *left = killed.everyone()
    card, before = killed.card, contents(idle_cluster)

    killed.end(signal.SIGKILL)
    survivors = [process for process in left if is_alive(process)]
    next_one = Demo(idle_cluster, killed.port)
    said = next_one.listen()
    after, card_after = contents(idle_cluster), next_one.card
    code = next_one.end(signal.SIGTERM)

    assert survivors == left
    assert said.startswith("Ended the servers that a killed demo had left behind.")
    assert (after, card_after, code) == (before, card, 0)
    assert not any(map(is_alive, left))
