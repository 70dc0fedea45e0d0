"""Attempts to capture a page by its address: what was asked for, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tracker.domain.captures import ENDED, FAILURES, UNDER_WAY, CaptureStatus
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    never_deleted,
    one_of,
    words,
)
from tracker.models.documents import CaptureMethod, Snapshot, Source


class CaptureQuerySet(RecordQuerySet["Capture"]):
    def failed(self) -> CaptureQuerySet:
        """Those that ended without the page: a person retries, or pastes it."""
        return self.filter(status__in=FAILURES)

    def under_way(self) -> CaptureQuerySet:
        """Those that a worker has, or will have, in hand."""
        return self.filter(status__in=UNDER_WAY)


@history()
class Capture(Record):
    """One request for the page of a source, from the queue to its snapshot or its failure."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    requested_url = words(help_text="Empty where a file was uploaded.")
    method = chosen(CaptureMethod, default=CaptureMethod.FETCH)
    final_url = words(help_text="Where the redirects led.")
    status = chosen(CaptureStatus, default=CaptureStatus.QUEUED)
    reason = words(help_text="Why there is no page, and what to do about it.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Since it was queued.")
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    mime = words()
    bytes_sha256 = words(help_text="The name of the bytes in the archive.")
    size = models.PositiveIntegerField(null=True, blank=True, help_text="In bytes.")
    found = models.JSONField(
        default=dict, blank=True, help_text="What the page says of itself: proposals, no facts."
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="captures"
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("status", CaptureStatus, "capture_status_known"),
            one_of("method", CaptureMethod, "capture_method_known"),
            models.CheckConstraint(
                condition=models.Q(
                    ~models.Q(bytes_sha256=""),
                    status=CaptureStatus.OK,
                    snapshot__isnull=False,
                    size__isnull=False,
                )
                # The bytes of a capture that is withdrawn are hidden; their hash stays.
                | models.Q(
                    ~models.Q(bytes_sha256=""),
                    status=CaptureStatus.WITHDRAWN,
                    snapshot__isnull=False,
                    size__isnull=False,
                )
                | models.Q(
                    ~models.Q(status=CaptureStatus.OK),
                    bytes_sha256="",
                    snapshot__isnull=True,
                    size__isnull=True,
                ),
                name="capture_ok_iff_kept",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=sorted(FAILURES)) | ~models.Q(reason=""),
                name="capture_failure_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(ENDED), finished_at__isnull=False)
                | models.Q(status__in=sorted(UNDER_WAY), finished_at__isnull=True),
                name="capture_finished_iff_ended",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(status__in=sorted(UNDER_WAY)),
                name="capture_one_under_way",
            ),
        ]
        indexes = [
            # read by the lists of what failed, newest first
            models.Index(fields=["status", "-id"], name="capture_by_status"),
            # read before bytes are served, and when the archive is hashed again
            models.Index(
                fields=["bytes_sha256"],
                condition=~models.Q(bytes_sha256=""),
                name="capture_by_bytes",
            ),
        ]
        triggers = [never_deleted("capture")]

    def __str__(self) -> str:
        return f"{self.requested_url or self.get_method_display()} ({self.status})"
