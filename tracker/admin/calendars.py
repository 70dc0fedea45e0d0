"""One's calendar of what comes due: its private address, made here, shown once, revoked here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action, display

from tracker.actions.calendars import make_calendar, revoke_calendar
from tracker.admin.at_work import actor, may, now
from tracker.admin.base import TrackerAdmin
from tracker.admin.once import shown_once
from tracker.admin.steps import Step, enact, take
from tracker.domain.roles import Verb
from tracker.models import CalendarFeed

LIST = "admin:tracker_calendarfeed_changelist"


@admin.register(CalendarFeed)
class CalendarAdmin(TrackerAdmin):
    """Everybody sees their own; an editor sees whose are out, for those who leave."""

    add_verb = Verb.FOLLOW
    warn_unsaved_form = False
    related = ("user",)
    list_display = ("made_at", "standing", "last_read_at", "user")
    search_fields = ("user__username",)
    ordering = ("-id",)
    fields = ("user", "made_at", "revoked_at", "last_read_at")
    actions_detail = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows if may(request, Verb.CURATE) else rows.filter(user=actor(request))

    @display(description="Standing", label={"In force": "success", "Revoked": ""})
    def standing(self, feed: CalendarFeed) -> str:
        return "Revoked" if feed.revoked_at else "In force"

    def adding(self, request: HttpRequest) -> HttpResponse:
        """Makes the address and shows it this once."""
        step = Step(
            title="A calendar of what comes due",
            button="Make the address",
            explains=(
                "Deadlines and review days as all-day events, with a reminder a week before. "
                "Subscribe to it in any calendar program; it keeps itself up to date.",
                "The address needs no password: whoever has it can read the calendar. "
                "Making a new one revokes the one before.",
            ),
            context={"page_of": reverse(LIST)},
        )
        return take(self, request, None, step, lambda _: self._made(request))

    def _made(self, request: HttpRequest) -> HttpResponse:
        issued = make_calendar(by=actor(request), now=now())
        return shown_once(
            self,
            request,
            None,
            title="Your calendar's address",
            path=reverse("due-calendar", args=[issued.token]),
            explains="Paste it where your calendar program subscribes to a calendar by its "
            "address (“From URL”, “Add subscription”).",
            back=reverse(LIST),
        )

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        return frozenset() if record.revoked_at else frozenset({"revoke"})

    @action(description="Revoke", icon="link_off")
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Closes an address for good."""
        record = self.record(request, object_id)
        step = Step(
            title="Revoke this calendar",
            button="Revoke",
            explains=("Calendar programs that follow it find nothing there from now on.",),
            done="Revoked.",
            danger=True,
        )
        return enact(self, request, record, step, revoke_calendar, feed=record)
