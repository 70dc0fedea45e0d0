"""What the exports hold: the columns of each table, and the question that fills them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat, JSONObject, Length

from tracker.api.fields import span
from tracker.api.sight import Sight
from tracker.models import Claim, Reading, Relay, Resolution, Verdict
from tracker.models.claims import ClaimState, Tier

CHUNK = 2_000
Row = list[Any]


@dataclass(frozen=True)
class Table:
    """One export: its columns with their Frictionless types, and its rows for this sight."""

    name: str
    says: str
    fields: dict[str, str]
    rows: Callable[[Sight, QuerySet[Claim] | None], Iterator[Row]]


PROPOSITION = {
    "statement": "string",
    "criteria": "string",
    "resolution_sources": "string",
    "topic": "string",
    "condition_required": "boolean",
    "condition_words": "string",
    "deadline": "date",
    "deadline_basis": "string",
    "deadline_words": "string",
    "deadline_reason": "string",
    "review_on": "date",
    "specificity": "integer",
    "difficulty": "integer",
    "importance": "integer",
}
LEVELS = ("proposition", "proposition.condition", "proposition.condition.condition")
QUOTED = ("mode", "speaker_words", "role_words", "said_words", "channel")
# Column, type, and where the record keeps it.
PLAIN: tuple[tuple[str, str, str], ...] = (
    ("external_id", "string", "external_id"),
    ("uuid", "string", "uuid"),
    ("source.url", "string", "quotation__snapshot__source__url"),
    ("source.title", "string", "quotation__snapshot__source__title"),
    ("source.outlet.name", "string", "quotation__snapshot__source__outlet__name"),
    ("source.outlet.kind", "string", "quotation__snapshot__source__outlet__kind"),
    ("source.bylines", "string", "quotation__snapshot__source__bylines"),
    ("source.published_on", "date", "quotation__snapshot__source__published_on"),
    ("source.language", "string", "quotation__snapshot__source__language"),
    ("source.kind", "string", "quotation__snapshot__source__kind"),
    ("source.selection", "string", "quotation__snapshot__source__selection"),
    ("snapshot.text", "string", "excerpt"),
    ("snapshot.completeness", "string", "completeness"),
    ("snapshot.captured_at", "datetime", "quotation__snapshot__captured_at"),
    ("quotation.exact", "string", "quotation__exact"),
    ("quotation.start", "integer", "begins"),
    ("quotation.end", "integer", "ends"),
    *((f"quotation.{name}", "string", f"quotation__{name}") for name in QUOTED),
    ("quotation.hops", "string", "hops"),
    ("speaker.person.name", "string", "person__name"),
    ("speaker.organisation.name", "string", "organisation__name"),
    ("speaker.organisation.kind", "string", "organisation__kind"),
    ("speaker.role", "string", "role"),
    ("kind", "string", "kind"),
    ("polarity", "string", "polarity"),
    ("hedge", "string", "hedge"),
    ("hedge_term", "string", "hedge_term__phrase"),
    ("coded_after_outcome", "boolean", "coded_after_outcome"),
    ("failed_test", "string", "failed_test"),
    ("state_reason", "string", "state_reason"),
    ("note", "string", "note"),
    ("freeze", "boolean", "frozen"),
    ("id", "integer", "id"),
    ("state", "string", "state"),
    ("provenance", "string", "quotation__provenance"),
    ("probability.tier", "string", "p_tier"),
    ("codebook", "string", "codebook"),
)


def _meant() -> Iterator[tuple[str, str, str]]:
    for level in LEVELS:
        for name, kind in PROPOSITION.items():
            leaf = "topic__name" if name == "topic" else name
            yield f"{level}.{name}", kind, f"{level.replace('.', '__')}__{leaf}"


COLUMNS = (*PLAIN, *_meant())
CLAIM_FIELDS = {
    **{name: kind for name, kind, _ in COLUMNS},
    "quotation.said_on": "string",
    "probability.low": "number",
    "probability.point": "number",
    "probability.high": "number",
}
SPAN = ("quotation__said_first", "quotation__said_last", "quotation__said_precision")
STATED = ("p_low", "p_point", "p_high")


def _claims(sight: Sight, chosen: QuerySet[Claim] | None) -> Iterator[Row]:
    """Standing claims, each with the passage around its words; the article stays with its owner."""
    hops = Relay.objects.filter(quotation=OuterRef("quotation")).order_by("step")
    hop = JSONObject(mode="mode", channel="channel", outlet="outlet__name")
    records = (sight.see(Claim.objects.all()) if chosen is None else chosen).order_by("id")
    records = records.exclude(state=ClaimState.MERGED).annotate(
        excerpt=Concat("quotation__prefix", "quotation__exact", "quotation__suffix"),
        begins=Length("quotation__prefix"),
        ends=Length("quotation__prefix") + Length("quotation__exact"),
        completeness=Value("excerpt"),
        hops=ArraySubquery(hops.values(hop=hop)),
        frozen=Case(When(frozen_at=None, then=Value(False)), default=Value(True)),
    )
    paths = [path for *_, path in COLUMNS]
    asked = records.values_list(*paths, *SPAN, *STATED)
    tier, conditions = paths.index("p_tier"), _absent_conditions()
    for row in asked.iterator(chunk_size=CHUNK):
        told = list(row[: len(paths)])
        for statement, rest in conditions:
            if told[statement] is None:
                told[rest] = [None] * len(told[rest])
        stated = row[len(paths) + len(SPAN) :] if row[tier] == Tier.STATED else (None,) * 3
        said = span(*row[len(paths) : len(paths) + len(SPAN)])
        yield [*told, said, *(None if p is None else p / 1000 for p in stated)]


def _absent_conditions() -> list[tuple[int, slice]]:
    """Where each level's statement stands, and all of its columns."""
    first = len(PLAIN)
    size = len(PROPOSITION)
    return [(first + n * size, slice(first + n * size, first + (n + 1) * size)) for n in range(3)]


CODE_FIELDS = {
    "code": "string",
    "uuid": "string",
    "coder": "string",
    "proposition": "string",
    "claim": "string",
    "round": "integer",
    "stage": "string",
    "condition": "string",
    "outcome": "string",
    "low": "number",
    "best": "number",
    "high": "number",
    "at": "datetime",
}


def _codes(sight: Sight, chosen: QuerySet[Claim] | None) -> Iterator[Row]:
    """Readings and verdicts as each person gave them, before any discussion; people by number."""
    readings = (
        sight.see(Reading.objects.all())
        .order_by("id")
        .values_list(
            *("uuid", "reader", "claim__proposition__uuid", "claim__uuid"),
            *("low", "best", "high", "read_at"),
        )
    )
    for uuid, who, proposition, claim, *p, at in readings.iterator(chunk_size=CHUNK):
        shares = [value / 1000 for value in p]
        yield ["reading", uuid, f"coder-{who}", proposition, claim, *[None] * 4, *shares, at]
    verdicts = (
        sight.see(Verdict.objects.all())
        .order_by("id")
        .values_list(
            *("uuid", "judge", "round__proposition__uuid", "round__number"),
            *("stage", "condition", "outcome", "submitted_at"),
        )
    )
    for uuid, who, proposition, *answer, at in verdicts.iterator(chunk_size=CHUNK):
        yield ["verdict", uuid, f"coder-{who}", proposition, None, *answer, *[None] * 3, at]


RESOLUTION_FIELDS = {
    "uuid": "string",
    "proposition": "string",
    "statement": "string",
    "outcome": "string",
    "condition": "string",
    "method": "string",
    "rationale": "string",
    "decided_at": "datetime",
    "published_at": "datetime",
    "superseded_by": "string",
}


def _resolutions(sight: Sight, chosen: QuerySet[Claim] | None) -> Iterator[Row]:
    records = (
        sight.see(Resolution.objects.all())
        .order_by("id")
        .annotate(statement=F("proposition__statement"), next=F("superseded_by__uuid"))
    )
    names = [*list(RESOLUTION_FIELDS)[:-1], "next"]
    names[names.index("proposition")] = "proposition__uuid"
    for row in records.values_list(*names).iterator(chunk_size=CHUNK):
        yield list(row)


TABLES = (
    Table("claims", "Claims, as an import takes them.", CLAIM_FIELDS, _claims),
    Table("codes", "What each reader and judge answered on their own.", CODE_FIELDS, _codes),
    Table("resolutions", "How propositions were resolved.", RESOLUTION_FIELDS, _resolutions),
)
