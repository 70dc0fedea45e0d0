"""What changed across all records: who, when, why, and from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from pghistory.core import event_models
from pghistory.models import Context

from tracker.admin.histories import Event, told
from tracker.models.accounts import User

AT_ONCE = 25
MOST_EVENTS = 200
"""Of one table, on one page: an import changes thousands of rows in one go."""


@dataclass(frozen=True)
class Change:
    """One event with the record that it is about."""

    noun: str
    address: str
    key: Any
    event: Event


@dataclass(frozen=True)
class Found:
    """One page of changes, the filters it answers, and where older ones are."""

    changes: Sequence[Change]
    users: Sequence[User]
    user: str
    day: str
    noun: str
    key: str
    nouns: Sequence[tuple[str, str]]
    older: str

    @property
    def filtered(self) -> bool:
        return bool(self.user or self.day or self.noun)


def tables() -> dict[str, Any]:
    """The event table of every noun that keeps its history, by the noun's name."""
    kept = {}
    for model in apps.get_app_config("tracker").get_models():
        if not model._meta.proxy and (events := event_models(tracks_model=model)):
            kept[str(model._meta.model_name)] = (model, events[0])
    return kept


def changes(asked: Mapping[str, str]) -> Found:
    """The newest changes that fit; what is asked for and there is not is passed over."""
    known = tables()
    noun = asked.get("noun", "") if asked.get("noun", "") in known else ""
    user, key, day = (asked.get(name, "") for name in ("user", "key", "day"))
    query = {
        "user": user if _is_key(user) else "",
        "day": day if _moment(day) else "",
        "noun": noun,
        "key": key if noun and _is_key(key) else "",
    }
    page = list(_contexts(query, asked.get("before", ""), known)[: AT_ONCE + 1])
    shown = page[:AT_ONCE]
    found = [
        change
        for name, (model, events) in known.items()
        if noun in ("", name)
        for change in _of_table(model, events, shown, query["key"])
    ]
    found.sort(key=lambda change: change.event.at, reverse=True)
    older = {name: value for name, value in query.items() if value}
    older["before"] = shown[-1].created_at.isoformat() if len(page) > AT_ONCE else ""
    return Found(
        changes=found,
        users=list(User.objects.order_by("username")[:MOST_EVENTS]),
        nouns=[(name, str(model._meta.verbose_name)) for name, (model, _) in sorted(known.items())],
        older=f"?{urlencode(older)}" if older["before"] else "",
        **query,
    )


def _contexts(query: Mapping[str, str], before: str, known: Mapping[str, Any]) -> QuerySet[Any]:
    """The requests that changed something, newest first."""
    found: QuerySet[Any] = Context.objects.order_by("-created_at")
    if query["user"]:
        found = found.filter(metadata__user=int(query["user"]))
    if first := _moment(query["day"]):
        found = found.filter(created_at__gte=first, created_at__lt=first + timedelta(days=1))
    if until := _moment(before):
        found = found.filter(created_at__lt=until)
    if query["noun"]:
        _, events = known[query["noun"]]
        its = {"pgh_obj_id": int(query["key"])} if query["key"] else {}
        found = found.filter(
            pk__in=events._default_manager.order_by().filter(**its).values("pgh_context")
        )
    return found


def _of_table(model: Any, events: Any, contexts: Sequence[Any], key: str) -> Iterator[Change]:
    """The events of one table in these requests, each with the state before it."""
    rows = events._default_manager.filter(pgh_context__in=[context.pk for context in contexts])
    if key:
        rows = rows.filter(pgh_obj_id=int(key))
    earlier = events._default_manager.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    ).order_by("-pgh_id")
    rows = rows.select_related("pgh_context").annotate(
        before=Subquery(earlier.values("pgh_id")[:1])
    )
    found = list(rows.order_by("-pgh_id")[:MOST_EVENTS])
    before = events._default_manager.in_bulk({row.before for row in found} - {None})
    for row, event in zip(
        found, told([(row, before.get(row.before)) for row in found]), strict=True
    ):
        yield Change(
            str(model._meta.verbose_name), _address(model, row.pgh_obj_id), row.pgh_obj_id, event
        )


def _address(model: Any, key: Any) -> str:
    if model not in admin.site._registry:
        return ""
    return reverse(f"admin:tracker_{model._meta.model_name}_change", args=[key])


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _moment(text: str) -> datetime | None:
    """The beginning of a day, or a moment, in UTC; None where it is neither."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
