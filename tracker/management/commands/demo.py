"""`manage.py demo`: everything at once, for one person at one machine."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections

from tracker.embedded.cluster import Cluster
from tracker.management.cast import ExampleUser, admit_cast, write_cast
from tracker.management.processes import (
    HOST,
    Company,
    wait_until_healthy,
    web_command,
    why_not,
    work_command,
)
from tracker.management.static import collect_static
from tracker.models import Claim

STEPS = 6
PATIENCE = 60.0  # seconds that the web server may take to come up
PAUSE = 0.2
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    """Set up, load the worked example, serve it until Ctrl-C, and leave nothing running."""

    help = "Sets up everything, loads the worked example and serves it until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the demo; raise CommandError with one sentence when it cannot be run."""
        for number in STOPS:
            signal.signal(number, signal.default_int_handler)
        self.step = 0
        company = Company.left_behind(settings.VAR / "running.json")
        with _only_one(settings.VAR):
            if company.end():
                self.stdout.write("Ended the servers that a killed demo had left behind.")
            _refuse_busy_port()
            try:
                self._serve(company)
            except KeyboardInterrupt:
                self.stdout.write("\nStopping.")
            except OperationalError as error:
                raise CommandError(str(error)) from error
            finally:
                self._stop(company)

    def _serve(self, company: Company) -> None:
        log = settings.VAR / "demo.log"
        log.write_bytes(b"")
        self._do("Database", partial(_open_database, company))
        self._do("Tables", partial(call_command, "migrate", verbosity=0))
        self._do("Worked example", load_example)
        users = self._do("Example users", partial(admit_cast, settings.VAR / "demo.json"))
        self._do("Static files", collect_static)
        self._do("Web server and job worker", partial(_start, company, log))
        addresses = _addresses()
        write_cast(settings.VAR / "demo.json", addresses, users)
        self.stdout.write(_welcome(addresses, users))
        while not (lost := company.lost()):
            time.sleep(PAUSE)
        raise CommandError(f"The {lost} has ended; {log} says why.")

    def _do(self, what: str, action: Callable[[], Any]) -> Any:
        self.step += 1
        self.stdout.write(f"[{self.step}/{STEPS}] {what} ...", ending=" ")
        self.stdout.flush()
        began = time.monotonic()
        result = action()
        self.stdout.write(f"{time.monotonic() - began:.1f} s")
        return result

    def _stop(self, company: Company) -> None:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)  # the second Ctrl-C must not leave half of it
        stopped = ["the web server", "the job worker"] if company.end() else []
        cluster: Cluster | None = settings.EMBEDDED_CLUSTER
        if cluster and company.started_database and _is_alone():
            connections.close_all()
            cluster.stop()
            stopped.append("the database")
        company.file.unlink(missing_ok=True)
        if stopped:
            self.stdout.write(f"Stopped {', '.join(stopped)}.")


@contextmanager
def _only_one(var: Path) -> Iterator[None]:
    var.mkdir(parents=True, exist_ok=True)
    with (var / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CommandError(
                f"The demo already runs from this folder (process {lock.read().strip()}): "
                "stop it there with Ctrl-C first."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _refuse_busy_port() -> None:
    if reason := why_not(settings.PORT):
        raise CommandError(
            f"Port {settings.PORT} cannot be used ({reason}): "
            "choose another, for example PORT=8123 make demo."
        )


def _open_database(company: Company) -> None:
    cluster = settings.EMBEDDED_CLUSTER
    if cluster and cluster.status().pid is None:
        company.started_database = True
        company.write()
    connection.ensure_connection()


def load_example() -> None:
    """Load the worked example into an empty record; one that has claims is left as it is."""
    if not Claim.objects.exists():
        call_command("loaddata", "aleppo_2016", verbosity=0)


def _start(company: Company, log: Path) -> None:
    connections.close_all()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    os.chdir(settings.BASE_DIR)
    company.start("web server", web_command(settings.PORT, settings.WEB_WORKERS), environment, log)
    company.start("job worker", work_command(), environment, log)
    if not wait_until_healthy(_addresses()["health"], company, PATIENCE):
        raise CommandError(f"The web server did not come up; {log} says why.")


def _is_alone() -> bool:
    """Say whether no other client is connected to the database server, as far as it answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            return bool(cursor.fetchone() == (0,))
    except OperationalError:
        return False


def _addresses() -> dict[str, str]:
    root = f"http://{HOST}:{settings.PORT}"
    paths = {"admin": "/admin/", "api": "/api/v1/", "docs": "/api/docs/", "health": "/health/"}
    return {name: root + path for name, path in paths.items()}


def _welcome(addresses: dict[str, str], users: list[ExampleUser]) -> str:
    lines = ["", *(f"  {name:7} {address}" for name, address in addresses.items()), ""]
    lines += [f"  {user.username:10} {user.password}   {user.name}, {user.role}" for user in users]
    lines += ["", f"Tokens for scripts: {settings.VAR / 'demo.json'}. Ctrl-C stops everything."]
    return "\n".join(lines)
