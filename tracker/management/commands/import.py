"""`manage.py import FOLDER`: an empty database filled from such a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.actions.record_files import read_record
from tracker.domain.errors import TrackerError


class Command(BaseCommand):
    """Print how many rows came from each file."""

    help = "Fills an empty database from a folder that `export` has written."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Read the record, all of it or nothing; raise CommandError where it cannot stand."""
        try:
            found = read_record(by=None, folder=folder)
        except TrackerError as error:
            raise CommandError(error.message) from error
        for name, rows in found.items():
            self.stdout.write(f"{name:<24}{rows:>10}")
