"""`manage.py bench_api`: what the API costs at growing numbers of claims, beside a bare server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from tracker.actions.users import admit, issue_token
from tracker.domain.judging import Role
from tracker.management.api_benchmarks import NoLoad, bare_command, dsn, measure, statements
from tracker.management.processes import web_command
from tracker.models import User

SIZES = (10_000, 100_000)
PATIENCE = 60.0


class Command(BaseCommand):
    """Print requests a second and CPU here and bare, and their ratio, for each size."""

    help = "Measures the API over HTTP, over invented claims in a PostgreSQL that is gone after."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes; --here measures the database at hand, which must be invented."""
        parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of claims")
        parser.add_argument("--here", action="store_true", help="measure this database")

    def handle(self, *args: Any, sizes: list[int], here: bool, **options: Any) -> None:
        """Measure, or raise CommandError where the claims here are not invented."""
        if not here:
            for size in sizes:
                self.stdout.write(f"\n{size} claims")
                self.stdout.write(_measured_apart(size))
            return
        if not User.objects.filter(username="generator").exists():
            raise CommandError("Only invented claims are measured: run `generate` first.")
        head = f"{'requests/s':<28}{'ours':>9}{'bare':>9}{'ratio':>8}{'wanted':>8}"
        self.stdout.write(head + f"{'CPU ms':>9}{'bare':>8}{'p50 ms':>9}{'p99 ms':>9}")
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tracker-")))
            try:
                self._measure(stack, folder)
            except NoLoad as error:
                raise CommandError(str(error)) from error

    def _measure(self, stack: ExitStack, folder: Path) -> None:
        user = User.objects.filter(username="measurer").first() or admit(
            username="measurer", name="Measurer", role=Role.EDITOR, password=os.urandom(12).hex()
        )
        token, ports = issue_token(user=user), (_free_port(), _free_port())
        file = folder / "bare.json"
        file.write_text(json.dumps({"dsn": dsn(), "statements": statements()}))
        workers = settings.WEB_WORKERS
        connections.close_all()
        servers = tuple(
            _serve(stack, command, port, file)
            for command, port in (
                (web_command(ports[0], workers), ports[0]),
                (bare_command(ports[1], workers), ports[1]),
            )
        )
        for benchmark, ours, bare in measure(ports, (servers[0], servers[1]), token, folder):
            self.stdout.write(
                f"{benchmark.name:<28}{ours.rate:>9.0f}{bare.rate:>9.0f}"
                f"{ours.rate / bare.rate:>8.2f}{benchmark.wanted:>8.2f}"
                f"{ours.cpu:>9.2f}{bare.cpu:>8.2f}{ours.p50:>9.1f}{ours.p99:>9.1f}"
            )


def _serve(stack: ExitStack, command: list[str], port: int, file: Path) -> int:
    """Starts a server that ends with the stack; returns its process."""
    unlimited = {"DJANGO_SETTINGS_MODULE": "tracker.settings", "TRACKER_RATE_TOKEN": "0"}
    environment = {**os.environ, **unlimited}
    server = subprocess.Popen(
        command, env={**environment, "BARE_API": str(file)}, cwd=settings.BASE_DIR
    )
    stack.callback(server.wait)
    stack.callback(server.terminate)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server.pid
        time.sleep(0.1)
    raise NoLoad("A server did not come up.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _measured_apart(size: int) -> str:
    """The figures of a new database with this many claims."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        # An account that the server may have to run as must be able to come in.
        Path(folder).chmod(0o711)
        try:
            _run(folder, "migrate", "--verbosity", "0")
            _run(folder, "generate", "--claims", str(size))
            return _run(folder, "bench_api", "--here")
        finally:
            _run(folder, "db", "stop")


def _run(folder: str, *command: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**inherited, "TRACKER_VAR": folder},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout
