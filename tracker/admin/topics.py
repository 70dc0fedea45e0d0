"""Topics: what claims are about."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.actions.propositions import file_topic
from tracker.actions.records import edit
from tracker.admin.at_work import actor
from tracker.admin.base import TrackerAdmin, TrackerForm
from tracker.admin.records import Subject, record_pages
from tracker.admin.steps import why
from tracker.domain.roles import Verb
from tracker.models import Topic


class TopicForm(TrackerForm):
    reason = why()


@admin.register(Topic)
class TopicAdmin(TrackerAdmin):
    form = TopicForm
    add_verb = Verb.LOG
    change_verb = Verb.CURATE
    list_display = ("name", "parent", "judges", "note")
    list_select_related = ("parent",)
    search_fields = ("name",)
    autocomplete_fields = ("parent",)
    readonly_fields = ("slug",)
    ordering = ("name", "id")
    change_form_template = "tracker/subject.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return ["name", "parent", "note"]
        asked = ["reason"] if self.has_change_permission(request, obj) else []
        return ["name", "parent", "judges", "note", "slug", *asked]

    def file(self, request: HttpRequest, data: dict[str, Any]) -> Topic:
        return file_topic(
            by=actor(request),
            **{name: data[name] for name in ("name", "parent", "note")},
        )

    def amend(
        self, request: HttpRequest, record: Any, changes: dict[str, Any], reason: str
    ) -> None:
        edit(by=actor(request), record=record, reason=reason, **changes)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if record := options.get("obj"):
            context["records"] = record_pages(request, (Subject.TOPICS,), record)
        return super().render_change_form(request, context, *args, **options)
