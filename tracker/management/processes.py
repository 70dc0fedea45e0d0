"""The web server and the job worker as children of one command, and what a killed one leaves."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

HOST = "127.0.0.1"
THREADS = 4
MOST_WORKERS = 16
GRACE = 15.0  # seconds that a child may take to finish what it has in hand
PAUSE = 0.1
CLOCK_STEP = 5.0  # seconds by which the system's clock may have been set meanwhile


@dataclass(frozen=True)
class Identity:
    """A process by its number and the second it began, because numbers are used again."""

    pid: int
    began: float

    @classmethod
    def of(cls, pid: int) -> Identity:
        """Return the identity of a process that is alive."""
        return cls(pid, psutil.Process(pid).create_time())

    def process(self) -> psutil.Process | None:
        """Return the process if it is still the same one and alive."""
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.began) < CLOCK_STEP and is_alive(process):
                return process
        return None


class Company:
    """The children of one command, kept on file so that the next command can clear up after it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.started_database = False
        self._identities: dict[str, Identity] = {}
        self._children: list[subprocess.Popen[bytes]] = []

    @classmethod
    def left_behind(cls, file: Path) -> Company:
        """Return what a killed command has left in this file; usually nothing."""
        company = cls(file)
        with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            kept = json.loads(file.read_text())
            company.started_database = bool(kept["started_database"])
            found = kept["children"].items()
            company._identities = {name: Identity(**identity) for name, identity in found}
        return company

    def write(self) -> None:
        """Keep the company on file: whole or not at all."""
        children = {name: asdict(identity) for name, identity in self._identities.items()}
        kept = {"started_database": self.started_database, "children": children}
        write_private(self.file, json.dumps(kept))

    def start(
        self, name: str, command: list[str], environment: Mapping[str, str], log: Path
    ) -> None:
        """Start a child whose words go to the log; all children share one process group."""
        group = next((child.pid for child in self._identities.values()), 0)
        with log.open("ab") as output:
            child = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches the command alone, which then ends its children in good order.
                process_group=group,
            )
        self._children.append(child)
        self._identities[name] = Identity.of(child.pid)
        self.write()

    def lost(self) -> str:
        """Name the first child that has ended of itself, or return nothing."""
        return next((name for name, child in self._identities.items() if not child.process()), "")

    def end(self) -> int:
        """End every child, gently first; return how many were still there."""
        alive = [child for child in map(Identity.process, self._identities.values()) if child]
        _end(alive)
        for child in self._children:
            child.wait()
        self._identities.clear()
        return len(alive)


def is_alive(process: psutil.Process) -> bool:
    """Say whether the process still runs; one that its parent has yet to notice does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _end(parents: list[psutil.Process]) -> None:
    family = [*parents]
    for parent in parents:
        with suppress(psutil.NoSuchProcess):
            family += parent.children(recursive=True)
            parent.terminate()
    deadline = time.monotonic() + GRACE
    while alive := [member for member in family if is_alive(member)]:
        if time.monotonic() > deadline:
            break
        time.sleep(PAUSE)
    for straggler in alive:
        with suppress(psutil.NoSuchProcess):
            straggler.kill()


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read; a reader sees the old text or the new."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(file)


def why_not(port: int) -> str:
    """Say why no server can listen on this port of this machine; nothing when one can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error.strerror or str(error)
    return ""


def usable_cores() -> int:
    """Count the processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def web_command(port: int, workers: int) -> list[str]:
    """Return the production web server's command; no number of workers means one per core."""
    fitting = workers or min(max(usable_cores(), 2), MOST_WORKERS)
    options = {
        "--bind": f"{HOST}:{port}",
        "--worker-class": "gthread",
        "--workers": str(fitting),
        "--threads": str(THREADS),
        "--graceful-timeout": str(int(GRACE) - 5),
        "--log-level": "warning",
    }
    command = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--no-control-socket"]
    return command + [word for option in options.items() for word in option]


def work_command() -> list[str]:
    """Return the job worker's command."""
    return [sys.executable, "manage.py", "work"]


def is_healthy(url: str) -> bool:
    """Ask the server whether it can do its work."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_until_healthy(url: str, company: Company, patience: float) -> bool:
    """Wait for the server to say that it is ready; give up when a child ends or time is up."""
    deadline = time.monotonic() + patience
    while not company.lost() and time.monotonic() < deadline:
        if is_healthy(url):
            return True
        time.sleep(PAUSE)
    return False
