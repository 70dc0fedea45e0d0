"""`manage.py bench`: what a request costs, beside the cheapest server that could answer it."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application

from tracker.management.benchmarks import Refused, measure
from tracker.management.cast import read_cast


class Command(BaseCommand):
    """Print milliseconds per request, bare milliseconds, and their ratio."""

    help = "Measures requests against the demo's data, beside bare psycopg and orjson."

    def handle(self, *args: Any, **options: Any) -> None:
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
