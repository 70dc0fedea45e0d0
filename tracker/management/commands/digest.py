"""`manage.py digest`: the day's reminders by e-mail."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.actions.digests import SendingFailed, send_digests


class Command(BaseCommand):
    """Send each person what waits for them."""

    help = "Sends each person with an address what waits for them, once a day at most."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day."""
        parser.add_argument("--day", type=_day, help="YYYY-MM-DD; today in UTC by default")

    def handle(self, *args: Any, day: date | None, **options: Any) -> None:
        """Send, and say how many went out; fail where some could not be sent."""
        now = timezone.now()
        try:
            sent = send_digests(day=day or now.date(), now=now)
        except SendingFailed as failure:
            raise CommandError(failure.message) from failure
        self.stdout.write(f"{sent} sent.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day: write YYYY-MM-DD") from error
