"""`manage.py bench_admin`: what pages of the workbench cost at growing numbers of claims."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.management.admin_benchmarks import measure
from tracker.management.apart import measured_apart
from tracker.models import User

SIZES = (10_000, 100_000, 1_000_000)


class Command(BaseCommand):
    """Print milliseconds, those of the page's own SQL sent bare, their ratio, and queries."""

    help = (
        "Measures pages of the workbench over invented claims, in a PostgreSQL of its own that is"
        " gone after. Bare is each page's own SQL, sent by itself in the same process."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes; --here measures the database at hand, which must be invented."""
        parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of claims")
        parser.add_argument("--people", type=int, default=20_000)
        parser.add_argument("--here", action="store_true", help="print JSON of this database")

    def handle(self, *args: Any, sizes: list[int], people: int, here: bool, **options: Any) -> None:
        """Measure, or raise CommandError where the claims here are not invented."""
        if here:
            if not User.objects.filter(username="generator").exists():
                raise CommandError("Only invented claims are measured: run `generate` first.")
            self.stdout.write(json.dumps(measure()))
            return
        for size in sizes:
            self._print(size, measured_apart("bench_admin", size, people, "collectstatic"))

    def _print(self, size: int, found: dict[str, Any]) -> None:
        self.stdout.write(f"\n{size} claims")
        self.stdout.write(f"{'':<22}{'ms':>10}{'bare ms':>10}{'ratio':>8}{'queries':>9}")
        for name, page in found.items():
            ratio = f"{page['ms'] / page['bare']:.2f}" if page["bare"] else ""
            figures = f"{page['ms']:>10.1f}{page['bare']:>10.1f}{ratio:>8}{page['queries']:>9}"
            self.stdout.write(f"{name:<22}{figures}")
