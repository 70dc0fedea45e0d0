"""Pages that are asked for again, so that a change of their words is noticed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker.actions.captures import request_capture
from tracker.domain.captures import UnderWay
from tracker.domain.errors import NotFound
from tracker.domain.judging import Role
from tracker.models import Capture, Quotation, Snapshot, Source
from tracker.models.accounts import User
from tracker.models.documents import Completeness


def stale(before: datetime) -> QuerySet[Source]:
    """Quoted pages with an address that were captured in full, but not since, oldest first.

    An attempt since then counts, too: a page that is gone is asked for once in a period, and one
    that stays as it was adds no snapshot.
    """
    own = Q(source=OuterRef("pk")) | Q(source__merged_into=OuterRef("pk"))
    quoted = Q(snapshot__source=OuterRef("pk")) | Q(snapshot__source__merged_into=OuterRef("pk"))
    full = Snapshot.objects.order_by().filter(own, completeness=Completeness.FULL)
    attempts = Capture.objects.order_by().filter(own)
    return Source.objects.filter(
        Exists(full),
        ~Exists(full.filter(captured_at__gte=before)),
        ~Exists(attempts.filter(requested_at__gte=before)),
        ~Exists(attempts.under_way()),
        Exists(Quotation.objects.order_by().filter(quoted)),
        ~Q(url=""),
        merged_into=None,
    ).order_by("pk")


def recapture(
    *, by: User, now: datetime, older_than: timedelta, limit: int | None = None
) -> list[Capture]:
    """Asks for every stale page, the given number of them at most, in this person's name."""
    asked = []
    for source in stale(now - older_than)[:limit]:
        # Someone may have asked for it since the question was put.
        with suppress(UnderWay):
            asked.append(request_capture(by=by, now=now, source=source))
    return asked


def recapture_by_setting(*, now: datetime) -> list[Capture]:
    """Asks for what is older than TRACKER_RECAPTURE_DAYS; 0 asks for nothing."""
    days = settings.TRACKER_RECAPTURE_DAYS
    if not days:
        return []
    return recapture(by=requester(), now=now, older_than=timedelta(days=days))


def requester(username: str = "") -> User:
    """In whose name pages are asked for: the user of this name, else the first admin."""
    users = User.objects.filter(is_active=True).order_by("pk")
    if username:
        named = users.filter(username=username).first()
        if named is None:
            raise NotFound(f"There is no active user {username}.", field="as")
        return named
    admin = users.filter(groups__name=Role.ADMIN).first()
    if admin is None:
        raise NotFound("There is no admin: name a user with --as.", field="as")
    return admin
