"""`manage.py verify_archive`: whether every captured byte is still there and still the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.actions import custody
from tracker.domain.errors import TrackerError


class Command(BaseCommand):
    """Name every archived file that is damaged or missing; exit with 1 if there is one."""

    help = "Hashes every archived file again; names what is damaged, missing or unreferenced."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one switch."""
        parser.add_argument(
            "--json", action="store_true", help="one JSON object a line, the last one the counts"
        )

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        """Write a line for each finding as it is found, then the counts."""
        self.as_json = json
        self.counts = {"checked": 0, "damaged": 0, "unreferenced": 0}
        try:
            self._hash_again()
            self._list_unreferenced()
        except TrackerError as error:
            raise CommandError(error.message) from error
        self._say(
            "{checked} files checked, {damaged} not in order, {unreferenced} unreferenced.",
            self.counts,
        )
        if self.counts["damaged"]:
            raise SystemExit(1)

    def _hash_again(self) -> None:
        for one in custody.damaged(self._counted()):
            self.counts["damaged"] += 1
            captures = ", ".join(map(str, one.captures))
            self._say(
                f"{{damage}}: {{name}} (captures {captures})",
                {
                    "damage": str(one.fault.damage),
                    "name": one.fault.name,
                    "sha256": one.fault.digest,
                    "captures": one.captures,
                },
            )

    def _counted(self) -> Iterator[str]:
        for digest in custody.named():
            self.counts["checked"] += 1
            yield digest

    def _list_unreferenced(self) -> None:
        for name in custody.unreferenced():
            self.counts["unreferenced"] += 1
            self._say("unreferenced: {unreferenced}", {"unreferenced": name})

    def _say(self, sentence: str, facts: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(facts) if self.as_json else sentence.format(**facts))
