"""What may be done with resolutions: make, publish, answer, dispute; never overwrite."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection

from tracker.actions import scores
from tracker.actions.events import announce
from tracker.actions.records import locked, tidy
from tracker.actions.rounds import open_round, settled
from tracker.actions.transactions import action
from tracker.domain import judging
from tracker.domain.errors import (
    CommentRequired,
    Conflict,
    ForbiddenMove,
    ReplyWindowOpen,
    RequiredField,
    ResolutionPublished,
    UnknownValue,
)
from tracker.domain.judging import Move, Standing, State
from tracker.domain.replies import one_line, verbatim
from tracker.domain.roles import Verb
from tracker.models import Dispute, Person, Reply, Resolution, Round
from tracker.models.accounts import User
from tracker.models.events import EventKind
from tracker.models.resolutions import Ruling
from tracker.models.rounds import RoundReason


@action(Verb.RESOLVE)
def resolve(
    *,
    by: User,
    now: datetime,
    round: Round,
    rationale: str = "",
    change_reason: str = "",
    occurred_on: date | None = None,
    late: bool = False,
) -> Resolution:
    """Turns what a round's verdicts settle into a resolution, whose reply window opens.

    A resolution that stood before is superseded, never changed, and the reason is required.
    """
    record = locked(round)
    closed = judging.after(State(record.state), Move.RESOLVE)
    consensus = settled(record)
    if consensus.ballot is None or consensus.method is None:
        raise ForbiddenMove(
            "The verdicts of this round settle nothing yet.", field="round", state=record.state
        )
    before = record.proposition.resolutions.current().select_for_update().first()
    if before and not change_reason.strip():
        raise CommentRequired(
            "Say why this replaces the earlier resolution.", field="change_reason"
        )
    resolution = Resolution(
        proposition=record.proposition,
        round=record,
        seq=before.seq + 1 if before else 1,
        condition=consensus.ballot.condition,
        outcome=consensus.ballot.outcome,
        annul_reason=consensus.ballot.annul_reason or "",
        method=consensus.method,
        occurred_on=occurred_on,
        late=late,
        decided_by=by,
        decided_at=now,
        reply_until=now + timedelta(days=settings.TRACKER_REPLY_DAYS),
        **tidy(
            {
                "rationale": rationale.strip() or _rationale(record),
                "change_reason": change_reason.strip() if before else "",
            }
        ),
    )
    if before:
        _supersede(before, resolution)
    resolution.save(force_insert=True)
    record.state, record.closed_at = closed, now
    record.save(update_fields=["state", "closed_at"])
    scores.rescore([record.proposition_id])
    return resolution


def _rationale(round: Round) -> str:
    """The judges' reasons as they gave them, where the editor adds none."""
    reasons = round.verdicts.order_by("submitted_at", "id").values_list("rationale", flat=True)
    return "\n\n".join(dict.fromkeys(reasons))


def _supersede(before: Resolution, after: Resolution) -> None:
    """Points the old at the new before the new exists: at no moment are two current."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tracker_resolution', 'id'))")
        after.pk = cursor.fetchone()[0]
    before.superseded_by_id = after.pk
    before.save(update_fields=["superseded_by"])


@action(Verb.PUBLISH)
def publish(
    *, by: User, now: datetime, resolution: Resolution, override_reason: str = ""
) -> Resolution:
    """Publishes a resolution once its reply window is over, or earlier with a reason."""
    record = locked(resolution)
    if record.published_at:
        raise ResolutionPublished(
            "This resolution is published already.", field="resolution", state=Standing.PUBLISHED
        )
    if record.superseded_by_id:
        raise Conflict(
            "A later resolution replaces this one.", field="resolution", state=Standing.SUPERSEDED
        )
    if now < record.reply_until and not override_reason.strip():
        raise ReplyWindowOpen(
            f"The speaker can reply until {record.reply_until:%Y-%m-%d %H:%M} UTC: "
            "wait, or publish with a reason.",
            field="override_reason",
            state=Standing.AWAITING,
        )
    record.published_at, record.published_by = now, by
    record.override_reason = tidy({"r": override_reason.strip()})["r"]
    record.save(update_fields=["published_at", "published_by", "override_reason"])
    scores.rescore([record.proposition_id])
    earlier = record.proposition.resolutions.published().filter(seq__lt=record.seq)
    kind = EventKind.RESOLUTION_REVISED if earlier.exists() else EventKind.RESOLUTION_PUBLISHED
    facts = {"proposition": record.proposition_id, "seq": record.seq}
    announce(kind, noun="resolutions", record=record.pk, now=now, **facts)
    return record


@action(Verb.REPLY)
def record_reply(
    *,
    by: User,
    now: datetime,
    resolution: Resolution,
    author: str,
    text: str,
    person: Person | None = None,
) -> Reply:
    """Keeps the named speaker's answer verbatim, to be printed beside the verdict."""
    return keep_reply(
        by=by, now=now, resolution=resolution, person=person, author=author, text=text
    )


def keep_reply(
    *,
    by: User | None,
    now: datetime,
    resolution: Resolution,
    person: Person | None,
    author: str,
    text: str,
) -> Reply:
    """Files a reply, by an editor's hand or (`by=None`) the speaker's own, and announces it."""
    reply = Reply.objects.create(
        resolution=resolution,
        person=person,
        received_at=now,
        recorded_by=by,
        author=one_line(author, field="author"),
        text=verbatim(text, field="text"),
    )
    announce(
        EventKind.REPLY_RECEIVED, noun="replies", record=reply.pk, now=now, resolution=resolution.pk
    )
    return reply


@action(Verb.REPLY)
def file_dispute(
    *, by: User, now: datetime, resolution: Resolution, ground: str, text: str, filed_by: str
) -> Dispute:
    """Files an appeal against a published resolution."""
    if resolution.published_at is None:
        raise Conflict(
            "Only a published resolution can be disputed.",
            field="resolution",
            state=Standing.AWAITING,
        )
    texts = tidy({"ground": ground.strip(), "text": text.strip(), "filed_by": filed_by.strip()})
    for name, value in texts.items():
        if not value:
            raise RequiredField(f"A dispute needs its {name}.", field=name)
    return Dispute.objects.create(resolution=resolution, filed_at=now, **texts)


@action(Verb.RULE)
def rule_on(*, by: User, now: datetime, dispute: Dispute, ruling: str, reason: str) -> Dispute:
    """Rules on an appeal; one that is upheld opens a round with fresh judges."""
    record = locked(dispute)
    if record.ruling != Ruling.PENDING:
        raise Conflict("This dispute has been ruled on.", field="dispute", state=record.ruling)
    if ruling not in (Ruling.UPHELD, Ruling.REJECTED):
        raise UnknownValue("ruling takes one of: upheld, rejected.", field="ruling")
    if not reason.strip():
        raise CommentRequired("A ruling needs its reason.", field="reason")
    record.ruling, record.ruling_reason = ruling, tidy({"reason": reason.strip()})["reason"]
    record.ruled_by, record.ruled_at = by, now
    if ruling == Ruling.UPHELD:
        record.new_round = open_round(
            by=by,
            now=now,
            proposition=record.resolution.proposition,
            reason=RoundReason.APPEAL,
        )
    record.save()
    return record
