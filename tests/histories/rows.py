"""Every row of the record as a fingerprint, to see what a step has lost or changed."""

from __future__ import annotations

from functools import lru_cache

from django.apps import apps
from django.db import connection, models
from pghistory.models import Event

Rows = dict[tuple[str, str], str]  # (table, key) -> fingerprint
# Filed by migrations; no step of a history comes near them.
REFERENCE = {"tracker_lexicon", "tracker_hedgeterm", "tracker_lexiconevent"}
# What the database itself lets change in rows that are else append-only.
MAY_CHANGE = {
    "tracker_resolution": (
        "superseded_by_id",
        "published_at",
        "published_by_id",
        "override_reason",
    )
}
CHANGING = "(changing)"


def _triggers(model: type[models.Model]) -> set[str]:
    return {trigger.name for trigger in getattr(model._meta, "triggers", ())}


def _kept(model: type[models.Model]) -> bool:
    """Whether the model promises that no row of it is ever lost."""
    return issubclass(model, Event) or any(n.endswith("_never_deleted") for n in _triggers(model))


def _fixed(model: type[models.Model]) -> bool:
    """Whether the model promises that its rows never change, but for MAY_CHANGE."""
    promises = ("_immutable", "_append_only")
    return issubclass(model, Event) or any(n.endswith(promises) for n in _triggers(model))


@lru_cache(maxsize=1)
def _tables() -> dict[str, tuple[str, bool, bool]]:
    """Each table of ours with its key and what it promises: to keep its rows, and as they are."""
    found = {}
    for model in apps.get_app_config("tracker").get_models(include_auto_created=True):
        if model._meta.managed and model._meta.db_table not in REFERENCE:
            key = model._meta.pk.column
            found[model._meta.db_table] = (key, _kept(model), _fixed(model))
    return found


@lru_cache(maxsize=1)
def _question() -> str:
    """One SELECT per table, and one more for the columns that may change in evidence."""
    parts = []
    for table, (key, _, _) in _tables().items():
        columns = MAY_CHANGE.get(table, ())
        less = "".join(f" - '{column}'" for column in columns)
        print = f"md5((to_jsonb(t){less})::text)" if less else "md5(t::text)"
        parts.append(f"SELECT '{table}', {key}::text, {print} FROM {table} t")
        if columns:
            print = f"md5(ROW({', '.join(columns)})::text)"
            parts.append(f"SELECT '{table} {CHANGING}', {key}::text, {print} FROM {table}")
    return " UNION ALL ".join(parts)


def rows() -> Rows:
    """The fingerprint of every row of every table, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return {(table, key): print for table, key, print in cursor.fetchall()}


def _promises(table: str) -> tuple[bool, bool]:
    if table.endswith(CHANGING):
        return True, False
    _, kept, fixed = _tables()[table]
    return kept, fixed


def lost(before: Rows, after: Rows) -> set[tuple[str, str]]:
    """Rows that went though their table keeps all."""
    gone = before.keys() - after.keys()
    return {(table, key) for table, key in gone if _promises(table)[0]}


def changed(before: Rows, after: Rows) -> set[tuple[str, str]]:
    """Rows that are not what they were though their table keeps them so."""
    other = {row for row in before.keys() & after.keys() if before[row] != after[row]}
    return {(table, key) for table, key in other if _promises(table)[1]}
