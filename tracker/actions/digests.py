"""What is sent to people: once a day at most, and only where something waits for them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from tracker.actions.reply_links import replied_to
from tracker.domain.errors import TrackerError
from tracker.domain.judging import Role, Stage, State
from tracker.domain.roles import Verb, permitted
from tracker.models import (
    Anchoring,
    Capture,
    Digest,
    Dispute,
    Proposition,
    Resolution,
    Round,
)
from tracker.models.accounts import User
from tracker.models.resolutions import Ruling

logger = logging.getLogger(__name__)
MOST_LINES = 10  # of a section; the rest is a number and a link
NEEDED = {
    "TRACKER_BASE_URL": "https://tracker.example",
    "TRACKER_FROM_EMAIL": "editors@tracker.example",
}
APART = (State.SPLIT, State.ADJUDICATION, State.PANEL)


class SendingFailed(TrackerError):
    """Some reminders could not be sent; the next run tries these again."""

    code = "sending_failed"


@dataclass(frozen=True)
class Line:
    """One thing that waits, in words that give nothing away to a judge."""

    words: str
    note: str
    address: str


@dataclass(frozen=True)
class Section:
    """What waits in one way: the first lines, how much it is in all, and where it is listed."""

    title: str
    lines: tuple[Line, ...]
    count: int
    address: str

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def send_digests(*, day: date, now: datetime) -> int:
    """Sends each person the day's reminder, unless it was sent before; returns how many went out.

    The row is written first, so that nobody gets two; where sending fails it is taken back, and
    SendingFailed raised once everybody else has theirs. Raises ImproperlyConfigured where somebody
    is to be written to and the letters would lead nowhere.
    """
    sent, failed = 0, 0
    for user in _recipients(day):
        sections = agenda_of(user, day=day, now=now)
        if not sections:
            continue
        letter = _letter(user, day, sections)
        items = sum(section.count for section in sections)
        digest, first = Digest.objects.get_or_create(
            user=user, day=day, defaults={"items": items, "sent_at": now}
        )
        if not first:
            continue
        try:
            letter.send()
        # What the network, the mail server and an impossible address answer.
        except (OSError, ValueError) as error:
            digest.delete()
            failed += 1
            logger.warning("digest not sent", extra={"user": user.pk, "why": type(error).__name__})
        else:
            sent += 1
    if failed:
        raise SendingFailed(f"{sent} sent, {failed} failed: they are tried again.", failed=failed)
    return sent


def _recipients(day: date) -> Iterator[User]:
    """Who has an address, a role and no reminder of this day."""
    users = User.objects.filter(is_active=True).exclude(email="").exclude(digests__day=day)
    return (user for user in users.order_by("pk") if user.roles())


def _letter(user: User, day: date, sections: list[Section]) -> EmailMultiAlternatives:
    for name, example in NEEDED.items():
        if not getattr(settings, name):
            raise ImproperlyConfigured(f"Set {name}, such as {example}: reminders need it.")
    count = sum(section.count for section in sections)
    things = "1 thing waits" if count == 1 else f"{count} things wait"
    facts = {"user": user, "day": day, "sections": sections, "things": things}
    letter = EmailMultiAlternatives(
        subject=f"{things} for you: expert-claim tracker, {day}",
        body=render_to_string("tracker/mail/digest.txt", facts),
        from_email=settings.TRACKER_FROM_EMAIL,
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string("tracker/mail/digest.html", facts), "text/html")
    return letter


# --- what waits ----------------------------------------------------------------------


def agenda_of(user: User, *, day: date, now: datetime) -> list[Section]:
    """What waits for this person: verdicts and revisions; for an editor, decisions too."""
    found = list(_to_judge(user))
    if permitted(Verb.PUBLISH, user.roles()):
        found += _to_decide(day, now)
    return [section for section in found if section.count]


def _to_judge(user: User) -> Iterator[Section]:
    """Rounds by statement and deadline, which is all that a judge may know before the verdict."""
    mine = Round.objects.awaiting(user)
    if Role.JUDGE not in user.roles():
        mine = mine.filter(assignments__judge=user, assignments__released_at=None)
    apart = Round.objects.filter(state=State.SPLIT, verdicts__judge=user)
    revised = Round.objects.filter(verdicts__judge=user, verdicts__stage=Stage.REVISED)
    to_revise = apart.exclude(pk__in=revised.order_by().values("pk")).distinct()
    yield _rounds("Rounds that wait for your verdict", mine.shuffled_for(user), "waiting=me")
    yield _rounds("Splits that you may revise once", to_revise, "state__exact=split")


def _to_decide(day: date, now: datetime) -> Iterator[Section]:
    apart = Round.objects.filter(state__in=APART)
    yield _propositions("Due, without a round", Proposition.objects.due(day), "standing=due")
    yield _rounds("Judges differ", apart, "waiting=adjudicator")
    yield _rounds(
        "Agreed, to be resolved", Round.objects.filter(state=State.AGREED), "waiting=editor"
    )
    over = Resolution.objects.awaiting_publication().filter(reply_until__lte=now, replies=None)
    yield _resolutions("Speakers replied", replied_to(), "standing=answered")
    yield _resolutions("Reply window over, to be published", over, "standing=ready")
    pending = Dispute.objects.filter(ruling=Ruling.PENDING).select_related(
        "resolution__proposition"
    )
    yield _section(
        "Disputes to be ruled on",
        pending,
        lambda one: (one.resolution.proposition.statement, f"filed {one.filed_at:%Y-%m-%d}", one),
        _list("dispute", "ruling=pending"),
    )
    yield _section(
        "Pages that could not be captured",
        Capture.objects.failed().select_related("source"),
        lambda one: (one.source.title, one.reason, one),
        _list("capture", "status=failed"),
    )
    yield _section(
        "Quotations that changed or vanished",
        Anchoring.objects.alarms().select_related("quotation"),
        lambda one: (f"“{one.quotation.exact[:120]}”", one.get_state_display(), one),
        _list("anchoring", "waiting=alarm"),
    )


def _rounds(title: str, rows: QuerySet[Round], query: str) -> Section:
    return _section(
        title,
        rows.select_related("proposition"),
        lambda round: (round.proposition.statement, _deadline(round.proposition), round),
        _list("round", query),
    )


def _propositions(title: str, rows: QuerySet[Proposition], query: str) -> Section:
    return _section(
        title, rows, lambda one: (one.statement, _deadline(one), one), _list("proposition", query)
    )


def _resolutions(title: str, rows: QuerySet[Resolution], query: str) -> Section:
    return _section(
        title,
        rows.select_related("proposition"),
        lambda one: (one.proposition.statement, f"reply until {one.reply_until:%Y-%m-%d}", one),
        _list("resolution", query),
    )


def _section(
    title: str,
    rows: QuerySet[Any],
    said: Callable[[Any], tuple[str, str, Model]],
    listed: str,
) -> Section:
    lines = [said(row) for row in rows[:MOST_LINES]]
    count = len(lines) if len(lines) < MOST_LINES else rows.order_by().count()
    return Section(title, tuple(Line(w, note, _page(one)) for w, note, one in lines), count, listed)


def _deadline(proposition: Proposition) -> str:
    if proposition.deadline:
        return f"deadline {proposition.deadline}"
    return f"review {proposition.review_on}" if proposition.review_on else ""


def _page(record: Model) -> str:
    name = f"admin:tracker_{record._meta.model_name}_change"
    return f"{settings.TRACKER_BASE_URL}{reverse(name, args=[record.pk])}"


def _list(noun: str, query: str) -> str:
    path = reverse(f"admin:tracker_{noun}_changelist")
    return f"{settings.TRACKER_BASE_URL}{path}?{query}"
