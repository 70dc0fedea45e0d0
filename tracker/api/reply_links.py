"""Reply links: made for a named speaker of a resolution, shown once, revocable."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import reply_links
from tracker.actions.links import whole
from tracker.api.base import Noun
from tracker.api.bodies import Body, NoBody
from tracker.api.fields import Known, Whole, optional_text
from tracker.api.filters import Filter, Flag, Id
from tracker.api.refs import OrganisationRef, PersonRef, Read, UserRef, link
from tracker.domain.replies import LONGEST_DAYS, LinkStanding
from tracker.models import Organisation, Person, ReplyLink, Resolution

ONCE = "Shown this once; only its hash is stored."


def at(request: Request, name: str, key: object) -> str:
    """Returns the whole address of a page, to be given away."""
    here = f"{request.scheme}://{request.get_host()}"
    return whole(reverse(name, args=[key]), asked_at=here)


class ReplyLinkRead(Read):
    person = PersonRef(allow_null=True)
    organisation = OrganisationRef(allow_null=True)
    made_by = UserRef()
    standing = serializers.SerializerMethodField()
    url = link("reply-links")

    class Meta:
        model = ReplyLink
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "resolution",
            "person",
            "organisation",
            "sent_to",
            "standing",
            "made_by",
            "made_at",
            "expires_at",
            "revoked_at",
            "reply",
            "url",
        )

    @extend_schema_field({"type": "string", "enum": [one.value for one in LinkStanding]})
    def get_standing(self, link: ReplyLink) -> str:
        return reply_links.standing_of(link, timezone.now())


class ReplyLinkMade(ReplyLinkRead):
    address = serializers.SerializerMethodField(help_text=ONCE)

    class Meta(ReplyLinkRead.Meta):
        fields = (*ReplyLinkRead.Meta.fields, "address")

    def get_address(self, link: ReplyLink) -> str:
        return str(self.context["address"])


class ReplyLinkBody(Body):
    resolution = Known(Resolution, help_text="Id.")
    person = Known(Person, required=False, allow_null=True, help_text="Id or slug; or:")
    organisation = Known(Organisation, required=False, allow_null=True, help_text="Id or slug.")
    days = Whole(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text="How long it holds. Left out: as long as the reply window.",
    )
    sent_to = optional_text(help_text="Where you send it.")


class ReplyLinkFilter(Filter):
    resolution = Id(field_name="resolution_id")
    used = Flag(field_name="reply", lookup_expr="isnull", exclude=True)
    revoked = Flag(field_name="revoked_at", lookup_expr="isnull", exclude=True)


class ReplyLinks(Noun):
    """Links by which named speakers reply; only editors see them."""

    noun = "reply-links"
    queryset = ReplyLink.objects.select_related("person", "organisation", "made_by")
    serializer_class = ReplyLinkRead
    filterset_class = ReplyLinkFilter
    told_once = ("create",)
    bodies = {"create": ReplyLinkBody, "revoke": NoBody}

    @extend_schema(summary="Make a speaker's link", responses={201: ReplyLinkMade})
    def create(self, request: Request) -> Response:
        issued = reply_links.make_reply_link(**self.act, **self.sent())
        shown = self.get_serializer_context() | {"address": at(request, "reply", issued.token)}
        where = at(request, "reply-links-detail", issued.link.pk)
        body = ReplyLinkMade(self.queryset.get(pk=issued.link.pk), context=shown).data
        return Response(body, status=201, headers={"Location": where, "Cache-Control": "no-store"})

    @extend_schema(summary="Revoke a link", responses={200: ReplyLinkRead})
    @action(methods=["post"], detail=True)
    def revoke(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(reply_links.revoke_reply_link(**self.act, link=found))
