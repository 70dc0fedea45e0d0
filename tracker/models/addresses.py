"""The further addresses of a source: one page has many."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models

from tracker.models.columns import (
    Record,
    RecordQuerySet,
    chosen,
    history,
    never_deleted,
    one_of,
)
from tracker.models.documents import Source


class AddressOrigin(StrEnum):
    """How it is known that the address is the source's."""

    REL_CANONICAL = "rel_canonical"
    REDIRECT = "redirect"
    PERSON = "person"


@history()
class Address(Record):
    """Another canonical address under which a source is known."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="addresses")
    canonical_url = models.TextField(unique=True)
    origin = chosen(AddressOrigin)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = RecordQuerySet["Address"].as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "addresses"
        constraints = [
            one_of("origin", AddressOrigin, "address_origin_known"),
            models.CheckConstraint(
                condition=~models.Q(canonical_url=""), name="address_says_something"
            ),
        ]
        triggers = [never_deleted("address")]

    def __str__(self) -> str:
        return self.canonical_url
