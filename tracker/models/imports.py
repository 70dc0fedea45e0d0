"""Tables of claims that were sent in bulk: where each stands, and what its lines lacked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.domain.imports import ENDED, UNDER_WAY, ImportFormat, ImportState
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    never_deleted,
    one_of,
    words,
)


class Import(Record):
    """One file of claims, from the queue to the record or to the list of what is wrong with it."""

    filename = words(help_text="As it was sent.")
    file = words(editable=False, help_text="Where the archive keeps it.")
    size = models.BigIntegerField(default=0, help_text="In bytes.")
    format = chosen(ImportFormat)
    dry_run = models.BooleanField(default=False, help_text="Check everything, write nothing.")
    state = chosen(ImportState, default=ImportState.QUEUED)
    reason = words(help_text="Why it ended as it did, and what to do about it.")
    rows_read = models.IntegerField(default=0)
    rows_checked = models.IntegerField(default=0)
    rows_written = models.IntegerField(default=0)
    rows_there = models.IntegerField(
        default=0, help_text="On record already, with the same content."
    )
    faults_found = models.IntegerField(default=0)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet["Import"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("format", ImportFormat, "import_format_known"),
            one_of("state", ImportState, "import_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED), finished_at__isnull=False)
                | Q(state__in=sorted(UNDER_WAY), finished_at__isnull=True),
                name="import_finished_iff_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.DONE) | Q(dry_run=False),
                name="import_dry_run_writes_nothing",
            ),
        ]
        triggers = [never_deleted("import")]

    def __str__(self) -> str:
        return f"{self.filename or 'Rows'} ({self.state})"


class ImportFault(models.Model):
    """What is wrong in one line of a file, in which column, and how to put it right."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="faults")
    line = models.IntegerField(help_text="The first line of the file is 1.")
    field = words(help_text="The column's dotted name; empty where the whole line is meant.")
    code = models.TextField()
    message = models.TextField()

    class Meta:
        ordering = ["run", "line", "id"]
        indexes = [
            # read by the list of what is wrong with one import, in the order of its lines
            models.Index(fields=["run", "line", "id"], name="import_fault_by_line"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"
