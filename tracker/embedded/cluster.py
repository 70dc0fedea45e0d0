"""One private PostgreSQL server, started on demand under a file lock and joined by the rest.

The server listens on a Unix socket in a folder that only its owner may enter, never on the network.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import shutil
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from tracker.embedded.accounts import Account, account_for
from tracker.embedded.binaries import NEEDED, ClusterError, find_binaries, major_version

USER = "tracker"
DATABASE = "tracker"
SOCKET = ".s.PGSQL.5432"
# The kernel keeps 108 bytes (macOS 104) for a socket's address, its name and a lock's included.
LONGEST_SOCKET = 100
BUILTIN_LOCALES_SINCE = 17
PATIENCE = 300  # seconds that a stop, or a start with the recovery after a crash, may take
LINGERING = 60  # seconds that the children of a killed server may take to follow it
PAUSE = 0.05
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_wal_size": "1GB",
}
# For data that is thrown away: nothing waits for the disk.
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Status:
    """What a cluster is doing; `pid` is None while it is stopped."""

    pid: int | None
    folder: Path
    socket_folder: Path


@dataclass(frozen=True)
class Cluster:
    """The server whose data lie in `folder`; without `durable`, a crash may lose them."""

    folder: Path
    durable: bool = True

    def __post_init__(self) -> None:
        # One name per cluster: the socket's folder and the search for the server depend on it.
        object.__setattr__(self, "folder", Path(os.path.realpath(self.folder)))

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL itself owns."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "server.log"

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket: beside the data, or a short one when that path is too long."""
        beside = self.folder / "socket"
        if len(os.fsencode(beside / SOCKET)) <= LONGEST_SOCKET:
            return beside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()
        return Path("/tmp") / f"tracker-{digest[:20]}"

    def ensure(self, *, suspicious: bool = False) -> Path:
        """Start the server unless it runs, and return its socket's folder.

        `suspicious` asks the server itself instead of trusting what its files say.
        Raises ClusterError when it cannot be started.
        """
        if suspicious or not self._is_ready():
            with self._alone():
                self._start()
        return self.socket_folder

    def stop(self) -> bool:
        """End the server with its clients, and say whether there was one."""
        if not self.folder.exists():
            return False
        with self._alone():
            return self._stop()

    def status(self) -> Status:
        """Say whether the server runs, without starting it."""
        server = self._server()
        pid = server.pid if server else None
        return Status(pid=pid, folder=self.folder, socket_folder=self.socket_folder)

    @property
    def _address(self) -> str:
        return make_conninfo(host=str(self.socket_folder), user=USER, dbname="postgres")

    # --- what the files say: cheap enough for every connection ---

    def _pid_file(self) -> list[str]:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:  # not there, or not ours to read: starting it will say which
            return []
        return lines if lines and lines[0].isdigit() else []

    def _is_ready(self) -> bool:
        lines = self._pid_file()
        if len(lines) < 8 or lines[7].strip() != "ready":
            return False
        return psutil.pid_exists(int(lines[0])) and self._has_socket()

    def _has_socket(self) -> bool:
        return (self.socket_folder / SOCKET).exists()

    def _server(self) -> psutil.Process | None:
        """Return the running server; a process that merely inherited its number is not it."""
        lines = self._pid_file()
        if not lines:
            return None
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(int(lines[0]))
            if str(self.data) in process.cmdline():
                return process
        return None

    # --- what is done under the lock ---

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("w")
        except OSError as error:
            raise ClusterError(f"The folder {self.folder} cannot be written: {error}.") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        if self._join():
            return
        binaries = find_binaries()
        account = account_for(self.folder, [binaries / name for name in NEEDED])
        self._make_socket_folder(account)
        if not self.data.exists():
            self._initialise(account, binaries)
        self._refuse_other_version(binaries)
        self._bury_the_killed()
        self._launch(account, binaries)
        self._create_database()

    def _stop(self) -> bool:
        server = self._server()
        if server is None:
            return False
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": roll back, disconnect, write out
        deadline = time.monotonic() + PATIENCE
        while self._server():
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"PostgreSQL (process {server.pid}) does not stop: see {self.log}."
                )
            time.sleep(PAUSE)
        return True

    def _join(self) -> bool:
        """Wait for a server that is there already; return False when there is none to join."""
        deadline = time.monotonic() + PATIENCE
        while server := self._server():
            if self._answers():
                return True
            if "ready" in map(str.strip, self._pid_file()) and not self._has_socket():
                # Somebody has tidied up the short folder: nobody can reach this server any more.
                self._stop()
                return False
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"PostgreSQL (process {server.pid}) does not answer: see {self.log}."
                )
            time.sleep(PAUSE)
        return False

    def _answers(self) -> bool:
        return psycopg.pq.PGconn.ping(self._address.encode()) == psycopg.pq.Ping.OK

    def _make_socket_folder(self, account: Account) -> None:
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        owners = {os.geteuid(), account.uid}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            raise ClusterError(f"{folder} belongs to somebody else: remove it.")
        folder.chmod(0o700)
        account.take(folder)

    def _initialise(self, account: Account, binaries: Path) -> None:
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        result = account.run(
            binaries / "initdb",
            *("--pgdata", fresh, "--username", USER, "--encoding", "UTF8"),
            *("--auth-local", "trust", "--auth-host", "reject", "--data-checksums"),
            *_locale(major_version(binaries)),
            *(() if self.durable else ("--no-sync",)),
        )
        if result.returncode != 0:
            raise ClusterError(f"PostgreSQL could not make {fresh}: {_last_line(result.stdout)}")
        fresh.rename(self.data)

    def _refuse_other_version(self, binaries: Path) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        here = str(major_version(binaries))
        if made_by != here:
            raise ClusterError(
                f"{self.data} was made by PostgreSQL {made_by}, but {binaries} holds {here}: "
                f"set TRACKER_PG_BIN to the programs of version {made_by}."
            )

    def _bury_the_killed(self) -> None:
        """Wait for the children of a killed server, then remove the files that bear its number.

        PostgreSQL itself would refuse to start as long as any process at all has that number.
        """
        deadline = time.monotonic() + LINGERING
        while any(_works_in(process, self.data) for process in psutil.process_iter()):
            if time.monotonic() > deadline:
                raise ClusterError(f"A killed PostgreSQL has left processes in {self.data}.")
            time.sleep(PAUSE)
        for leftover in (self.socket_folder / f"{SOCKET}.lock", self.data / "postmaster.pid"):
            leftover.unlink(missing_ok=True)

    def _launch(self, account: Account, binaries: Path) -> None:
        values = {**SETTINGS, **({} if self.durable else FLEETING)}
        options = ["-k", str(self.socket_folder)]
        for name, value in values.items():
            options += ["-c", f"{name}={value}"]
        command: list[str | Path] = [binaries / "pg_ctl", "start", "--wait", "--silent"]
        command += ["--timeout", str(PATIENCE), "--pgdata", self.data, "--log", self.log]
        if account.run(*command, "--options", shlex.join(options)).returncode != 0:
            reason = self._last_failure()
            raise ClusterError(f"PostgreSQL did not start: {reason} (see {self.log})")

    def _last_failure(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        failures = [line for line in lines[-20:] if "FATAL:" in line]
        return failures[-1] if failures else "it says nothing"

    def _create_database(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            known = connection.execute(
                "SELECT FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if known is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.cwd() == str(folder)
    except psutil.Error:
        return False


def _locale(major: int) -> tuple[str, ...]:
    """Return the options of a locale that sorts alike on every machine."""
    if major < BUILTIN_LOCALES_SINCE:
        return ("--locale", "C.UTF-8")
    return ("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8")


def _last_line(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1] if lines else "it says nothing"
