"""What was said and where it stands: sources, immutable snapshots, provable quotations."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce

from tracker.domain.deadlines import Precision
from tracker.domain.provenance import Grade, Mode
from tracker.models.accounting import MOVED_PAGES, PRINTED_ON, accounting
from tracker.models.claim_indexes import RETITLED, indexing
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    immutable,
    never_deleted,
    one_of,
    refusal,
    words,
)
from tracker.models.people import Organisation


class SourceKind(StrEnum):
    """CSL's item types, as far as the press and its evidence need them."""

    ARTICLE = "article-newspaper"
    POST = "post"
    BROADCAST = "broadcast"
    INTERVIEW = "interview"
    REPORT = "report"
    SPEECH = "speech"
    WEBPAGE = "webpage"
    DATASET = "dataset"


class Selection(StrEnum):
    """How a document came to be coded: the denominator of every count."""

    CENSUS = "census"
    RANDOM = "random"
    NOMINATED = "nominated"
    SEARCH_LED = "search_led"


class CaptureMethod(StrEnum):
    PASTE = "paste"
    UPLOAD = "upload"
    FETCH = "fetch"
    WAYBACK = "wayback"
    PERMA = "perma"
    ARCHIVE_TODAY = "archive_today"


class Completeness(StrEnum):
    FULL = "full"
    EXCERPT = "excerpt"


class SourceQuerySet(RecordQuerySet["Source"]):
    def at(self, canonical_url: str) -> SourceQuerySet:
        """The source at this canonical address, unless merged into another."""
        return self.filter(canonical_url=canonical_url, merged_into=None)

    def published_by(self, outlets: Iterable[int]) -> SourceQuerySet:
        """Those that count for one of these outlets: what stands decides, if it has an outlet."""
        own = models.Q(outlet__in=outlets, merged_into__outlet=None)
        return self.filter(own | models.Q(merged_into__outlet__in=outlets))

    def kin(self) -> SourceQuerySet:
        """Every record of the same pages as these: what stands for them, what was merged there."""
        standing = self.order_by().values(standing=Coalesce("merged_into", "pk"))
        records = Source.objects.order_by("pk")
        return records.filter(models.Q(pk__in=standing) | models.Q(merged_into__in=standing))


@history()
class Source(Record):
    """A document: one article, post, broadcast or report, whatever its addresses."""

    url = words(help_text="The address as it was found.")
    canonical_url = words(editable=False)
    title = models.TextField()
    outlet = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sources"
    )
    bylines = ArrayField(models.TextField(), default=list, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_words = words(help_text="The date as printed, where it is not a single day.")
    language = models.TextField(default="en", help_text="BCP 47 tag.")
    kind = chosen(SourceKind, default=SourceKind.ARTICLE)
    selection = chosen(Selection, default=Selection.NOMINATED)
    note = words()
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["canonical_url"],
                condition=~models.Q(canonical_url=""),
                name="source_one_per_address",
            ),
            one_of("kind", SourceKind, "source_kind_known"),
            one_of("selection", Selection, "source_selection_known"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="source_not_own_merger"
            ),
        ]
        indexes = [
            # read by the list, newest first
            models.Index(fields=["-published_on", "-id"], name="source_newest"),
            # read by autocomplete and the list's search
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="source_title_trgm"),
        ]
        triggers = [
            never_deleted("source"),
            indexing("source_indexes_claims", RETITLED),
            accounting("source_accounts_claims", MOVED_PAGES, PRINTED_ON),
        ]

    def __str__(self) -> str:
        return self.title

    def family(self) -> SourceQuerySet:
        """Every record of this page, merged ones included."""
        return Source.objects.filter(pk=self.pk).kin()


class Snapshot(Record):
    """The text of a source as it stood at one moment; never changed afterwards."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="snapshots")
    captured_at = models.DateTimeField()
    method = chosen(CaptureMethod, default=CaptureMethod.PASTE)
    completeness = chosen(Completeness, default=Completeness.FULL)
    text = models.TextField()
    text_sha256 = models.TextField(editable=False)
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    archive_url = words(help_text="The web archive's own address of this capture.")

    objects = RecordQuerySet["Snapshot"].as_manager()

    class Meta:
        ordering = ["-captured_at", "-id"]
        constraints = [
            one_of("method", CaptureMethod, "snapshot_method_known"),
            one_of("completeness", Completeness, "snapshot_completeness_known"),
            models.UniqueConstraint(
                fields=["source", "text_sha256", "completeness"], name="snapshot_once_per_text"
            ),
        ]
        triggers = [
            never_deleted("snapshot"),
            immutable("snapshot"),
            refusal(
                "snapshot_hash_true",
                pgtrigger.Insert,
                unless="NEW.text_sha256 = encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')",
                message="The hash is not that of the text.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.captured_at:%Y-%m-%d})"


class QuotationQuerySet(RecordQuerySet["Quotation"]):
    def of(self, snapshot: Snapshot) -> QuotationQuerySet:
        """The quotations of this snapshot in the order of the text."""
        return self.filter(snapshot=snapshot).order_by("start", "end")


class Quotation(Record):
    """Exact words in a snapshot, provable to the character, and how they were reported."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="quotations")
    start = models.PositiveIntegerField(help_text="In code points, inclusive.")
    end = models.PositiveIntegerField(help_text="In code points, exclusive.")
    exact = models.TextField()
    prefix = words()
    suffix = words()
    mode = chosen(Mode, default=Mode.DIRECT_QUOTE)
    speaker_words = words(help_text="The speaker as the text names them.")
    role_words = words(help_text="The role as the text states it.")
    said_first = models.DateField(null=True, help_text="Earliest day it can have been said.")
    said_last = models.DateField(help_text="Latest day it can have been said.")
    said_precision = chosen(Precision, default=Precision.DAY)
    said_words = words(help_text="The date in the text's own words.")
    channel = words(help_text="Tweet, e-mail, briefing, interview.")
    provenance = chosen(Grade, editable=False)
    relayed_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="relays"
    )

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["snapshot", "start", "end"]
        constraints = [
            one_of("mode", Mode, "quotation_mode_known"),
            one_of("said_precision", Precision, "quotation_precision_known"),
            one_of("provenance", Grade, "quotation_provenance_known"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="quotation_start_before_end"
            ),
            models.CheckConstraint(
                condition=models.Q(said_first=None)
                | models.Q(said_first__lte=models.F("said_last")),
                name="quotation_said_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(relayed_from=models.F("id")), name="quotation_not_own_relay"
            ),
        ]
        indexes = [
            # read by the list of claims of one grade
            models.Index(fields=["provenance"], name="quotation_by_grade"),
        ]
        triggers = [
            never_deleted("quotation"),
            immutable("quotation"),
            # A statement trigger: an import of a million quotations checks them in one join.
            pgtrigger.Trigger(
                name="quotation_word_for_word",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM new_rows q
                        LEFT JOIN tracker_snapshot s ON s.id = q.snapshot_id
                        WHERE char_length(q.exact) <> q."end" - q.start
                        OR q.exact IS DISTINCT FROM
                            substr(s.text, q.start + 1, q."end" - q.start)
                    ) THEN
                        RAISE EXCEPTION 'The quotation is not what the snapshot says there.'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'quotation_word_for_word';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.exact}”"


class Relay(Record):
    """One hop by which the words reached the source: first hop first."""

    quotation = models.ForeignKey(Quotation, models.PROTECT, related_name="hops")
    step = models.PositiveSmallIntegerField()
    outlet = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    channel = words()
    mode = chosen(Mode)

    objects = RecordQuerySet["Relay"].as_manager()

    class Meta:
        ordering = ["quotation", "step"]
        constraints = [
            models.UniqueConstraint(fields=["quotation", "step"], name="relay_one_per_step"),
            one_of("mode", Mode, "relay_mode_known"),
        ]
        triggers = [never_deleted("relay"), immutable("relay")]

    def __str__(self) -> str:
        return f"{self.step}. {self.outlet or self.channel} ({self.mode})"
