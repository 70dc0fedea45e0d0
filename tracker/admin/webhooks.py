"""Webhooks: who is told what happens, how each fares, every message and what was answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextInputWidget

from tracker.actions.webhooks import (
    Keyed,
    change_webhook,
    create_webhook,
    pause_webhook,
    replay_delivery,
    replay_since,
    resume_webhook,
    rotate_secret,
    send_test,
)
from tracker.admin.at_work import actor, now
from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.admin.steps import Step, enact, line, take, wide
from tracker.domain.judging import Role
from tracker.domain.roles import Verb
from tracker.domain.webhooks import WebhookState
from tracker.models import Delivery, Webhook
from tracker.models.events import SUBSCRIBABLE

EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
STATES = {"Active": "success", "Paused": "warning", "Disabled": "danger"}
OUTCOMES = {"Waiting": "info", "Delivered": "success", "Failed": "danger"}


class WebhookForm(forms.Form):
    url = line("Address", help_text="A public https address that takes messages.")
    kinds = forms.MultipleChoiceField(
        label="Events",
        choices=[(kind, kind) for kind in SUBSCRIBABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text="None ticked means all.",
    )


class SinceForm(forms.Form):
    since = forms.DateTimeField(
        label="Since",
        help_text="A day or a moment (UTC), such as 2026-11-01 or 2026-11-01 09:30.",
        widget=wide(UnfoldAdminTextInputWidget(attrs={"placeholder": "YYYY-MM-DD HH:MM"})),
    )


class PauseForm(forms.Form):
    reason = line("Reason", required=False)


@admin.register(Webhook)
class WebhookAdmin(EvidenceAdmin):
    view_roles = EDITORS
    add_verb = Verb.CURATE
    related = ("made_by",)
    list_display = ("url", "standing", "wanted", "last_success_at", "failing_since", "made_by")
    list_filter = ("state",)
    search_fields = ("url",)
    ordering = ("-id",)
    fields = (
        "url",
        "wanted",
        ("state", "reason"),
        ("last_success_at", "failing_since"),
        ("made_by", "made_at"),
        "previous_until",
    )
    readonly_fields = ("wanted",)
    actions_detail = ("deliveries", "test", "edit", "replay", "pause", "resume", "rotate")

    @display(description="State", label=STATES)
    def standing(self, webhook: Webhook) -> str:
        return webhook.get_state_display()

    @display(description="Events")
    def wanted(self, webhook: Webhook) -> str:
        return ", ".join(webhook.kinds) or "all"

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        active = record.state == WebhookState.ACTIVE
        always = {"deliveries", "edit", "rotate"}
        return frozenset(always | ({"test", "replay", "pause"} if active else {"resume"}))

    def adding(self, request: HttpRequest) -> HttpResponse:
        """Makes a webhook and shows its secret this once."""
        step = Step(
            title="Have a server told what happens",
            button="Make the webhook",
            explains=(
                "Messages follow Standard Webhooks. They say that something happened and where "
                "to read it; they are tried again for three days.",
            ),
            context={"page_of": reverse("admin:tracker_webhook_changelist")},
        )

        def act(data: dict[str, Any]) -> HttpResponse:
            return self._secret(request, create_webhook(by=actor(request), now=now(), **data))

        return take(self, request, None, step, act, WebhookForm)

    def _secret(self, request: HttpRequest, made: Keyed) -> HttpResponse:
        return self.page(
            request,
            "tracker/once.html",
            "The webhook's secret",
            made.webhook,
            inside=True,
            address=made.secret,
            kept="It is not stored.",
            explains="The other server checks with it that a message is ours.",
            back=reverse("admin:tracker_webhook_change", args=[made.webhook.pk]),
        )

    @action(description="Messages", icon="outgoing_mail", permissions=["edit"])
    def deliveries(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Leads to the messages of this webhook alone."""
        pk = self.record(request, object_id).pk
        listed = reverse("admin:tracker_delivery_changelist")
        return HttpResponseRedirect(f"{listed}?webhook__id__exact={pk}")

    @action(description="Change", icon="edit", permissions=["edit"])
    def edit(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Changes the address, or which events go there."""
        record = self.record(request, object_id)
        step = Step(
            title="Change the webhook",
            button="Change it",
            explains=(
                "What waits goes to the new address. The secret stays: make a new one if the other"
                " server is another's.",
            ),
            done="Changed.",
        )
        return take(
            self,
            request,
            record,
            step,
            lambda data: change_webhook(by=actor(request), webhook=record, **data),
            WebhookForm,
            initial={"url": record.url, "kinds": record.kinds},
        )

    @action(description="Replay", icon="history", permissions=["edit"])
    def replay(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sends all that happened since a moment once more."""
        record = self.record(request, object_id)
        step = Step(
            title="Replay since a moment",
            button="Send all of it",
            explains=(
                f"All that happened since then goes to {record.url}, also what was never sent.",
                "What was sent before comes again under the same id: a server that keeps the ids it"
                " has seen takes it once.",
            ),
        )

        def act(data: dict[str, Any]) -> HttpResponse:
            found = replay_since(by=actor(request), now=now(), webhook=record, **data)
            messages.success(request, f"Messages on their way: {found}.")
            return HttpResponseRedirect(reverse("admin:tracker_webhook_change", args=[record.pk]))

        return take(self, request, record, step, act, SinceForm)

    @action(description="Send a test", icon="send", permissions=["edit"])
    def test(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sends a message that says nothing but that it arrives."""
        record = self.record(request, object_id)
        step = Step(
            title="Send a test",
            button="Send it",
            explains=(record.url,),
            done="It is on its way: what was answered stands in its delivery.",
        )
        return enact(self, request, record, step, send_test, webhook=record)

    @action(description="Pause", icon="pause", permissions=["edit"])
    def pause(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keeps messages back."""
        record = self.record(request, object_id)
        step = Step(
            title="Pause",
            button="Pause",
            explains=("Messages are kept until it is resumed; none is lost.",),
            done="Paused.",
        )
        return enact(self, request, record, step, pause_webhook, PauseForm, webhook=record)

    @action(description="Resume", icon="play_arrow", permissions=["edit"])
    def resume(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lets messages go out again."""
        record = self.record(request, object_id)
        step = Step(
            title="Resume",
            button="Resume",
            explains=(record.reason or record.url, "What was kept back is sent first."),
            done="Active again.",
        )
        return enact(self, request, record, step, resume_webhook, webhook=record)

    @action(description="New secret", icon="key", permissions=["edit"])
    def rotate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes a new secret and shows it this once."""
        record = self.record(request, object_id)
        step = Step(
            title="Make a new secret",
            button="Make it",
            explains=("For a day messages are signed with the old one, too.",),
        )

        def act(data: dict[str, Any]) -> HttpResponse:
            turned = rotate_secret(by=actor(request), now=now(), webhook=record)
            return self._secret(request, turned)

        return take(self, request, record, step, act)


@admin.register(Delivery)
class DeliveryAdmin(EvidenceAdmin):
    view_roles = EDITORS
    related = ("webhook", "event")
    list_display = ("what", "webhook", "standing", "attempts", "response_status", "answer")
    list_filter = ("state",)
    search_fields = ("webhook__url",)
    ordering = ("-id",)
    fields = (
        ("event", "webhook"),
        ("state", "attempts"),
        ("next_attempt_at", "delivered_at"),
        ("response_status", "error"),
        "response_excerpt",
        "log",
    )
    actions_detail = ("again",)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup == "webhook__id__exact" or super().lookup_allowed(lookup, value, request)

    @display(description="Event")
    def what(self, delivery: Delivery) -> str:
        return str(delivery.event)

    @display(description="State", label=OUTCOMES)
    def standing(self, delivery: Delivery) -> str:
        return delivery.get_state_display()

    @display(description="Answer")
    def answer(self, delivery: Delivery) -> str:
        return excerpt(delivery.error or delivery.response_excerpt, 80)

    @action(description="Send again", icon="replay", permissions=["edit"])
    def again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sends a message once more, under the same id."""
        record = self.record(request, object_id)
        step = Step(
            title="Send again",
            button="Send it again",
            explains=(str(record.event), record.webhook.url),
            done="It is on its way.",
        )
        return enact(self, request, record, step, replay_delivery, delivery=record)
