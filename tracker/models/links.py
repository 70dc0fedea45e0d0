"""Links that carry their own leave: a speaker's reply, a judge's calendar; only hashes are kept."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.models.columns import (
    Record,
    RecordQuerySet,
    history,
    never_deleted,
    refusal,
    words,
)
from tracker.models.people import Organisation, Person
from tracker.models.resolutions import Reply, Resolution

USER = settings.AUTH_USER_MODEL


@history(exclude=["token_hash"])
class ReplyLink(Record):
    """A single-purpose link by which a named speaker answers one resolution, once."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="reply_links")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_to = words(help_text="Where the link was sent.")
    token_hash = models.TextField(unique=True, editable=False)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    reply = models.OneToOneField(Reply, models.PROTECT, null=True, blank=True, related_name="link")

    objects = RecordQuerySet["ReplyLink"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False),
                name="reply_link_names_speaker",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="reply_link_expires_later"
            ),
        ]
        triggers = [
            never_deleted("reply_link"),
            refusal(
                "reply_link_used_once",
                pgtrigger.Update,
                unless="OLD.reply_id IS NULL OR OLD.reply_id IS NOT DISTINCT FROM NEW.reply_id",
                message="This link has been used.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation}: {self.resolution}"


class CalendarFeed(Record):
    """A person's private address of the calendar of what comes due; a new one revokes the old."""

    user = models.ForeignKey(USER, models.PROTECT, related_name="calendar_feeds")
    token_hash = models.TextField(unique=True, editable=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet["CalendarFeed"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="calendar_feed_one_in_force"
            ),
        ]
        triggers = [never_deleted("calendar_feed")]

    def __str__(self) -> str:
        return f"{self.user}, {self.made_at:%Y-%m-%d}"


class Digest(models.Model):
    """One day's reminder to one person: written before it is sent, so that none comes twice."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="digests")
    day = models.DateField()
    items = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}: {self.items}"
