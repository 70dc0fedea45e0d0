"""The whole record as a folder of JSON Lines, and an empty database made of one.

Rows go by their uuids, people by their names. What is written comes back to the byte; what is
derived (score items, tallies, codes counted) is computed anew, and the events of histories begin
with the import. Left out: passwords, tokens, private links, webhooks and their messages, jobs,
imports, published tables, archived bytes (their hashes stay).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pgtrigger
from django.core import serializers
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F

from tracker.actions import scores
from tracker.actions.transactions import action
from tracker.domain.errors import Conflict
from tracker.domain.imports import BadFile
from tracker.domain.roles import Verb
from tracker.models import (
    Address,
    Affiliation,
    Anchoring,
    Assignment,
    Benchmark,
    Capture,
    Citation,
    Claim,
    Dispute,
    Distortion,
    Duplicate,
    Evidence,
    HedgeTerm,
    Lexicon,
    Organisation,
    Outcome,
    Override,
    Person,
    Proposition,
    Quotation,
    Reading,
    Relay,
    Reply,
    Resolution,
    Round,
    Snapshot,
    Source,
    Topic,
    User,
    Verdict,
)

# In the order in which rows may point at each other.
NOUNS: tuple[type[models.Model], ...] = (
    *(Topic, Organisation, Person, Affiliation, Source, Address, Snapshot, Capture),
    *(Quotation, Relay, Anchoring, Distortion, Lexicon, HedgeTerm, Proposition, Benchmark),
    *(Outcome, Citation, Evidence, Claim, Duplicate, Reading, Round, Assignment, Override),
    *(Verdict, Resolution, Reply, Dispute),
)
PEOPLE = "users.jsonl"
CHUNK = 500


class Exactly(DjangoJSONEncoder):
    """Writes times to the microsecond."""

    def default(self, o: Any) -> Any:
        """Return what JSON can say of a value."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def write_record(folder: Path) -> dict[str, int]:
    """Writes every noun into a file of its own; returns the number of rows by file."""
    folder.mkdir(parents=True, exist_ok=True)
    names = User.objects.order_by("username").values_list("username", flat=True)
    lines = [json.dumps({"username": name}, ensure_ascii=False) + "\n" for name in names]
    (folder / PEOPLE).write_text("".join(lines), encoding="utf-8")
    return {PEOPLE: len(lines), **{_name(noun): _write(noun, folder) for noun in NOUNS}}


def _name(noun: type[models.Model]) -> str:
    return f"{noun._meta.model_name}.jsonl"


def _write(noun: type[models.Model], folder: Path) -> int:
    number = 0
    with (folder / _name(noun)).open("w", encoding="utf-8", newline="\n") as file:
        for row in _rows(noun).iterator(chunk_size=CHUNK):
            serializers.serialize(
                "jsonl",
                [row],
                stream=file,
                use_natural_foreign_keys=True,
                use_natural_primary_keys=True,
                cls=Exactly,
                ensure_ascii=False,
            )
            number += 1
    return number


def _rows(noun: type[models.Model]) -> models.QuerySet[Any]:
    """The rows, what is pointed at by a rule of the database before what points at it."""
    rows = noun._default_manager.all()
    if noun is Resolution:
        return rows.order_by("-seq", "id")
    if any(field.name == "merged_into" for field in noun._meta.fields):
        return rows.order_by(F("merged_into__uuid").asc(nulls_first=True), "id")
    return rows.order_by("id")


@action(Verb.ADMINISTER)
def read_record(*, by: None, folder: Path) -> dict[str, int]:
    """Fills an empty database from such a folder; people who are missing are made, inactive.

    Raises Conflict where claims or sources are on record, BadFile where a file is missing or a
    line cannot stand.
    """
    if Source.objects.exists() or Claim.objects.exists():
        raise Conflict("The record is not empty: import into a new database.")
    found = {PEOPLE: _read_people(folder)}
    # Rows stand as they stood at last, not as each came to be: what refuses a step that is out of
    # turn has nothing to say. Constraints hold, and are looked at before the end.
    with pgtrigger.ignore(*_refusals()):
        for noun in NOUNS:
            found[_name(noun)] = _read(noun, folder)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    scores.rescore()
    return found


def _refusals() -> list[str]:
    """The triggers that refuse; those that keep histories and counts stay on."""
    ours = {noun._meta.label for noun in NOUNS}
    return [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if model._meta.label in ours and trigger.when == pgtrigger.Before
    ]


def _read_people(folder: Path) -> int:
    names = [json.loads(line)["username"] for line in _lines(folder / PEOPLE)]
    known = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    for name in sorted(set(names) - known):
        user = User(username=name, is_active=False)
        user.set_unusable_password()
        user.save(force_insert=True)
    return len(names)


def _read(noun: type[models.Model], folder: Path) -> int:
    number, waiting = 0, []
    for one in _objects(folder / _name(noun)):
        if not isinstance(one.object, noun):
            raise BadFile(f"{_name(noun)} holds a row of another kind.")
        one.save()
        number += 1
        if one.deferred_fields:
            waiting.append(one)
    for one in waiting:
        one.save_deferred_fields()
    return number


def _objects(path: Path) -> Iterator[DeserializedObject]:
    try:
        yield from serializers.deserialize("jsonl", _lines(path), handle_forward_references=True)
    except DeserializationError as error:
        raise BadFile(f"{path.name}: {error}") from error


def _lines(path: Path) -> Iterator[str]:
    if not path.exists():
        raise BadFile(f"{path.name} is missing: this is no export of the record.")
    with path.open(encoding="utf-8") as file:
        yield from file
