"""`manage.py bench_import`: an import with validation beside a bare COPY of the same rows."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.management.apart import printed_apart
from tracker.management.import_benchmarks import measure_import
from tracker.models import Claim, User

ROWS = 100_000


class Command(BaseCommand):
    """Print rows, seconds, bare seconds and their ratio."""

    help = "Measures an import of invented rows, in a PostgreSQL of its own that is gone after."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of rows; --here measures in the database at hand, which it empties."""
        parser.add_argument("rows", type=int, nargs="*", default=[ROWS])
        parser.add_argument("--here", action="store_true", help="print JSON of this database")

    def handle(self, *args: Any, rows: list[int], here: bool, **options: Any) -> None:
        """Measure, or raise CommandError where there are claims that would be lost."""
        if here:
            if Claim.objects.exists():
                raise CommandError("There are claims here, which this would delete.")
            figure = measure_import(rows[0], _importer())
            self.stdout.write(json.dumps(vars(figure)))
            return
        self.stdout.write(f"{'rows':>10}{'seconds':>10}{'bare':>10}{'ratio':>8}{'rows/s':>10}")
        for number in rows:
            found = printed_apart(("bench_import", str(number), "--here"))
            ours, bare = found["ours"], found["bare"]
            self.stdout.write(
                f"{number:>10}{ours:>10.1f}{bare:>10.1f}{bare / ours:>8.2f}{number / ours:>10.0f}"
            )


def _importer() -> User:
    user = User.objects.get_or_create(username="importer")[0]
    user.groups.add(Group.objects.get(name="coder"))
    return user
