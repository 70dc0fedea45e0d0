"""`manage.py export FOLDER`: the whole record as a folder of JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from tracker.actions.record_files import write_record


class Command(BaseCommand):
    """Print how many rows each file holds."""

    help = "Writes the whole record into a folder, a file for each noun."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write the record as it stands at one moment, whatever is logged meanwhile."""
        with transaction.atomic():
            if not connection.savepoint_ids:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for name, rows in write_record(folder).items():
                self.stdout.write(f"{name:<24}{rows:>10}")
