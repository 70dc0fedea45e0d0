"""Computes Krippendorff's alpha of a table of ratings; needs no database."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.domain.agreement import Level, agreement
from tracker.domain.errors import BadTable
from tracker.domain.score_wire import agreement_json
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.intake.tables import named_lines, read_ratings
from tracker.management.commands.score import read_input, shown


class Command(BaseCommand):
    """Say how far several raters of the same units agree beyond chance."""

    help = "Krippendorff's alpha of a CSV table: a unit, then one column per rater; empty: missing."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the table, the form of the answer and the seed."""
        parser.add_argument("file", help="the CSV table; - reads standard input")
        parser.add_argument("--level", choices=[level.value for level in Level], required=True)
        parser.add_argument("--json", action="store_true", help="print JSON, not a sentence")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="seed of the bootstrap")

    def handle(self, *args: Any, file: str, level: str, seed: int, **options: Any) -> None:
        """Print alpha, or raise CommandError (status 2) that names each line at fault."""
        try:
            units = read_ratings(read_input(file), Level(level))
        except BadTable as error:
            message = "\n".join(named_lines(error.facts["lines"]))
            raise CommandError(message, returncode=2) from error
        found = agreement(units, Level(level), seed=seed)
        if options["json"]:
            self.stdout.write(json.dumps(agreement_json(found), allow_nan=False))
            return
        limits = ""
        if found.interval:
            limits = f", 90 % {shown(found.interval.low)} to {shown(found.interval.high)}"
        self.stdout.write(
            f"alpha ({found.level}) {shown(found.alpha)}{limits};"
            f" {found.ratings} ratings of {found.units} units that two or more raters rated"
        )
