"""Columns and triggers that several nouns share."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.db import models

ModelClass = TypeVar("ModelClass", bound=type[models.Model])
RecordT = TypeVar("RecordT", bound="Record", covariant=True)


class RecordQuerySet(models.QuerySet[RecordT]):
    """Questions that every record answers; fixtures find rows by their permanent uuid."""

    def get_by_natural_key(self, key: str) -> RecordT:
        return self.get(uuid=key)


class Record(models.Model):
    """A row with a permanent public identity, the same in every export, feed and fixture."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (str(self.uuid),)


def words(**options: Any) -> models.TextField[str, str]:
    """A text column without an invented maximum, in which absent text is the empty string."""
    return models.TextField(blank=True, default="", **options)


def chosen(enum: type[StrEnum], **options: Any) -> models.TextField[str, str]:
    """A text column that holds one value of the enum; `one_of` is the CHECK beside it."""
    labels = [(item.value, item.value.replace("_", " ").capitalize()) for item in enum]
    return models.TextField(choices=labels, **options)


def one_of(field: str, enum: type[StrEnum], name: str, *, blank: bool = False) -> Any:
    """The CHECK that holds a column to its enum."""
    values = [item.value for item in enum] + ([""] if blank else [])
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def permille(**options: Any) -> models.PositiveSmallIntegerField[Any, Any]:
    """A probability in thousandths, 0 to 1000, or NULL where none was given."""
    return models.PositiveSmallIntegerField(null=True, blank=True, **options)


def refusal(
    name: str,
    operation: pgtrigger.Operation,
    *,
    unless: str = "TRUE",
    message: str,
    first: str = "",
) -> pgtrigger.Trigger:
    """A row trigger by which the database itself says no, naming the rule that was broken.

    `unless` is SQL over OLD and NEW that must be true for the row to pass; `first` is a statement
    before it, such as a lock, after which it sees what others have committed.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"""{first}
            IF ({unless}) THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END IF;
            RAISE EXCEPTION '{message}'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}';
        """,
    )


def never_deleted(noun: str) -> pgtrigger.Trigger:
    """Nothing is deleted, by anyone: what is withdrawn stays, marked."""
    return refusal(
        f"{noun}_never_deleted",
        pgtrigger.Delete,
        unless="FALSE",
        message=f"A {noun} stays on record.",
    )


def immutable(noun: str) -> pgtrigger.Trigger:
    """Evidence is never overwritten; writing the same values again is no change."""
    return refusal(
        f"{noun}_immutable",
        pgtrigger.Update,
        unless="OLD IS NOT DISTINCT FROM NEW",
        message=f"A {noun} is evidence and never changes.",
    )


class HistoryEvent(pghistory.models.Event):
    """The base of every history table; its key outlives the two billionth event."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


def history(exclude: list[str] | None = None) -> Callable[[ModelClass], ModelClass]:
    """Keeps every state of a row with time, user, request and reason."""
    decorate: Callable[[ModelClass], ModelClass] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        base_model=HistoryEvent,
        exclude=exclude,
    )
    return decorate
