"""`manage.py db`: the private PostgreSQL, by hand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.embedded.binaries import ClusterError
from tracker.embedded.cluster import Cluster


class Command(BaseCommand):
    """Start, stop, look at or talk to the private PostgreSQL."""

    help = "Starts, stops or describes the private PostgreSQL, or opens a shell on the database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one verb."""
        parser.add_argument("verb", choices=["start", "stop", "status", "shell"])

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        """Do what the verb says, or raise CommandError with the reason why not."""
        if verb == "shell":
            call_command("dbshell")
            return
        cluster: Cluster | None = settings.EMBEDDED_CLUSTER
        if cluster is None:
            raise CommandError("DATABASE_URL names the server: start and stop it where it runs.")
        try:
            self.stdout.write(_act(cluster, verb))
        except ClusterError as error:
            raise CommandError(str(error)) from error


def _act(cluster: Cluster, verb: str) -> str:
    if verb == "stop":
        return "Stopped." if cluster.stop() else "It was not running."
    if verb == "start":
        cluster.ensure(suspicious=True)
    status = cluster.status()
    if status.pid is None:
        return f"Stopped. Data: {status.folder}"
    return f"Running as process {status.pid}. Data: {status.folder}. Socket: {status.socket_folder}"
