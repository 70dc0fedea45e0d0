"""What may be done to any editable record: change it with a reason, merge it into its twin."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from tracker.actions.transactions import action
from tracker.domain.errors import CommentRequired, Conflict, UnknownValue
from tracker.domain.quotes import clean
from tracker.domain.roles import Verb
from tracker.models import Organisation, Person
from tracker.models.accounts import User

RecordT = TypeVar("RecordT", bound=models.Model)
Merged = TypeVar("Merged", Person, Organisation)


def tidy(values: dict[str, Any]) -> dict[str, Any]:
    """The values with every text cleaned: NFC, and free of what cannot be stored."""
    return {
        name: clean(value, field=name) if isinstance(value, str) else value
        for name, value in values.items()
    }


def in_choices(record: models.Model, values: dict[str, Any]) -> None:
    """Raises UnknownValue where a column with choices is given another value."""
    for name, value in values.items():
        field = record._meta.get_field(name)
        choices = getattr(field, "choices", None)
        allowed = [key for key, _ in choices] if choices else []
        may_be_blank = value == "" and getattr(field, "blank", False)
        if choices and value not in allowed and not may_be_blank:
            raise UnknownValue(f"{name} takes one of: {', '.join(allowed)}.", field=name)


def locked(record: RecordT) -> RecordT:
    """The record as it stands now, held until the transaction ends."""
    manager = type(record)._default_manager
    return manager.select_for_update(of=("self",)).get(pk=record.pk)


@action(Verb.CURATE)
def edit(*, by: User, record: RecordT, reason: str = "", **changes: Any) -> RecordT:
    """Changes a person, organisation, affiliation, topic or source; the history keeps the old."""
    now = locked(record)
    values = tidy(changes)
    in_choices(now, values)
    for name, value in values.items():
        setattr(now, name, value)
    now.save(update_fields=list(values))
    return now


@action(Verb.CURATE)
def merge(*, by: User, loser: Merged, winner: Merged, reason: str) -> Merged:
    """Makes one record of two: the loser points at the winner, its names become aliases.

    Claims keep the speaker they were logged under; every question follows the pointer.
    """
    if not reason.strip():
        raise CommentRequired("Say why the two are the same.", field="reason")
    if loser.pk == winner.pk or winner.merged_into_id or loser.merged_into_id:
        raise Conflict("Choose two records that both still stand.", field="winner")
    loser, winner = locked(loser), locked(winner)
    names: set[str] = {loser.name, *loser.aliases} - {winner.name}
    winner.aliases = sorted({*winner.aliases, *names})
    winner.save(update_fields=["aliases"])
    loser.merged_into_id = winner.pk
    loser.save(update_fields=["merged_into"])
    return winner
