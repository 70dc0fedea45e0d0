"""`manage.py bench`: what a request costs, beside the cheapest server that could answer it, and
how well quotations are found again in pages that changed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application

from tracker.management.anchor_articles import Article, articles
from tracker.management.anchor_benchmarks import Pace, hostile, shares, strangers
from tracker.management.benchmarks import Refused, measure
from tracker.management.cast import read_cast


class Command(BaseCommand):
    """Print milliseconds per request, bare milliseconds, and their ratio; then the anchoring."""

    help = "Measures requests against the demo's data, beside bare psycopg, and re-anchoring."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many quotations each of the ten articles has."""
        parser.add_argument("--quotations", type=int, choices=range(1, 41), default=40, metavar="N")

    def handle(self, *args: Any, quotations: int, **options: Any) -> None:
        """Measure, or raise CommandError when there is no demo to measure."""
        users = read_cast(settings.VAR / "demo.json")
        if not users:
            raise CommandError("There is nothing to measure yet: run `make demo` once, then again.")
        editor = next(user for user in users if user.username == "editor")
        self.stdout.write(f"{'request':<12}{'ms':>8}{'bare ms':>10}{'ratio':>8}")
        logging.disable(logging.WARNING)  # a line per request would be measured, too
        try:
            for found in measure(get_wsgi_application(), editor.token):
                line = f"{found.name:<12}{found.ours:>8.2f}{found.bare:>10.2f}{found.ratio:>8.2f}"
                self.stdout.write(line)
        except Refused as error:
            raise CommandError(str(error)) from error
        finally:
            logging.disable(logging.NOTSET)
        self._anchoring(articles(quotations=quotations))

    def _anchoring(self, written: Sequence[Article]) -> None:
        """Print what became of each quotation by each change, then the time that it takes."""
        self.stdout.write(
            f"\n{'in a changed page':<26}{'anchored':>9}{'proposed':>9}{'misplaced':>10}{'lost':>6}"
            f"{'median ms':>11}{'most ms':>9}"
        )
        for found, pace in shares(written):
            counts = (found.anchored, found.proposed, found.misplaced, found.lost)
            parts = [f"{count / found.of:.1%}" for count in counts]
            self.stdout.write(
                f"{found.kind:<26}{parts[0]:>9}{parts[1]:>9}{parts[2]:>10}{parts[3]:>6}{_ms(pace)}"
            )
        sought, anchored, proposed = strangers(written)
        self.stdout.write(
            f"in articles of others: {anchored} of {sought} anchored, {proposed} proposed"
        )
        for pace in hostile():
            name = f"{pace.characters:,} of {pace.text}"
            self.stdout.write(f"{name:<60}{_ms(pace)}")


def _ms(pace: Pace) -> str:
    return f"{pace.median:>11.2f}{pace.most:>9.2f}"
