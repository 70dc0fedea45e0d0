"""`manage.py generate`: a database full of invented claims."""

from __future__ import annotations

import time
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from tracker.actions import tallies
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.management.inventions import World
from tracker.models import Claim, Lexicon, Person, Source, User


class Command(BaseCommand):
    """Fill an empty database with invented claims."""

    help = (
        "Fills an empty database with invented claims, for measuring: seeded, by COPY, past the"
        " history and the checks of every single row. Refuses where there are claims."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, of whom, and the seed."""
        parser.add_argument("--claims", type=int, required=True)
        parser.add_argument("--people", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
        parser.add_argument(
            "--no-words",
            action="store_false",
            dest="words",
            help="leave the search empty: its words take as long as all the rest",
        )

    def handle(
        self, *args: Any, claims: int, people: int, seed: int, words: bool, **options: Any
    ) -> None:
        """Invent, or raise CommandError where anything is on record already."""
        if claims < 1 or people < 1:
            raise CommandError("There must be at least one claim and one speaker.")
        if Claim.objects.exists() or Person.objects.exists() or Source.objects.exists():
            raise CommandError(
                "This database holds records already. Invented claims never mix with true ones,"
                " and there is no way to force it: point TRACKER_VAR or DATABASE_URL at an empty"
                " database."
            )
        with transaction.atomic():
            self._invent(claims, people, seed, words)
        self.stdout.write(f"{claims} claims of {people} people, seed {seed}.")

    def _invent(self, claims: int, people: int, seed: int, words: bool) -> None:
        lexicon = Lexicon.objects.latest_frozen()
        if lexicon is None:
            raise CommandError("There is no frozen lexicon from which speakers could take words.")
        world = World(
            seed=seed,
            coder=User.objects.create_user("generator", is_active=False).pk,
            lexicon=lexicon.pk,
            people=people,
            claims=claims,
            words=words,
        )
        start = time.monotonic()
        for step in chain(world.invent(), ["tallies"]):
            self.stderr.write(f"{time.monotonic() - start:6.0f} s  {step}")
        tallies.rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stderr.write(f"{time.monotonic() - start:6.0f} s  done")
