"""`manage.py bench_api`: what the API costs at growing numbers of claims, beside a bare server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from tracker.actions.users import admit, issue_token
from tracker.domain.judging import Role
from tracker.management.apart import printed_apart
from tracker.management.api_benchmarks import (
    Benchmark,
    Load,
    NoLoad,
    bare_command,
    dsn,
    measure,
    statements,
)
from tracker.management.processes import web_command
from tracker.models import User

SIZES = (10_000, 100_000)
ROWS = 100_000
GROWTH = 1.3  # times what the bare server grows, at most
# By benchmark: ours, the bare server's, and the ratio wanted.
Figures: TypeAlias = dict[str, tuple[dict[str, float], dict[str, float], float]]
PATIENCE = 60.0


class Command(BaseCommand):
    """Print requests a second and CPU here and bare, and their ratio, for each size."""

    help = "Measures the API over HTTP, over invented claims in a PostgreSQL that is gone after."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes; --here measures the database at hand, which must be invented."""
        parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of claims")
        parser.add_argument("--rows", type=int, default=ROWS, help="to import; 0 is none")
        parser.add_argument("--seconds", type=int, default=4, help="of each of three turns")
        parser.add_argument("--here", action="store_true", help="print JSON of this database")

    def handle(self, *args: Any, sizes: list[int], rows: int, here: bool, **options: Any) -> None:
        """Measure, or raise CommandError where the claims here are not invented."""
        if here:
            self.stdout.write(json.dumps(_measured(options["seconds"])))
            return
        found = {}
        for size in sizes:
            filled = ("generate", "--claims", str(size))
            measured = ("bench_api", "--here", "--seconds", str(options["seconds"]))
            found[size] = printed_apart(filled, measured)
            self._print(size, found[size])
        for fewer, more in pairwise(found):
            self._print_growth(f"from {fewer} to {more} claims", found[fewer], found[more])
        if rows:
            self._print_import(printed_apart(("bench_import", str(rows), "--here")))

    def _print(self, size: int, found: Figures) -> None:
        above = f"{'requests a second':^34}{'CPU ms':^16}{'latency, ms':^24}{'bare':>8}"
        self.stdout.write(f"\n{size:<30}{above}")
        head = f"{'ours':>9}{'bare':>9}{'ratio':>8}{'wanted':>8}{'ours':>8}{'bare':>8}"
        self.stdout.write(f"{'claims':<30}{head}{'p50':>8}{'p99':>8}{'times':>8}{'times':>8}")
        for name, (ours, bare, wanted) in found.items():
            ratio, times = _times(ours["rate"], bare["rate"]), _times(ours["p99"], ours["p50"])
            rates = f"{ours['rate']:>9.0f}{bare['rate']:>9.0f}{ratio:>8.2f}{wanted:>8.2f}"
            waits = f"{ours['p50']:>8.1f}{ours['p99']:>8.1f}{times:>8.1f}"
            # A full machine makes some wait, whoever answers them.
            waits += f"{_times(bare['p99'], bare['p50']):>8.1f}"
            self.stdout.write(f"{name:<30}{rates}{ours['cpu']:>8.2f}{bare['cpu']:>8.2f}{waits}")

    def _print_growth(self, title: str, fewer: Figures, more: Figures) -> None:
        """CPU per request: how many times as much, here and bare, and the one by the other."""
        self.stdout.write(f"\n{title:<30}{'ours':>9}{'bare':>9}{'ratio':>8}{'wanted':>8}")
        for name, (ours, bare, _) in more.items():
            grown = ours["cpu"] / fewer[name][0]["cpu"]
            beside = bare["cpu"] / fewer[name][1]["cpu"]
            self.stdout.write(
                f"{name:<30}{grown:>9.2f}{beside:>9.2f}{grown / beside:>8.2f}{GROWTH:>8}"
            )

    def _print_import(self, found: dict[str, float]) -> None:
        ours, bare = found["ours"], found["bare"]
        self.stdout.write(f"\n{'seconds':<30}{'ours':>9}{'bare':>9}{'ratio':>8}{'wanted':>8}")
        name = f"import of {found['rows']:.0f} rows"
        self.stdout.write(f"{name:<30}{ours:>9.1f}{bare:>9.1f}{bare / ours:>8.2f}{0.5:>8.2f}")


def _times(more: float, less: float) -> float:
    """How many times the one is the other; 0 where nothing was answered."""
    return more / less if less else 0.0


def _measured(seconds: int) -> Figures:
    if not User.objects.filter(username="generator").exists():
        raise CommandError("Only invented claims are measured: run `generate` first.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tracker-")))
        try:
            return {
                benchmark.name: (vars(ours), vars(bare), benchmark.wanted)
                for benchmark, ours, bare in _loads(stack, folder, seconds)
            }
        except NoLoad as error:
            raise CommandError(str(error)) from error


def _loads(stack: ExitStack, folder: Path, seconds: int) -> Iterator[tuple[Benchmark, Load, Load]]:
    user = User.objects.filter(username="measurer").first() or admit(
        username="measurer", name="Measurer", role=Role.EDITOR, password=os.urandom(12).hex()
    )
    token, ports = issue_token(user=user), (_free_port(), _free_port())
    file = folder / "bare.json"
    file.write_text(json.dumps({"dsn": dsn(), "statements": statements(user)}))
    commands = (
        web_command(ports[0], settings.WEB_WORKERS),
        bare_command(ports[1], settings.WEB_WORKERS),
    )
    connections.close_all()
    ours, bare = (_serve(stack, *one, file) for one in zip(commands, ports, strict=True))
    yield from measure(ports, (ours, bare), token, folder, seconds)


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
