"""The history of a record as people read it: who, when, what changed from what to what, why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from pghistory.core import event_models

from tracker.domain.passages import DiffPiece, diff
from tracker.models.accounts import User

MOST_EVENTS = 100
SENTENCE = 3  # words: shorter texts are read at a glance, before and after
# Naming these takes no further question to the database.
NAMED = frozenset(
    {"person", "organisation", "topic", "proposition", "user", "hedgeterm", "source", "lexicon"}
)


@dataclass(frozen=True)
class Difference:
    field: str
    before: str
    after: str

    @property
    def pieces(self) -> Sequence[DiffPiece]:
        """The difference word by word, where both are sentences; else nothing."""
        if min(len(self.before.split()), len(self.after.split())) < SENTENCE:
            return ()
        return diff(self.before, self.after)


@dataclass(frozen=True)
class Event:
    """One state of a record, as the difference from the one before it."""

    at: datetime
    who: str
    action: str
    reason: str
    differences: tuple[Difference, ...]


def events_of(record: models.Model) -> list[Event]:
    """The newest MOST_EVENTS events, newest first, in a fixed number of queries.

    Records without a history table are evidence: they have no history but their making.
    """
    tables = event_models(tracks_model=type(record))
    if not tables:
        return []
    events = tables[0]._default_manager.filter(pgh_obj_id=record.pk).select_related("pgh_context")
    rows = list(events.order_by("-pgh_id")[: MOST_EVENTS + 1])
    older = [*rows[1:], None][: len(rows)]  # what was imported in bulk has no events
    return told(list(zip(rows, older, strict=True)))[:MOST_EVENTS]


def told(pairs: Sequence[tuple[Any, Any]]) -> list[Event]:
    """Events of one table, each given with the state before it, or None for the first."""
    if not pairs:
        return []
    rows = [row for row, _ in pairs]
    fields = [f for f in rows[0]._meta.concrete_fields if not f.name.startswith("pgh_")]
    names = _names([*rows, *(before for _, before in pairs if before)], fields)
    users = _users(rows)
    return [_event(row, before, fields, names, users) for row, before in pairs]


def _facts(row: Any) -> dict[str, Any]:
    return row.pgh_context.metadata if row.pgh_context else {}


def _users(rows: Iterable[Any]) -> dict[int, str]:
    keys = {facts["user"] for facts in map(_facts, rows) if facts.get("user")}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}


def _names(rows: Sequence[Any], fields: Sequence[Any]) -> dict[str, dict[Any, str]]:
    """What foreign keys point at, by field and key: one query a field that ever changed."""
    names: dict[str, dict[Any, str]] = {}
    for field in fields:
        if not field.is_relation:
            continue
        keys = {getattr(row, field.attname) for row in rows} - {None}
        target = field.related_model
        if keys and target._meta.model_name in NAMED:
            names[field.name] = {
                each.pk: str(each) for each in target._base_manager.filter(pk__in=keys)
            }
    return names


def _event(
    row: Any,
    before: Any,
    fields: Sequence[Any],
    names: dict[str, dict[Any, str]],
    users: dict[int, str],
) -> Event:
    facts = _facts(row)
    return Event(
        at=row.pgh_created_at,
        who=users.get(facts.get("user", 0), "The tracker"),
        action="changed it" if before else "filed it",
        reason=str(facts.get("reason", "")),
        differences=tuple(_differences(row, before, fields, names)),
    )


def _differences(
    row: Any, before: Any, fields: Sequence[Any], names: dict[str, dict[Any, str]]
) -> Iterable[Difference]:
    for field in fields:
        if field.name in ("id", "uuid"):
            continue
        new = getattr(row, field.attname)
        old = getattr(before, field.attname) if before else None
        if new != old and (before or new not in (None, "", [])):
            label = field.name.replace("_", " ").capitalize()
            yield Difference(label, _said(old, field, names), _said(new, field, names))


def _said(value: Any, field: Any, names: dict[str, dict[Any, str]]) -> str:
    if value is None or value == "" or value == []:
        return "nothing"
    if field.is_relation:
        return names.get(field.name, {}).get(value, f"#{value}")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
