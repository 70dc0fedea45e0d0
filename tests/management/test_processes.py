"""Children are started, watched and ended, and known again after their parent was killed."""

from __future__ import annotations

import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tracker.management import processes
from tracker.management.processes import (
    Company,
    Identity,
    is_healthy,
    wait_until_healthy,
    web_command,
    why_not,
    write_private,
)

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
END = [sys.executable, "-c", ""]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True);"
    "time.sleep(600)",
]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    company = Company(tmp_path / "running.json")
    yield company
    company.end()


def start(company: Company, name: str, command: list[str]) -> Path:
    log = company.file.with_name(f"{name}.log")
    company.start(name, command, dict(os.environ), log)
    return log


def test_a_taken_port_is_refused_with_the_systems_reason() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        assert why_not(taken.getsockname()[1]) == "Address already in use"


def test_a_number_that_was_used_again_is_somebody_else() -> None:
    me = Identity.of(os.getpid())

    assert Identity(me.pid, me.began - 3600).process() is None
    assert me.process() == psutil.Process()


@pytest.mark.parametrize("text", ["", "[]", '{"children": {}}', '{"started_database": 1}'])
def test_a_file_that_makes_no_sense_means_that_nothing_was_left(tmp_path: Path, text: str) -> None:
    file = tmp_path / "running.json"
    file.write_text(text)

    assert Company.left_behind(file).end() == 0


def test_nobody_waits_for_a_server_that_has_ended(company: Company) -> None:
    start(company, "web server", END)

    assert not wait_until_healthy("http://127.0.0.1:9/health/", company, patience=600)
    assert company.lost() == "web server"


def test_a_server_that_does_not_answer_is_not_healthy() -> None:
    assert not is_healthy("http://127.0.0.1:9/health/")


def test_children_are_one_group_apart_from_ours(company: Company) -> None:
    start(company, "one", SLEEP)
    start(company, "two", SLEEP)

    groups = {os.getpgid(child.pid) for child in psutil.Process().children()}

    assert os.getpgid(0) not in groups
    assert not company.lost()
    assert company.end() == 2


def test_a_child_that_hears_nothing_is_ended_all_the_same(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "GRACE", 0.2)
    log = start(company, "deaf", DEAF)
    while "deaf" not in log.read_text():
        time.sleep(0.01)

    assert company.end() == 1
    assert not company.lost()


def test_what_a_killed_command_left_is_found_by_the_next(company: Company) -> None:
    company.started_database = True
    start(company, "web server", SLEEP)

    found = Company.left_behind(company.file)

    assert found.started_database
    assert found.end() == 1


def test_a_private_file_is_its_owners_and_never_half_written(tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    file.write_text("old")
    file.chmod(0o644)

    write_private(file, "new")

    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", 0o600)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("cores", "asked", "workers"), [(1, 0, 2), (6, 0, 6), (64, 0, 16), (64, 40, 40)]
)
def test_web_workers_fit_the_cores_unless_told(
    monkeypatch: pytest.MonkeyPatch, cores: int, asked: int, workers: int
) -> None:
    monkeypatch.setattr(processes, "usable_cores", lambda: cores)

    command = web_command(8000, asked)

    assert command[command.index("--workers") + 1] == str(workers)
    assert command[command.index("--bind") + 1] == "127.0.0.1:8000"
