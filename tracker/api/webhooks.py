"""Webhooks: which servers are told what happens, and what became of every message to them."""

from __future__ import annotations

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import webhooks
from tracker.actions.webhooks import Keyed
from tracker.api.base import Changes, Creates, Noun
from tracker.api.bodies import Body, Change, NoBody
from tracker.api.fields import Several, Text, optional_text
from tracker.api.filters import Filter, Id
from tracker.api.pages import Order
from tracker.api.refs import Read, UserRef, link
from tracker.api.reply_links import at
from tracker.domain.webhooks import DeliveryState, WebhookState
from tracker.models import Delivery, Webhook
from tracker.models.events import SUBSCRIBABLE, EventKind

KINDS = [(kind, kind) for kind in SUBSCRIBABLE]
NEWEST = Order(("id",))
SECRET = "Shown this once: what messages are signed with, as Standard Webhooks reads it."


def some_kinds(**options: Any) -> Several:
    """A choice of events; none named means all."""
    kind = serializers.ChoiceField(choices=KINDS)
    return Several(child=kind, help_text="Which events; none named means all.", **options)


class WebhookRead(Read):
    """A server that is told; `url` is where messages go."""

    made_by = UserRef()
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KINDS))

    class Meta:
        model = Webhook
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "url",
            "kinds",
            "state",
            "reason",
            "previous_until",
            "made_by",
            "made_at",
            "last_success_at",
            "failing_since",
        )


class WebhookKeyed(WebhookRead):
    """A webhook with its new secret."""

    secret = serializers.SerializerMethodField(help_text=SECRET)

    class Meta(WebhookRead.Meta):
        fields = (*WebhookRead.Meta.fields, "secret")

    def get_secret(self, webhook: Webhook) -> str:
        return str(self.context["secret"])


class WebhookBody(Body):
    url = Text(help_text="A public https address.")
    kinds = some_kinds()


class WebhookChange(Change):
    url = Text()
    kinds = some_kinds()


class Pausing(Body):
    reason = optional_text()


class Replay(Body):
    since = serializers.DateTimeField(help_text="All that happened since then is sent once more.")


class Replayed(serializers.Serializer[Any]):
    """How much is sent once more."""

    messages = serializers.IntegerField()


class DeliveryAttempt(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField(allow_blank=True)


class DeliveryRead(Read):
    """One message to one webhook."""

    message_id = serializers.CharField(help_text="Its `webhook-id`, always the same.")
    kind = serializers.ChoiceField(
        source="event.kind", choices=[(k.value, k.value) for k in EventKind]
    )
    log = DeliveryAttempt(many=True)
    url = link("deliveries")

    class Meta:
        model = Delivery
        fields = (
            "id",
            "uuid",
            "message_id",
            "webhook",
            "event",
            "kind",
            "state",
            "attempts",
            "next_attempt_at",
            "delivered_at",
            "response_status",
            "response_excerpt",
            "error",
            "log",
            "url",
        )


class WebhookFilter(Filter):
    state = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in WebhookState])


class DeliveryFilter(Filter):
    webhook = Id(field_name="webhook_id")
    event = Id(field_name="event_id")
    state = django_filters.ChoiceFilter(choices=[(s.value, s.value) for s in DeliveryState])


class Deliveries(Noun):
    """Every message: where it stands, what the other server answered; newest first."""

    noun = "deliveries"
    queryset = Delivery.objects.select_related("event")
    serializer_class = DeliveryRead
    filterset_class = DeliveryFilter
    order = NEWEST
    bodies = {"replay": NoBody}

    @extend_schema(summary="Send it once more, under the same id", responses={200: DeliveryRead})
    @action(methods=["post"], detail=True)
    def replay(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(webhooks.replay_delivery(**self.act, delivery=found))


@extend_schema_view(
    create=extend_schema(
        summary="Have a server told what happens",
        description="Messages follow Standard Webhooks: `webhook-id`, `webhook-timestamp`, "
        "`webhook-signature`; the body is `{type, timestamp, data: {noun, record, url, facts}}`. "
        "Answer 2xx within 15 seconds; all else is tried again for three days, 410 ends it.",
        responses={201: WebhookKeyed},
    ),
    partial_update=extend_schema(summary="Change where messages go, or which"),
)
class Webhooks(Creates, Changes, Noun):
    """Addresses of other servers that are told what happens; editors and admins only."""

    noun = "webhooks"
    queryset = Webhook.objects.select_related("made_by")
    serializer_class = WebhookRead
    filterset_class = WebhookFilter
    order = NEWEST
    told_once = ("create", "rotate")
    bodies = {
        "create": WebhookBody,
        "partial_update": WebhookChange,
        "rotate": NoBody,
        "pause": Pausing,
        "resume": NoBody,
        "test": NoBody,
        "replay": Replay,
    }

    def create(self, request: Request) -> Response:
        return self._keyed(webhooks.create_webhook(**self.act, **self.sent()), 201)

    def change(self, webhook: Webhook, reason: str, changes: dict[str, Any]) -> Webhook:
        return webhooks.change_webhook(by=self.by, webhook=webhook, reason=reason, **changes)

    @extend_schema(
        summary="Make a new secret; the old one signs, too, for a day",
        responses={200: WebhookKeyed},
    )
    @action(methods=["post"], detail=True)
    def rotate(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self._keyed(webhooks.rotate_secret(**self.act, webhook=found), 200)

    @extend_schema(summary="Keep messages back", responses={200: WebhookRead})
    @action(methods=["post"], detail=True)
    def pause(self, request: Request, key: str) -> Response:
        found = self.get_object()
        return self.shown(webhooks.pause_webhook(**self.act, webhook=found, **self.sent()))

    @extend_schema(summary="Let messages go out again", responses={200: WebhookRead})
    @action(methods=["post"], detail=True)
    def resume(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(webhooks.resume_webhook(**self.act, webhook=found))

    @extend_schema(summary="Send a test", responses={201: DeliveryRead})
    @action(methods=["post"], detail=True)
    def test(self, request: Request, key: str) -> Response:
        found = self.get_object()
        self.sent()
        return self.shown(webhooks.send_test(**self.act, webhook=found), Deliveries, 201)

    @extend_schema(summary="Send everything since a moment once more", responses={200: Replayed})
    @action(methods=["post"], detail=True)
    def replay(self, request: Request, key: str) -> Response:
        found = self.get_object()
        sent = webhooks.replay_since(**self.act, webhook=found, **self.sent())
        return Response({"messages": sent})

    def _keyed(self, made: Keyed, status: int) -> Response:
        shown = self.get_serializer_context() | {"secret": made.secret}
        headers = {"Cache-Control": "no-store"}
        if status == 201:
            headers["Location"] = at(self.request, "webhooks-detail", made.webhook.pk)
        return Response(WebhookKeyed(made.webhook, context=shown).data, status, headers=headers)
