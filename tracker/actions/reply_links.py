"""What may be done with a speaker's link: make it, revoke it, answer by it once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from tracker.actions.links import Issued, Purpose, hash_of, new_token
from tracker.actions.records import locked, tidy
from tracker.actions.resolutions import keep_reply
from tracker.actions.transactions import action
from tracker.domain.errors import Conflict, RequiredField, UnknownSpeaker
from tracker.domain.judging import Standing
from tracker.domain.replies import LinkGone, LinkStanding, LinkUnknown, LinkUsed, expiry, standing
from tracker.domain.roles import Verb
from tracker.models import Claim, Organisation, Person, Proposition, Reply, ReplyLink, Resolution
from tracker.models.accounts import User
from tracker.models.claims import ClaimState
from tracker.models.resolutions import ResolutionQuerySet

SPOKEN = (ClaimState.FROZEN, ClaimState.RETRACTED)


def claims_of(
    proposition: Proposition, *, person: Person | None, organisation: Organisation | None
) -> QuerySet[Claim]:
    """What this speaker, under any name merged into theirs, said on the proposition."""
    claims = Claim.objects.filter(proposition=proposition, state__in=SPOKEN).order_by("said_on")
    if person:
        return claims.filter(Q(person=person) | Q(person__merged_into=person))
    return claims.filter(Q(organisation=organisation) | Q(organisation__merged_into=organisation))


def awaiting_reply(now: datetime) -> ResolutionQuerySet:
    """Unpublished resolutions to which nobody has replied while they still can."""
    return Resolution.objects.awaiting_publication().filter(reply_until__gt=now, replies=None)


def replied_to() -> ResolutionQuerySet:
    """Unpublished resolutions to which a speaker has replied: read it, then publish."""
    answered = Reply.objects.order_by().values("resolution")
    return Resolution.objects.awaiting_publication().filter(pk__in=answered)


@action(Verb.REPLY)
def make_reply_link(
    *,
    by: User,
    now: datetime,
    resolution: Resolution,
    person: Person | None = None,
    organisation: Organisation | None = None,
    days: int | None = None,
    sent_to: str = "",
) -> Issued[ReplyLink]:
    """Makes the link by which a named speaker answers; it revokes an unused one before it.

    It holds for so many days, else as long as the reply window. Its token is returned this once.
    """
    record = locked(resolution)
    if record.superseded_by_id:
        raise Conflict(
            "A later resolution replaces this one.", field="resolution", state=Standing.SUPERSEDED
        )
    if (person is None) is (organisation is None):
        raise RequiredField("Name the person or the organisation that replies.", field="person")
    person = person and (person.merged_into or person)
    organisation = organisation and (organisation.merged_into or organisation)
    if not claims_of(record.proposition, person=person, organisation=organisation).exists():
        raise UnknownSpeaker(
            f"{person or organisation} has no frozen claim on this proposition.",
            field="person" if person else "organisation",
        )
    expires_at = expiry(now=now, reply_until=record.reply_until, days=days)
    before = record.reply_links.filter(person=person, organisation=organisation)
    before.filter(reply=None, revoked_at=None).update(revoked_at=now)
    token = new_token(Purpose.REPLY)
    link = ReplyLink.objects.create(
        resolution=record,
        person=person,
        organisation=organisation,
        token_hash=hash_of(token, Purpose.REPLY),
        made_by=by,
        made_at=now,
        expires_at=expires_at,
        **tidy({"sent_to": sent_to.strip()}),
    )
    return Issued(link, token)


@action(Verb.REPLY)
def revoke_reply_link(*, by: User, now: datetime, link: ReplyLink) -> ReplyLink:
    """Makes a link open nothing from now on; what came by it stays."""
    record = locked(link)
    if record.revoked_at:
        raise Conflict("This link has been revoked.", field="link")
    if record.reply_id:
        raise LinkUsed(field="link")
    record.revoked_at = now
    record.save(update_fields=["revoked_at"])
    return record


def find_reply_link(token: str, *, now: datetime) -> ReplyLink:
    """The link behind a token, with its resolution and speaker; raises LinkUnknown or LinkGone."""
    kept_as = hash_of(token, Purpose.REPLY)
    judged = ("resolution__round", "resolution__proposition__condition")
    related = ReplyLink.objects.select_related(*judged, "person", "organisation", "reply")
    link = related.filter(token_hash=kept_as).first()
    if link is None:
        raise LinkUnknown(field="token")
    _check_open(link, now)
    return link


def standing_of(link: ReplyLink, now: datetime) -> LinkStanding:
    """What the link still opens."""
    return standing(
        used=link.reply_id is not None,
        revoked=link.revoked_at is not None,
        expires_at=link.expires_at,
        now=now,
    )


def _check_open(link: ReplyLink, now: datetime) -> None:
    kept = " The reply that came by it is on record." if link.reply_id else ""
    if link.revoked_at:
        raise LinkGone(f"This link was revoked on {link.revoked_at:%Y-%m-%d}.{kept}", field="token")
    if link.expires_at <= now:
        raise LinkGone(f"This link expired on {link.expires_at:%Y-%m-%d}.{kept}", field="token")
    if link.resolution.superseded_by_id and not link.reply_id:
        raise LinkGone("A later verdict has replaced the one of this link.", field="token")


@action(Verb.REPLY)
def answer_by_link(
    *, by: User | None, now: datetime, link: ReplyLink, author: str, text: str
) -> Reply:
    """Keeps the speaker's reply; a second one by the same link raises LinkUsed."""
    record = locked(link)
    if record.reply_id:
        raise LinkUsed(field="link")
    _check_open(record, now)
    record.reply = keep_reply(
        by=by,
        now=now,
        resolution=record.resolution,
        person=record.person,
        author=author,
        text=text,
    )
    record.save(update_fields=["reply"])
    return record.reply
