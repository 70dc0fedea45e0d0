"""Sources, the texts that were captured of them, and the words quoted from those."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import Length
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from tracker.actions import documents, records
from tracker.actions.people import recognise_organisation
from tracker.api.addresses import Addressed, KnownAs
from tracker.api.annotations import Annotated, operations
from tracker.api.base import Changes, Creates, Noun
from tracker.api.bodies import Change
from tracker.api.citations import Cited, described
from tracker.api.drafts import NamedOrganisation, QuotationBody, SnapshotBody, SourceBody
from tracker.api.fields import Known, Several, Text, chosen, optional_text, span
from tracker.api.filters import Chosen, Filter, Id, OfSource, keys
from tracker.api.pages import Order
from tracker.api.passages import REASON, ContextRead, passage
from tracker.api.refs import OrganisationRef, Read, SourceRef, link
from tracker.domain.provenance import Grade, Mode
from tracker.models import Organisation, Quotation, Relay, Snapshot, Source
from tracker.models.documents import SourceKind

NEWEST = Order(("id",))


class SourceRead(Read):
    outlet = OrganisationRef(allow_null=True)

    class Meta:
        model = Source
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "url",
            "canonical_url",
            "title",
            "outlet",
            "bylines",
            "published_on",
            "published_words",
            "language",
            "kind",
            "selection",
            "note",
            "merged_into",
        )


class SourceFull(KnownAs, SourceRead):
    class Meta(SourceRead.Meta):
        fields = (*SourceRead.Meta.fields, "addresses", "same_page")


class SourceChange(Change):
    title = Text()
    outlet = NamedOrganisation(allow_null=True)
    bylines = Several(child=Text())
    published_on = serializers.DateField(allow_null=True)
    published_words = optional_text()
    language = Text()
    kind = chosen(Source, "kind")
    selection = chosen(Source, "selection")
    note = optional_text()


class SourceFilter(Filter):
    q = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label="In the title."
    )
    outlet = django_filters.CharFilter(method="by_outlet", label="Id or slug.")
    language = django_filters.CharFilter(label="BCP 47 tag, as it was filed.")
    kind = django_filters.ChoiceFilter(choices=[(k.value, k.value) for k in SourceKind])
    published_from = django_filters.DateFilter(field_name="published_on", lookup_expr="gte")
    published_to = django_filters.DateFilter(field_name="published_on", lookup_expr="lte")

    def by_outlet(self, queryset: QuerySet[Source], name: str, value: str) -> QuerySet[Source]:
        return queryset.filter(outlet__in=keys(Organisation, value))


@extend_schema_view(
    **described(SourceRead, SourceFull, SourceBody),
    partial_update=extend_schema(summary="Change a source's record", responses=SourceFull),
    addresses=extend_schema(responses={201: SourceFull}),
    merge=extend_schema(responses=SourceFull),
    unmerge=extend_schema(responses=SourceFull),
)
class Sources(Cited, Addressed, Creates, Changes, Noun):
    """Documents: articles, posts, broadcasts, reports; `url` is the document's own address."""

    noun = "sources"
    queryset = Source.objects.select_related("outlet")
    serializer_class = SourceRead
    full_serializer_class = SourceFull
    filterset_class = SourceFilter
    order = NEWEST
    bodies = {
        "create": SourceBody,
        "partial_update": SourceChange,
        **Addressed.bodies_of_addresses,
    }

    def make(self, draft: documents.SourceDraft) -> Source:
        return documents.file_source(by=self.by, draft=draft)

    def change(self, source: Source, reason: str, changes: dict[str, Any]) -> Source:
        if changes.get("outlet"):
            changes["outlet"] = recognise_organisation(changes["outlet"])
        return records.edit(by=self.by, record=source, reason=reason, **changes)


class SnapshotRead(Read):
    source: Any = SourceRef()
    length = serializers.IntegerField(help_text="Of the text, in code points.")
    url = link("snapshots")

    class Meta:
        model = Snapshot
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "source",
            "captured_at",
            "method",
            "archive_url",
            "completeness",
            "text_sha256",
            "length",
            "url",
        )


class SnapshotFull(SnapshotRead):
    class Meta(SnapshotRead.Meta):
        fields = (*SnapshotRead.Meta.fields, "text")


class SnapshotOfSource(SnapshotBody):
    source: Any = Known(Source)

    makes = None


class SnapshotFilter(Filter):
    source = OfSource(field_name="source")


@extend_schema_view(
    create=extend_schema(summary="Keep the text of a source as it stands", responses=SnapshotFull),
    retrieve=extend_schema(responses=SnapshotFull),
)
class Snapshots(Creates, Noun):
    """Texts as they stood at one moment; lists leave the text out."""

    noun = "snapshots"
    queryset = Snapshot.objects.select_related("source").annotate(length=Length("text"))
    serializer_class = SnapshotRead
    full_serializer_class = SnapshotFull
    filterset_class = SnapshotFilter
    order = NEWEST
    bodies = {"create": SnapshotOfSource}

    def get_queryset(self) -> QuerySet[Any]:
        found = super().get_queryset()
        return found.defer("text") if self.action == "list" else found

    def make(self, sent: dict[str, Any]) -> Snapshot:
        source = sent.pop("source")
        return documents.capture(**self.act, source=source, draft=documents.SnapshotDraft(**sent))


class HopRead(Read):
    outlet = OrganisationRef(allow_null=True)

    class Meta:
        model = Relay
        fields = ("step", "outlet", "channel", "mode")


class QuotationRead(Read):
    source: Any = SourceRef(source="snapshot.source")
    provenance_reason = serializers.SerializerMethodField(help_text=REASON)
    said_on = serializers.SerializerMethodField(help_text="As exactly as it is known.")
    hops = HopRead(many=True)
    url = link("quotations")

    class Meta:
        model = Quotation
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "source",
            "snapshot",
            "exact",
            "start",
            "end",
            "prefix",
            "suffix",
            "mode",
            "provenance",
            "provenance_reason",
            "speaker_words",
            "role_words",
            "said_on",
            "said_first",
            "said_last",
            "said_words",
            "channel",
            "hops",
            "relayed_from",
            "url",
        )

    def get_provenance_reason(self, quotation: Quotation) -> str:
        return documents.provenance_reason(quotation)

    def get_said_on(self, quotation: Quotation) -> str:
        return span(quotation.said_first, quotation.said_last, quotation.said_precision)


class QuotationFull(QuotationRead):
    relays = serializers.SerializerMethodField(help_text="Ids of what was relayed from here.")
    context: Any = serializers.SerializerMethodField(
        help_text="The words with 300 characters either side; null for the public."
    )

    class Meta(QuotationRead.Meta):
        fields = (*QuotationRead.Meta.fields, "relays", "context")

    def get_relays(self, quotation: Quotation) -> list[int]:
        relays = self.context["sight"].see(quotation.relays.all())
        return list(relays.order_by("pk").values_list("pk", flat=True))

    @extend_schema_field(ContextRead(allow_null=True))
    def get_context(self, quotation: Quotation) -> Any:
        found = passage(quotation, self.context["sight"])
        return ContextRead(found).data if found else None


class QuotationOfSnapshot(QuotationBody):
    snapshot = Known(Snapshot)

    makes = None


class QuotationFilter(Filter):
    snapshot = Id(field_name="snapshot_id")
    source = OfSource(field_name="snapshot__source")
    outlet = django_filters.CharFilter(method="by_outlet", label="Id or slug.")
    mode = Chosen(Mode)
    provenance = Chosen(Grade)
    said_from = django_filters.DateFilter(field_name="said_last", lookup_expr="gte")
    said_to = django_filters.DateFilter(field_name="said_last", lookup_expr="lte")

    def by_outlet(
        self, queryset: QuerySet[Quotation], name: str, value: str
    ) -> QuerySet[Quotation]:
        sources = Source.objects.order_by().published_by(keys(Organisation, value))
        return queryset.filter(snapshot__source__in=sources)


@extend_schema_view(**operations(QuotationRead, QuotationFull, QuotationOfSnapshot))
class Quotations(Annotated, Creates, Noun):
    """Exact words in a snapshot; offsets count code points."""

    noun = "quotations"
    queryset = Quotation.objects.select_related("snapshot__source__outlet").prefetch_related(
        "hops__outlet"
    )
    serializer_class = QuotationRead
    full_serializer_class = QuotationFull
    filterset_class = QuotationFilter
    order = NEWEST
    bodies = {"create": QuotationOfSnapshot}

    def get_queryset(self) -> QuerySet[Any]:
        found = super().get_queryset()
        return found.defer("snapshot__text") if self.action == "list" else found

    def make(self, sent: dict[str, Any]) -> Quotation:
        snapshot = sent.pop("snapshot")
        draft = documents.QuotationDraft(**sent)
        return documents.quote(**self.act, snapshot=snapshot, draft=draft)
