"""`manage.py bench_scores`: what scores cost at growing numbers of claims, beside bare SQL."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.management.apart import measured_apart
from tracker.management.score_benchmarks import measure
from tracker.models import User

SIZES = (10_000, 100_000)


class Command(BaseCommand):
    """Print milliseconds, bare milliseconds and their ratio for each size, and how they grow."""

    help = "Measures scores over invented claims, in a PostgreSQL of its own that is gone after."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the sizes, or databases that are there: one at hand, or what was said of others."""
        parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of claims")
        parser.add_argument("--people", type=int, default=20_000)
        parser.add_argument("--here", action="store_true", help="print JSON of this database")
        parser.add_argument(
            "--of", nargs="+", metavar="FILE", help="measure nothing: show what --here has printed"
        )

    def handle(
        self,
        *args: Any,
        sizes: list[int],
        people: int,
        here: bool,
        of: list[str] | None,
        **options: Any,
    ) -> None:
        """Measure, or raise CommandError where the claims here are not invented."""
        if here:
            if not User.objects.filter(username="generator").exists():
                raise CommandError("Only invented claims are measured: run `generate` first.")
            self.stdout.write(json.dumps(measure()))
            return
        measured = (
            map(_read, of)
            if of
            else (measured_apart("bench_scores", size, people) for size in sizes)
        )
        found = {}
        for one in measured:
            found[one["claims"]] = one
            self._print(one)
        for fewer, more in pairwise(found):
            self._print_growth(f"from {fewer} to {more} claims", found[fewer], found[more])

    def _print(self, found: dict[str, Any]) -> None:
        self.stdout.write(f"\n{found['claims']} claims of {found['people']} scored people")
        self.stdout.write(f"{'':<34}{'ms':>12}{'bare ms':>12}{'ratio':>8}")
        for name, (ours, bare) in found["figures"].items():
            ratio = f"{ours / bare:.2f}" if bare else ""
            shown = f"{bare:.1f}" if bare else ""
            self.stdout.write(f"{name:<34}{ours:>12.1f}{shown:>12}{ratio:>8}")
        self.stdout.write(f"{'peak memory, MB':<34}{found['megabytes']:>12.0f}")

    def _print_growth(self, title: str, fewer: dict[str, Any], more: dict[str, Any]) -> None:
        self.stdout.write(f"\n{title:<34}{'times':>12}{'bare times':>12}")
        for name, (ours, bare) in more["figures"].items():
            before, bare_before = fewer["figures"][name]
            shown = f"{bare / bare_before:.2f}" if bare_before else ""
            self.stdout.write(f"{name:<34}{ours / before:>12.2f}{shown:>12}")
        grown = more["megabytes"] / fewer["megabytes"]
        self.stdout.write(f"{'peak memory':<34}{grown:>12.2f}")


def _read(name: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{name}: give a file of what --here printed ({error}).") from error
    return found
