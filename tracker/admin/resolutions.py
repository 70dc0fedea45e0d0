"""Resolutions: published after the reply window, answered and disputed, never overwritten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from tracker.actions.reply_links import awaiting_reply, replied_to, standing_of
from tracker.actions.resolutions import file_dispute, publish, record_reply
from tracker.actions.rounds import hidden_from, visible_verdicts
from tracker.admin.at_work import actor, may, now
from tracker.admin.base import EvidenceAdmin
from tracker.admin.drawings import excerpt
from tracker.admin.reply_links import ask, speakers_of
from tracker.admin.searches import worded_like
from tracker.admin.steps import Step, enact, line, prose, take
from tracker.admin.verdicts import shown
from tracker.domain.judging import OUTCOME_LABELS, OutcomeAnswer
from tracker.domain.roles import Verb
from tracker.models import ReplyLink, Resolution
from tracker.models.accounts import User

STANDINGS = {
    "Reply window": "info",
    "To be published": "warning",
    "Published": "success",
    "Superseded": "",
}


class StandingFilter(admin.SimpleListFilter):
    """Where a resolution stands on its way to the public."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("awaiting", "Awaiting publication"),
            ("asked", "Awaiting a reply"),
            ("answered", "Speaker replied"),
            ("ready", "Reply window over"),
            ("published", "Published"),
            ("superseded", "Superseded"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "awaiting":
            return queryset.filter(published_at=None, superseded_by=None)
        if self.value() == "asked":
            return queryset.filter(pk__in=awaiting_reply(now()).order_by().values("pk"))
        if self.value() == "answered":
            return queryset.filter(pk__in=replied_to().order_by().values("pk"))
        if self.value() == "ready":
            return queryset.filter(
                published_at=None, superseded_by=None, reply_until__lte=timezone.now()
            )
        if self.value() == "published":
            return queryset.filter(published_at__isnull=False, superseded_by=None)
        if self.value() == "superseded":
            return queryset.filter(superseded_by__isnull=False)
        return queryset


class PublishForm(forms.Form):
    """Only an early publication needs words."""

    override_reason = prose(
        "Why before the reply window ends", required=False, help_text="Leave empty once it is over."
    )


class ReplyForm(forms.Form):
    """The speaker's answer, verbatim."""

    author = line("Who replied", help_text="As they sign.")
    text = prose("Their words", rows=4)


class DisputeForm(forms.Form):
    """An appeal."""

    filed_by = line("Who appeals", help_text="As they sign.")
    ground = line("Ground")
    text = prose("Their words", rows=4)


def standing(resolution: Resolution) -> str:
    """Where it stands, in two words."""
    if resolution.superseded_by_id:
        return "Superseded"
    if resolution.published_at:
        return "Published"
    return "Reply window" if resolution.reply_until > timezone.now() else "To be published"


def _links(resolution: Resolution) -> list[tuple[ReplyLink, str]]:
    """The links that were made for its speakers, and where each stands."""
    made = resolution.reply_links.select_related("person", "organisation")
    return [(link, standing_of(link, now()).capitalize()) for link in made]


@admin.register(Resolution)
class ResolutionAdmin(EvidenceAdmin):
    related = ("proposition__condition", "round", "decided_by", "published_by")
    list_display = ("question", "answer", "where", "method", "decided_at", "reply_until")
    list_filter = (StandingFilter, "outcome", "method", "late")
    search_fields = ("proposition__statement",)
    ordering = ("-id",)
    actions_detail = ("publish", "ask", "reply", "dispute")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return worded_like(queryset, search_term, "proposition__statement"), False

    def sighted(self, rows: QuerySet[Any], judge: User) -> QuerySet[Any]:
        return rows.exclude(proposition__in=hidden_from(judge).values("pk"))

    @display(description="Proposition")
    def question(self, resolution: Resolution) -> str:
        return excerpt(resolution.proposition.statement, 90)

    @display(description="Outcome", ordering="outcome")
    def answer(self, resolution: Resolution) -> str:
        return OUTCOME_LABELS[OutcomeAnswer(resolution.outcome)]

    @display(description="Standing", label=STANDINGS)
    def where(self, resolution: Resolution) -> str:
        return standing(resolution)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What was settled, by whom it was judged, what the speaker says to it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        resolution = self.record(request, object_id)
        verdicts: list[Any] = []
        if resolution.round:
            visible = visible_verdicts(resolution.round, actor(request))
            verdicts = shown(list(visible.prefetch_related("cited")), actor(request))
        answer = OUTCOME_LABELS[OutcomeAnswer(resolution.outcome)]
        return self.page(
            request,
            "tracker/resolution.html",
            f"{answer}: {excerpt(resolution.proposition.statement, 70)}",
            resolution,
            with_buttons=True,
            resolution=resolution,
            proposition=resolution.proposition,
            answer=answer,
            standing=standing(resolution),
            verdicts=verdicts,
            replies=list(resolution.replies.all()),
            links=_links(resolution) if may(request, Verb.REPLY) else [],
            disputes=list(resolution.disputes.all()),
        )

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        if record.superseded_by_id:
            return frozenset()
        offered = {"reply", "dispute"} if record.published_at else {"publish", "reply"}
        return frozenset(offered | ({"ask"} if speakers_of(record) else set()))

    @action(
        description="Publish",
        icon="publish",
        permissions=["edit"],
        variant=ActionVariant.PRIMARY,
    )
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes it public and final."""
        record = self.record(request, object_id)
        step = Step(
            title="Publish",
            button="Publish",
            explains=(
                f"“{record.proposition.statement}”",
                f"It {OUTCOME_LABELS[OutcomeAnswer(record.outcome)].lower()}.",
                f"The speaker can reply until {record.reply_until:%Y-%m-%d %H:%M} UTC.",
                *(f"{one.author} replied: “{one.text}”" for one in record.replies.all()),
                "A published resolution never changes; a change is a new one with a reason.",
            ),
            done="Published; the scores follow.",
        )
        return enact(self, request, record, step, publish, PublishForm, resolution=record)

    @action(description="Ask for a reply", icon="outgoing_mail", permissions=["edit"])
    def ask(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes a link by which a named speaker replies."""
        return ask(self, request, self.record(request, object_id))

    @action(description="Record a reply", icon="reply", permissions=["edit"])
    def reply(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keeps what the speaker answers."""
        record = self.record(request, object_id)
        step = Step(
            title="Record a reply",
            button="Keep it",
            explains=(f"“{record.proposition.statement}”", "Printed verbatim beside the verdict."),
            done="The reply is on record.",
        )

        def act(data: dict[str, Any]) -> None:
            record_reply(by=actor(request), now=now(), resolution=record, **data)

        return take(self, request, record, step, act, ReplyForm)

    @action(description="File a dispute", icon="balance", permissions=["edit"])
    def dispute(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keeps an appeal."""
        record = self.record(request, object_id)
        step = Step(
            title="File a dispute",
            button="File it",
            explains=(
                f"“{record.proposition.statement}”",
                "An appeal that is upheld is judged anew.",
            ),
            done="The dispute is filed.",
        )
        return enact(self, request, record, step, file_dispute, DisputeForm, resolution=record)
