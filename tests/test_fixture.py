"""The fixture and the API lead to the same database."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from tests import aleppo
from tests.aleppo import Json, Player, make_users, poster
from tracker.actions import scores
from tracker.models import Claim, PersonTally, Snapshot

pytestmark = pytest.mark.django_db
CLOCK = {"captured_at", "date_joined", "reply_until"}


class Undone(Exception):
    """Takes a transaction back once it has shown what it was made for."""


def anonymous(rows: list[Json]) -> list[Json]:
    """The rows without what differs from run to run: the clock, and random identities."""
    names: dict[str, str] = {}
    for number, row in enumerate(rows):
        if "uuid" in row["fields"]:
            names[row["fields"].pop("uuid")] = f"{row['model']} {number}"

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            found = [renamed(item) for item in value]
            return sorted(found, key=json.dumps)
        return names.get(value, value) if isinstance(value, str) else value

    return [
        {
            "model": row["model"],
            "fields": {
                name: renamed(value)
                for name, value in row["fields"].items()
                if not name.endswith("_at") and name not in CLOCK
            },
        }
        for row in rows
    ]


@pytest.mark.long
def test_loading_the_fixture_and_logging_through_the_api_give_the_same_state() -> None:
    with suppress(Undone), transaction.atomic():
        call_command("loaddata", "aleppo_2016", verbosity=0)
        loaded = anonymous(aleppo.state())
        raise Undone

    Player(poster(make_users())).play()

    assert anonymous(aleppo.state()) == loaded


@pytest.mark.long
def test_loading_it_twice_changes_nothing() -> None:
    call_command("loaddata", "aleppo_2016", verbosity=0)
    before = aleppo.state()

    call_command("loaddata", "aleppo_2016", verbosity=0)

    assert aleppo.state() == before


def test_its_counters_equal_a_computation_from_scratch() -> None:
    call_command("loaddata", "aleppo_2016", verbosity=0)

    assert PersonTally.objects.exists()
    assert scores.differences() == 0


def test_its_snapshots_are_excerpts_and_every_claim_says_it_was_coded_with_hindsight() -> None:
    call_command("loaddata", "aleppo_2016", verbosity=0)

    assert set(Snapshot.objects.values_list("completeness", flat=True)) == {"excerpt"}
    assert Claim.objects.count() == Claim.objects.filter(coded_after_outcome=True).count() == 39
