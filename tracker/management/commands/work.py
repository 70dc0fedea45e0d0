"""`manage.py work`: the job worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from tracker.jobs import telling_why


class Command(BaseCommand):
    """Do the jobs that wait in the database."""

    help = "Does the jobs that wait in the database, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one switch."""
        parser.add_argument(
            "--one-shot", action="store_true", help="stop as soon as no job is waiting"
        )

    def handle(self, *args: Any, one_shot: bool, **options: Any) -> None:
        """Work until SIGINT or SIGTERM, finishing the job in hand."""
        connector = app.connector
        assert isinstance(connector, DjangoConnector)
        with app.replace_connector(connector.get_worker_connector()) as worker:
            worker.run_worker(wait=not one_shot, task_middleware=[telling_why])
