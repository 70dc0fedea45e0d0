"""A nested claim as the API takes it, and the bare INSERTs of the very rows that it becomes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, ForeignKey, Model, UUIDField
from psycopg import sql

from tracker.actions.claims import log_claim
from tracker.api.drafts import ClaimBody
from tracker.api.sight import Sight
from tracker.models import Claim, Event, User

# As long as a time in milliseconds, so that every number stands at the same place in the text.
MODEL = "1000000000000"
WORDS = f"The bridge of plot {MODEL} will be open to traffic before the winter"
CLAIM: dict[str, Any] = {
    "source": {
        "url": f"https://bridges.example/plots/{MODEL}",
        "title": f"What is said of plot {MODEL}",
        "outlet": "The Bridge Post",
        "published_on": "2026-04-11",
    },
    "snapshot": {"text": f"“{WORDS},” said the analyst. Others are not so sure of it."},
    "quotation": {"exact": WORDS, "said_on": "2026-04-11"},
    "speaker": {"person": "Ada Bridges", "organisation": "Bridge Institute", "role": "fellow"},
    "proposition": {
        "statement": f"The bridge of plot {MODEL} is open to traffic by 21 December 2026.",
        "criteria": "The road over it is closed to all traffic on that day.",
        "deadline": "2026-12-21",
    },
    "kind": "forecast",
    "hedge": "will",
    "freeze": True,
}


def body() -> str:
    """Returns the claim as JSON; with another number for MODEL it is another claim."""
    return json.dumps(CLAIM, ensure_ascii=False)


def inserts(by: User, now: datetime) -> dict[str, str]:
    """Returns INSERTs of the rows of a claim, by name, each of which returns the new row's id.

    They take `number`, and the ids of the rows before them by name. The first such claim is logged
    here: what it became is what the others become, and whom it speaks of is known from then on.
    """
    sent = ClaimBody(data=CLAIM, context={"sight": Sight(by, by.roles())})
    sent.is_valid(raise_exception=True)
    claim = Claim.objects.filter(proposition__statement=CLAIM["proposition"]["statement"]).first()
    claim = claim or log_claim(by=by, now=now, draft=sent.validated_data)
    quotation, proposition = claim.quotation, claim.proposition
    assert proposition is not None, "a frozen claim has its proposition"
    rows: dict[str, Model] = {
        "source": quotation.snapshot.source,
        "snapshot": quotation.snapshot,
        "quotation": quotation,
        "proposition": proposition,
        "claim": claim,
        "event": Event.objects.filter(noun="claims", record=claim.pk).latest("pk"),
    }
    names = {type(row): name for name, row in rows.items()}
    return {name: _insert(row, names) for name, row in rows.items()}


def _insert(row: Model, names: Mapping[type[Model], str]) -> str:
    fields = [f for f in row._meta.concrete_fields if not f.primary_key and not f.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(row, field, names) for field in fields)
    return f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({values}) RETURNING id"


def _value(row: Any, field: Field[Any, Any], names: Mapping[type[Model], str]) -> str:
    """SQL of a value: another id, the same words with another number, else what it is."""
    value = getattr(row, field.attname)
    if isinstance(field, UUIDField):
        return "gen_random_uuid()"
    if isinstance(field, ForeignKey) and value is not None and field.related_model in names:
        return f"%({names[field.related_model]})s"
    if field.column == "record":
        return "%(claim)s"
    if field.column == "text_sha256":
        return f"encode(sha256(convert_to({_numbered(row.text)}, 'UTF8')), 'hex')"
    return _numbered(field.get_db_prep_value(value, connection))


def _numbered(value: Any) -> str:
    connection.ensure_connection()
    literal = sql.Literal(value).as_string(connection.connection).replace("%", "%%")
    return f"replace({literal}, '{MODEL}', %(number)s)" if MODEL in literal else literal
