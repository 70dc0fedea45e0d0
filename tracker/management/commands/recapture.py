"""`manage.py recapture --older-than 30d`: ask again for pages, to notice what they change."""

from __future__ import annotations

import argparse
import re
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.actions.recaptures import recapture, requester
from tracker.domain.errors import TrackerError

UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def period(given: str) -> timedelta:
    """The length of time that 12h, 30d or 4w says; raises ArgumentTypeError."""
    found = re.fullmatch(r"([1-9][0-9]{0,4})([hdw])", given)
    if not found:
        raise argparse.ArgumentTypeError("write a number and h, d or w: 12h, 30d, 4w")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def count(given: str) -> int:
    """A number from 1 on; raises ArgumentTypeError."""
    if not re.fullmatch("[1-9][0-9]{0,8}", given):
        raise argparse.ArgumentTypeError("write a number from 1 on")
    return int(given)


class Command(BaseCommand):
    """Put quoted pages into the queue of captures again."""

    help = "Asks for every quoted page whose last full capture is older; the worker fetches them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the age, a limit and a name."""
        parser.add_argument(
            "--older-than", type=period, required=True, metavar="30d", help="12h, 30d, 4w"
        )
        parser.add_argument("--limit", type=count, metavar="N", help="ask for N pages at most")
        parser.add_argument(
            "--as", dest="username", default="", help="in whose name; else the first admin's"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and print one line per page."""
        try:
            asked = recapture(
                by=requester(options["username"]),
                now=timezone.now(),
                older_than=options["older_than"],
                limit=options["limit"],
            )
        except TrackerError as refusal:
            raise CommandError(refusal.message) from refusal
        for capture in asked:
            self.stdout.write(f"queued {capture.pk}: {capture.requested_url}")
        self.stdout.write(f"{len(asked)} page{'' if len(asked) == 1 else 's'} queued.")
