"""`manage.py simulate_coverage`: whether 90 % intervals hold the truth in 90 of 100 cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.domain.coverage import simulated_coverage
from tracker.domain.thresholds import DEFAULT_SEED, INTERVAL_LEVEL


class Command(BaseCommand):
    """Print the simulated coverage of every kind of interval; needs no database."""

    help = "Invents speakers whose true scores are known and counts how often intervals hold them."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the numbers of events, of speakers and of rounds, and the seed."""
        parser.add_argument("--events", type=int, nargs="+", default=[3, 10, 30])
        parser.add_argument("--speakers", type=int, default=20)
        parser.add_argument("--rounds", type=int, default=100)
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED)

    def handle(
        self,
        *args: Any,
        events: list[int],
        speakers: int,
        rounds: int,
        seed: int,
        **options: Any,
    ) -> None:
        """Print a line per kind and number of events; CommandError for too few of anything."""
        if min(events) < 2 or speakers < 2 or rounds < 1:
            raise CommandError("It takes two events, two speakers and one round at least.")
        self.stdout.write(f"{'interval':<26}{'events':>8}{'coverage':>10}{'of':>8}")
        for number in events:
            for line in simulated_coverage(
                events=number, speakers=speakers, rounds=rounds, seed=seed
            ):
                self.stdout.write(
                    f"{line.name:<26}{line.events:>8}{line.share:>10.3f}{line.tried:>8}"
                )
        self.stdout.write(f"Promised: {INTERVAL_LEVEL:.2f}; seed {seed}.")
