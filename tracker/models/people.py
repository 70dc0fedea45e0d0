"""Who speaks, and for whom: people, organisations and the roles that tie them, dated."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Lower

from tracker.models.accounting import (
    MERGED,
    SPOKEN_BY,
    SPOKEN_FOR_OR_PRINTED_BY,
    accounting,
)
from tracker.models.columns import (
    Record,
    RecordQuerySet,
    RecordT,
    chosen,
    history,
    never_deleted,
    one_of,
    words,
)


class OrganisationKind(StrEnum):
    MEDIA = "media"
    THINK_TANK = "think_tank"
    UNIVERSITY = "university"
    GOVERNMENT = "government"
    MILITARY = "military"
    NGO = "ngo"
    INTERNATIONAL = "international"
    PARTY = "party"
    COMPANY = "company"
    OTHER = "other"


def folded(name: str) -> models.Func:
    """The name as the database compares names: no accents, no case, no stray spaces."""
    return models.Func(
        models.Value(name),
        models.Value([], output_field=ArrayField(models.TextField())),
        function="tracker_known_as",
        output_field=ArrayField(models.TextField()),
    )


class KnownAsQuerySet(RecordQuerySet[RecordT]):
    """Questions to records that go by several names."""

    def known_as(self, name: str) -> Self:
        """Those that go by this name or alias, unless merged into another."""
        return self.standing().filter(known_as__contains=folded(name))

    def standing(self) -> Self:
        return self.filter(merged_into=None)


def always() -> DateRange:
    return DateRange(None, None)


def _known_as() -> models.GeneratedField:
    return models.GeneratedField(
        expression=models.Func(models.F("name"), models.F("aliases"), function="tracker_known_as"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )


@history(exclude=["known_as"])
class Organisation(Record):
    """An institution that speaks, employs speakers or publishes."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.TextField()
    kind = chosen(OrganisationKind, default=OrganisationKind.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    aliases = ArrayField(models.TextField(), default=list, blank=True)
    wikidata = words()
    note = words()
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    known_as = _known_as()

    objects = KnownAsQuerySet["Organisation"].as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("kind", OrganisationKind, "organisation_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="organisation_not_own_parent"
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="organisation_not_own_merger"
            ),
        ]
        indexes = [
            # read by logging a claim: which organisation goes by this name?
            GinIndex(fields=["known_as"], name="organisation_known_as"),
            # read by autocomplete and the list's search
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="organisation_name_trgm"),
            # read by lists, which sort by name
            models.Index(Lower("name"), "id", name="organisation_by_name"),
        ]
        triggers = [
            never_deleted("organisation"),
            accounting("organisation_accounts_claims", MERGED, SPOKEN_FOR_OR_PRINTED_BY),
        ]

    def __str__(self) -> str:
        return self.name


@history(exclude=["known_as"])
class Person(Record):
    """An identifiable person whose claims are logged."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.TextField()
    aliases = ArrayField(models.TextField(), default=list, blank=True)
    wikidata = words()
    note = words()
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    known_as = _known_as()

    objects = KnownAsQuerySet["Person"].as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="person_not_own_merger"
            ),
        ]
        indexes = [
            # read by logging a claim: who goes by this name?
            GinIndex(fields=["known_as"], name="person_known_as"),
            # read by autocomplete and the list's search
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="person_name_trgm"),
            # read by lists, which sort by name
            models.Index(Lower("name"), "id", name="person_by_name"),
        ]
        triggers = [
            never_deleted("person"),
            accounting("person_accounts_claims", MERGED, SPOKEN_BY),
        ]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(RecordQuerySet["Affiliation"]):
    def on(self, day: date) -> AffiliationQuerySet:
        """Those that held on this day; an unknown bound is open."""
        return self.filter(valid__contains=day)


@history()
class Affiliation(Record):
    """The role that a person held at an organisation, and when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    role = words()
    valid = DateRangeField(default=always, blank=True, help_text="From and until; open if unknown.")

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["person", "organisation"]
        constraints = [
            ExclusionConstraint(
                name="affiliation_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role or 'member'}, {self.organisation}"
