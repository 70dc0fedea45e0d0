"""People, organisations and the roles that tie them."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import Lower
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import people, records
from tracker.api.base import Changes, Creates, Noun
from tracker.api.bodies import Body, Change
from tracker.api.fields import Known, Several, Slug, Text, chosen, optional_text
from tracker.api.filters import Filter, keys, within
from tracker.api.pages import Order
from tracker.api.refs import OrganisationRef, Read, link
from tracker.models import Affiliation, Organisation, Person
from tracker.models.people import OrganisationKind

BY_NAME = Order(("sort_name", "id"), descending=False)


class AffiliationRead(Read):
    organisation = OrganisationRef()
    start = serializers.SerializerMethodField(help_text="First day; null if unknown.")
    end = serializers.SerializerMethodField(help_text="First day after; null if unknown or open.")

    class Meta:
        model = Affiliation
        fields = ("id", "uuid", "organisation", "role", "start", "end")

    def get_start(self, affiliation: Affiliation) -> date | None:
        first: date | None = affiliation.valid.lower
        return first

    def get_end(self, affiliation: Affiliation) -> date | None:
        after: date | None = affiliation.valid.upper
        return after


class PersonRead(Read):
    affiliations = AffiliationRead(many=True)
    url = link("people")

    class Meta:
        model = Person
        fields = (
            "id",
            "uuid",
            "slug",
            "name",
            "aliases",
            "wikidata",
            "note",
            "merged_into",
            "affiliations",
            "url",
        )


class OrganisationRead(Read):
    parent: Any = OrganisationRef(allow_null=True)
    url = link("organisations")

    class Meta:
        model = Organisation
        fields = (
            "id",
            "uuid",
            "slug",
            "name",
            "kind",
            "parent",
            "aliases",
            "wikidata",
            "note",
            "merged_into",
            "url",
        )


class PersonBody(Body):
    name = Text()
    slug = Slug()
    aliases = Several(child=Text())
    wikidata = optional_text(help_text="Item id, such as Q42.")
    note = optional_text()


class PersonChange(Change):
    name = Text()
    aliases = Several(child=Text())
    wikidata = optional_text()
    note = optional_text()


class AffiliationBody(Body):
    organisation = Known(Organisation, help_text="Id or slug.")
    role = optional_text()
    start = serializers.DateField(required=False, allow_null=True)
    end = serializers.DateField(required=False, allow_null=True, help_text="First day after.")

    def validate(self, attrs: Any) -> Any:
        if attrs.get("start") and attrs.get("end") and attrs["end"] <= attrs["start"]:
            raise serializers.ValidationError({"end": "The end lies after the start."}, "order")
        return attrs


class PersonMerge(Body):
    into = Known(Person, help_text="The record that stays: its id or slug.")
    reason = Text()


class OrganisationBody(PersonBody):
    kind = chosen(Organisation, "kind", required=False)
    parent: Any = Known(Organisation, required=False, help_text="Id or slug.")


class OrganisationChange(Change):
    name = Text()
    kind = chosen(Organisation, "kind")
    parent: Any = Known(Organisation, allow_null=True)
    aliases = Several(child=Text())
    wikidata = optional_text()
    note = optional_text()


class OrganisationMerge(Body):
    into = Known(Organisation, help_text="The record that stays: its id or slug.")
    reason = Text()


class PersonFilter(Filter):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="In the name.")
    organisation = django_filters.CharFilter(
        method="at", label="Id or slug of an affiliation; with all below it."
    )

    def at(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        there = Affiliation.objects.filter(organisation__in=within(keys(Organisation, value)))
        return queryset.filter(pk__in=there.values("person"))


class OrganisationFilter(Filter):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="In the name.")
    kind = django_filters.ChoiceFilter(choices=[(k.value, k.value) for k in OrganisationKind])
    parent = django_filters.CharFilter(method="under", label="Id or slug of the parent.")
    inside = django_filters.CharFilter(method="below", label="Id or slug; with all below it.")

    def under(
        self, queryset: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        return queryset.filter(parent__in=keys(Organisation, value))

    def below(
        self, queryset: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        return queryset.filter(pk__in=within(keys(Organisation, value)))


@extend_schema_view(
    create=extend_schema(summary="File a person"),
    partial_update=extend_schema(summary="Change a person's record"),
)
class People(Creates, Changes, Noun):
    """Identifiable people whose claims are logged."""

    noun = "people"
    queryset = Person.objects.annotate(sort_name=Lower("name")).prefetch_related(
        "affiliations__organisation"
    )
    serializer_class = PersonRead
    filterset_class = PersonFilter
    order = BY_NAME
    bodies = {
        "create": PersonBody,
        "partial_update": PersonChange,
        "affiliations": AffiliationBody,
        "merge": PersonMerge,
    }

    def make(self, sent: dict[str, Any]) -> Person:
        return people.file_person(by=self.by, **sent)

    def change(self, person: Person, reason: str, changes: dict[str, Any]) -> Person:
        return records.edit(by=self.by, record=person, reason=reason, **changes)

    @extend_schema(summary="Tie a person to an organisation", responses={201: PersonRead})
    @action(methods=["post"], detail=True)
    def affiliations(self, request: Request, key: str) -> Response:
        person = self.get_object()
        people.affiliate(by=self.by, person=person, **self.sent())
        return self.shown(person, status=201)

    @extend_schema(summary="Merge a person's record into another", responses={200: PersonRead})
    @action(methods=["post"], detail=True)
    def merge(self, request: Request, key: str) -> Response:
        loser, sent = self.get_object(), self.sent()
        return self.shown(
            records.merge(by=self.by, loser=loser, winner=sent["into"], reason=sent["reason"])
        )


@extend_schema_view(
    create=extend_schema(summary="File an organisation"),
    partial_update=extend_schema(summary="Change an organisation's record"),
)
class Organisations(Creates, Changes, Noun):
    """Institutions that speak, employ speakers or publish."""

    noun = "organisations"
    queryset = Organisation.objects.annotate(sort_name=Lower("name")).select_related("parent")
    serializer_class = OrganisationRead
    filterset_class = OrganisationFilter
    order = BY_NAME
    bodies = {
        "create": OrganisationBody,
        "partial_update": OrganisationChange,
        "merge": OrganisationMerge,
    }

    def make(self, sent: dict[str, Any]) -> Organisation:
        return people.file_organisation(by=self.by, **sent)

    def change(self, record: Organisation, reason: str, changes: dict[str, Any]) -> Organisation:
        return records.edit(by=self.by, record=record, reason=reason, **changes)

    @extend_schema(summary="Merge an organisation into another", responses={200: OrganisationRead})
    @action(methods=["post"], detail=True)
    def merge(self, request: Request, key: str) -> Response:
        loser, sent = self.get_object(), self.sent()
        return self.shown(
            records.merge(by=self.by, loser=loser, winner=sent["into"], reason=sent["reason"])
        )
