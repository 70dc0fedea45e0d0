"""The addresses of a source, and the merging of sources that are one page."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import addresses
from tracker.api.bodies import Body
from tracker.api.fields import Known, Text
from tracker.api.refs import SourceRef
from tracker.models import Source


class KnownAs(serializers.Serializer[Any]):
    """What one source's record says of its addresses."""

    addresses = serializers.SerializerMethodField(help_text="Its other canonical addresses.")
    same_page = serializers.SerializerMethodField(
        help_text="Sources at an address by which this page, as captured, calls itself: if they "
        "are one page, merge them."
    )

    def get_addresses(self, source: Source) -> list[str]:
        return sorted(addresses.addresses_of(source) - {source.canonical_url})

    @extend_schema_field(SourceRef(many=True))
    def get_same_page(self, source: Source) -> Any:
        found = [one.pk for one in addresses.same_page(source)]
        seen = self.context["sight"].see(Source.objects.filter(pk__in=found))
        return SourceRef(seen.order_by("pk"), many=True).data


class AddressBody(Body):
    url = Text(help_text="Another address of the page, or an archive's link to it.")


class SourceMerge(Body):
    into: Any = Known(Source, help_text="The source that stands: its id.")
    reason = Text(help_text="Why the two are one page.")


class SourceParting(Body):
    reason = Text(help_text="Why the two are different pages.")


class Addressed:
    """Adds what may be done about the addresses of a source."""

    bodies_of_addresses = {
        "addresses": AddressBody,
        "merge": SourceMerge,
        "unmerge": SourceParting,
    }

    @extend_schema(summary="Add another address of the page")
    @action(methods=["post"], detail=True)
    def addresses(self: Any, request: Request, key: str) -> Response:
        source = self.get_object()
        standing = addresses.add_address(**self.act, source=source, **self.sent())
        added: Response = self.shown(standing, status=201)
        return added

    @extend_schema(summary="Merge a source into another: nothing is moved")
    @action(methods=["post"], detail=True)
    def merge(self: Any, request: Request, key: str) -> Response:
        loser, sent = self.get_object(), self.sent()
        winner, reason = sent["into"], sent["reason"]
        merged: Response = self.shown(
            addresses.merge_sources(by=self.by, loser=loser, winner=winner, reason=reason)
        )
        return merged

    @extend_schema(summary="Take a mistaken merge back")
    @action(methods=["post"], detail=True)
    def unmerge(self: Any, request: Request, key: str) -> Response:
        source = self.get_object()
        parted: Response = self.shown(
            addresses.unmerge_source(by=self.by, source=source, **self.sent())
        )
        return parted
