"""What may be done with one's calendar of what comes due: take it, read it, revoke it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from tracker.actions.links import Issued, Purpose, hash_of, new_token
from tracker.actions.records import locked
from tracker.actions.transactions import action
from tracker.domain.calendars import Entry
from tracker.domain.errors import Conflict, NotPermitted
from tracker.domain.judging import Role
from tracker.domain.replies import LinkGone, LinkUnknown
from tracker.domain.roles import Verb, permitted
from tracker.models import CalendarFeed, Proposition, Resolution
from tracker.models.accounts import User

BACK, AHEAD = timedelta(days=90), timedelta(days=731)
MOST_ENTRIES = 2_000  # about a megabyte; what is cut is the far end
NOTED_EVERY = timedelta(hours=1)


@action(Verb.FOLLOW)
def make_calendar(*, by: User, now: datetime) -> Issued[CalendarFeed]:
    """Makes the private address of a person's calendar; it revokes the one before.

    Its token is returned this once.
    """
    owner = User.objects.select_for_update().get(pk=by.pk)
    owner.calendar_feeds.filter(revoked_at=None).update(revoked_at=now)
    token = new_token(Purpose.CALENDAR)
    feed = CalendarFeed.objects.create(
        user=owner, token_hash=hash_of(token, Purpose.CALENDAR), made_at=now
    )
    return Issued(feed, token)


@action(Verb.FOLLOW)
def revoke_calendar(*, by: User, now: datetime, feed: CalendarFeed) -> CalendarFeed:
    """Makes an address open nothing from now on: the owner's own, or an editor any."""
    if feed.user_id != by.pk and not by.may(Verb.CURATE):
        raise NotPermitted("Only an editor revokes the calendar of another.", field="feed")
    record = locked(feed)
    if record.revoked_at:
        raise Conflict("This address has been revoked.", field="feed")
    record.revoked_at = now
    record.save(update_fields=["revoked_at"])
    return record


def find_calendar(token: str, *, now: datetime) -> CalendarFeed:
    """The calendar behind a token, noted as read once an hour; raises LinkUnknown or LinkGone."""
    kept_as = hash_of(token, Purpose.CALENDAR)
    feed = CalendarFeed.objects.select_related("user").filter(token_hash=kept_as).first()
    if feed is None:
        raise LinkUnknown(field="token")
    if feed.revoked_at or not feed.user.is_active:
        raise LinkGone("This calendar's address was revoked: make a new one.", field="token")
    unread = Q(last_read_at=None) | Q(last_read_at__lte=now - NOTED_EVERY)
    if feed.last_read_at is None or feed.last_read_at <= now - NOTED_EVERY:
        CalendarFeed.objects.filter(unread, pk=feed.pk).update(last_read_at=now)
    return feed


def entries_for(
    user: User, *, now: datetime, address_of: Callable[[Proposition], str]
) -> list[Entry]:
    """What comes due for this person from 90 days ago to two years ahead, the latest change known.

    Who judges is shown what they may judge; an editor, all. An entry is a statement and a day for
    everyone: who said it stands behind the address, for those who may see it.
    """
    if not user.roles():
        return []
    found = _dated(Proposition.objects.exclude(frozen_at=None), now)
    if Role.JUDGE in user.roles() and not permitted(Verb.CURATE, user.roles()):
        asked = Proposition.objects.order_by()
        for duty in ({"claims__coder": user}, {"claims__readings__reader": user}):
            found = found.exclude(pk__in=asked.filter(**duty).values("pk"))
    return [_entry(one, address_of(one)) for one in found[:MOST_ENTRIES]]


def _dated(propositions: QuerySet[Proposition], now: datetime) -> QuerySet[Proposition]:
    """With their day, how often they changed, and when last; what was settled long ago is gone."""
    events: Any = Proposition.pgh_event_models["insert"]  # type: ignore[attr-defined]  # by pghistory
    edits = events.objects.filter(pgh_obj=OuterRef("pk"))
    settlings = Resolution.objects.filter(proposition=OuterRef("pk"))
    return (
        propositions.annotate(day=Coalesce("deadline", "review_on"))
        .filter(day__range=((now - BACK).date(), (now + AHEAD).date()))
        .annotate(
            settled_at=_one(settlings, "proposition", Max("decided_at")),
            settlings=_one(settlings, "proposition", Count("pk")),
            edited_at=_one(edits, "pgh_obj", Max("pgh_created_at")),
            edits=_one(edits, "pgh_obj", Count("pgh_id")),
            changed_at=Greatest("edited_at", "settled_at", "frozen_at"),
        )
        .filter(Q(settled_at=None) | Q(settled_at__gte=now - BACK))
        .order_by("day", "pk")
    )


def _one(rows: QuerySet[Any], way: str, figure: Aggregate) -> Subquery:
    """A figure of the rows that belong to one proposition."""
    return Subquery(rows.order_by().values(way).annotate(figure=figure).values("figure"))


def _entry(proposition: Any, address: str) -> Entry:
    return Entry(
        uuid=proposition.uuid,
        statement=proposition.statement,
        day=proposition.day,
        review=proposition.deadline is None,
        settled=bool(proposition.settled_at or proposition.merged_into_id),
        changes=(proposition.edits or 0) + (proposition.settlings or 0),
        changed_at=proposition.changed_at,
        address=address,
    )
