"""What may be done to any editable record: change it with a reason, merge it into its twin."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from tracker.actions import scores
from tracker.actions.transactions import action
from tracker.domain.addresses import bare, canonical
from tracker.domain.errors import (
    AlreadyLogged,
    CommentRequired,
    Conflict,
    RequiredField,
    UnknownValue,
)
from tracker.domain.quotes import clean
from tracker.domain.roles import Verb
from tracker.models import Organisation, Person, Source
from tracker.models.accounts import User

RecordT = TypeVar("RecordT", bound=models.Model)
Merged = TypeVar("Merged", Person, Organisation)


def tidy(values: dict[str, Any]) -> dict[str, Any]:
    """The values with every text cleaned: NFC, and free of what cannot be stored."""
    return {name: _tidied(name, value) for name, value in values.items()}


def _tidied(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, field=name)
    return [_tidied(name, one) for one in value] if isinstance(value, list | tuple) else value


def in_choices(record: models.Model, values: dict[str, Any]) -> None:
    """Raises UnknownValue where a column with choices is given another value."""
    for name, value in values.items():
        allowed, blank = _allowed(type(record), name)
        if allowed and value not in allowed and not (blank and value == ""):
            raise UnknownValue(f"{name} takes one of: {', '.join(allowed)}.", field=name)


@cache
def _allowed(noun: type[models.Model], column: str) -> tuple[tuple[Any, ...], bool]:
    """The values that a column with choices takes, and whether it may be blank."""
    field = noun._meta.get_field(column)
    choices = getattr(field, "choices", None) or ()
    return tuple(key for key, _ in choices), bool(getattr(field, "blank", False))


def locked(record: RecordT) -> RecordT:
    """The record as it stands now, held until the transaction ends."""
    manager = type(record)._default_manager
    return manager.select_for_update(of=("self",)).get(pk=record.pk)


def check_slug(model: type[models.Model], slug: str) -> str:
    """The slug, if it is one and no other record has it."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,200}", slug):
        raise UnknownValue("A slug is of letters, digits, - and _, 200 at most.", field="slug")
    if model._default_manager.filter(slug=slug).exists():
        raise AlreadyLogged(f"The slug {slug} is taken.", field="slug")
    return slug


NAMES = ("name", "title", "statement")  # no record goes without
KEPT = {"id", "uuid", "merged_into", "version", "recorded_by"}  # set by actions alone


def check_editable(record: models.Model, values: dict[str, Any]) -> None:
    """Raises where a column is unknown or not for editors, a value unknown or a name empty."""
    fields = {field.name for field in record._meta.concrete_fields if field.editable}
    for name in values.keys() - (fields - KEPT):
        raise UnknownValue(f"{name} cannot be edited here.", field=name)
    in_choices(record, values)
    for name in NAMES:
        if name in values and not values[name].strip():
            raise RequiredField(f"The {name} cannot be empty.", field=name)
    if values.get("slug", getattr(record, "slug", "")) != getattr(record, "slug", ""):
        check_slug(type(record), values["slug"])


@action(Verb.CURATE)
def edit(*, by: User, record: RecordT, reason: str = "", **changes: Any) -> RecordT:
    """Changes a person, organisation, affiliation, topic, source or outcome; history keeps the old.

    Which record another one is merged into is changed by `merge` alone.
    """
    now = locked(record)
    values = tidy(changes)
    check_editable(now, values)
    if isinstance(now, Source) and "url" in values:
        values["url"] = bare(values["url"]) if values["url"].strip() else ""
        values["canonical_url"] = _free_address(now, values["url"])
    for name, value in values.items():
        setattr(now, name, value)
    now.save(update_fields=list(values))
    if isinstance(now, Source) and "outlet" in values:
        scores.rescore_of(Q(claim__quotation__snapshot__source__in=now.family()))
    return now


def _free_address(source: Source, url: str) -> str:
    """The canonical form of an address that no other source has."""
    address = canonical(url) if url else ""
    there = Q(canonical_url=address) | Q(addresses__canonical_url=address)
    if address and Source.objects.filter(there).exclude(pk=source.pk).exists():
        raise AlreadyLogged("Another source has this address.", field="url")
    return address


@action(Verb.CURATE)
def merge(*, by: User, loser: Merged, winner: Merged, reason: str) -> Merged:
    """Makes one record of two: the loser points at the winner, its names become aliases.

    Claims keep the speaker they were logged under; every question follows the pointer, and what
    was merged into the loser before points at the winner, too.
    """
    if not reason.strip():
        raise CommentRequired("Say why the two are the same.", field="reason")
    if loser.pk == winner.pk:
        raise Conflict("Choose two records that both still stand.", field="winner")
    first, second = (locked(record) for record in sorted((loser, winner), key=lambda r: r.pk))
    loser, winner = (first, second) if first.pk == loser.pk else (second, first)
    if winner.merged_into_id or loser.merged_into_id:
        raise Conflict("Choose two records that both still stand.", field="winner")
    names: set[str] = {loser.name, *loser.aliases} - {winner.name}
    winner.aliases = sorted({*winner.aliases, *names})
    winner.save(update_fields=["aliases"])
    type(loser)._default_manager.filter(Q(pk=loser.pk) | Q(merged_into=loser)).update(
        merged_into=winner
    )
    spoken = Q(person=loser.pk) if isinstance(loser, Person) else Q(organisation=loser.pk)
    scores.rescore_of(spoken | Q(outlet=loser.pk) if isinstance(loser, Organisation) else spoken)
    return winner
