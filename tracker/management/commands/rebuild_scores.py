"""Compute scores and counted codes from the record again, or say where the stored ones differ."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tracker.actions import agreements, scores


class Command(BaseCommand):
    help = "Compute every score item again; --check only counts the differences."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; exit 1 if any.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            with transaction.atomic():
                changed = scores.rescore()
                agreements.recount()
            self.stdout.write(f"{changed} rows of score items changed.")
        found = scores.differences() + agreements.differences()
        if found:
            raise CommandError(f"{found} rows differ from a computation from scratch.")
        self.stdout.write("0 differences.")
