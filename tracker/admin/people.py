"""People, organisations and the roles that tie them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action, display

from tracker.actions.people import affiliate, file_organisation, file_person
from tracker.actions.records import edit, merge
from tracker.actions.subject_mergers import plan
from tracker.admin.at_work import actor
from tracker.admin.base import TrackerAdmin, TrackerForm
from tracker.admin.records import Subject, record_pages
from tracker.admin.searches import named_like
from tracker.admin.steps import ReasonForm, Step, address, day, take, why
from tracker.domain.errors import CommentRequired
from tracker.domain.roles import Verb
from tracker.models import Affiliation, Organisation, Person


class SpeakerForm(TrackerForm):
    """A name, its aliases and what it was changed for."""

    reason = why()


class SpeakerAdmin(TrackerAdmin):
    """What people and organisations have in common: names, mergers and a record."""

    form = SpeakerForm
    add_verb = Verb.LOG
    change_verb = Verb.CURATE
    search_fields = ("name",)
    search_help_text = "Name or alias"
    list_per_page = 50
    readonly_fields = ("slug", "merged_into")
    change_form_template = "tracker/subject.html"
    actions_detail: ClassVar[tuple[str, ...]] = ("merge",)
    subjects: ClassVar[tuple[Subject, ...]]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [Lower("name"), "id"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return named_like(queryset, search_term), False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = ["name", *self.more_fields, "aliases", "wikidata", "note"]
        if obj is None:
            return fields
        merged = ["merged_into"] if obj.merged_into_id else []
        asked = ["reason"] if self.has_change_permission(request, obj) else []
        return [*fields, "slug", *merged, *asked]

    more_fields: ClassVar[tuple[str, ...]] = ()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["reason"] if obj is None else None

    @display(description="Also known as")
    def also(self, record: Any) -> str:
        return ", ".join(record.aliases[:3])

    @display(description="Standing", label={"Merged": "warning"})
    def standing(self, record: Any) -> str:
        return "Merged" if record.merged_into_id else ""

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        return frozenset() if record.merged_into_id else frozenset({"merge"})

    @action(description="Merge into…", icon="merge", permissions=["edit"])
    def merge(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes one record of two; nothing is deleted."""
        loser = self.record(request, object_id)
        noun = self.opts.verbose_name
        step = Step(
            title=f"Merge {loser}",
            button="Show what would change",
            explains=(
                f"“{loser}” stays on record and points at the {noun} that you choose.",
                "Its names become aliases there; its claims keep their speaker.",
            ),
            done=f"{loser} was merged.",
            danger=True,
        )

        def act(data: dict[str, Any]) -> Any:
            if request.POST.get("seen") != str(data["winner"].pk):
                return self._preview(request, loser, data["winner"], data["reason"])
            return merge(
                by=actor(request), loser=loser, winner=data["winner"], reason=data["reason"]
            )

        return take(self, request, loser, step, act, self.merge_form())

    def _preview(self, request: HttpRequest, loser: Any, winner: Any, reason: str) -> HttpResponse:
        """What the merge would change; the same form, once it has been seen, merges."""
        if not reason.strip():
            raise CommentRequired("Say why the two are the same.", field="reason")
        return self.page(
            request,
            "tracker/merge_subject.html",
            f"Merge {loser}",
            loser,
            step=Step(title=f"Merge {loser} into {winner}", button=f"Merge into {winner}"),
            plan=plan(loser, winner),
            winner=winner,
            winner_at=address(winner),
            reason=reason,
        )

    def merge_form(self) -> type[forms.Form]:
        """Which record stands, and why the two are the same."""
        choices = self.model._default_manager.filter(merged_into=None)
        widget = AutocompleteSelect(self.model._meta.get_field("merged_into"), self.admin_site)
        field = forms.ModelChoiceField(choices, label="The one that stands", widget=widget)
        return type("MergeForm", (ReasonForm,), {"winner": field, "field_order": ["winner"]})

    def amend(
        self, request: HttpRequest, record: Any, changes: dict[str, Any], reason: str
    ) -> None:
        edit(by=actor(request), record=record, reason=reason, **changes)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if record := options.get("obj"):
            context["records"] = record_pages(request, self.subjects, record)
        return super().render_change_form(request, context, *args, **options)


@admin.register(Person)
class PersonAdmin(SpeakerAdmin):
    list_display = ("name", "also", "wikidata", "standing")
    subjects = (Subject.PEOPLE,)

    def file(self, request: HttpRequest, data: dict[str, Any]) -> Person:
        return file_person(
            by=actor(request),
            name=data["name"],
            aliases=data["aliases"],
            wikidata=data["wikidata"],
            note=data["note"],
        )


@admin.register(Organisation)
class OrganisationAdmin(SpeakerAdmin):
    list_display = ("name", "kind", "parent", "also", "standing")
    list_select_related = ("parent",)
    list_filter = ("kind",)
    autocomplete_fields = ("parent",)
    more_fields = ("kind", "parent")
    subjects = (Subject.ORGANISATIONS, Subject.OUTLETS)

    def file(self, request: HttpRequest, data: dict[str, Any]) -> Organisation:
        return file_organisation(
            by=actor(request),
            name=data["name"],
            kind=data["kind"],
            parent=data["parent"],
            aliases=data["aliases"],
            wikidata=data["wikidata"],
            note=data["note"],
        )


class AffiliationForm(TrackerForm):
    """A role with its first day and the first day on which it was over."""

    start = day("From", help_text="Open if unknown.")
    end = day("Until", help_text="The first day without the role; open if it lasts.")
    reason = why()

    class Meta:
        model = Affiliation
        fields = ("person", "organisation", "role")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        valid = self.instance.valid if self.instance.pk else None
        if valid:
            self.initial.update(start=valid.lower, end=valid.upper)


@admin.register(Affiliation)
class AffiliationAdmin(TrackerAdmin):
    form = AffiliationForm
    add_verb = Verb.LOG
    change_verb = Verb.CURATE
    related = ("person", "organisation")
    list_display = ("person", "role", "organisation", "since", "until")
    list_filter = ("organisation__kind",)
    search_fields = ("person__name", "organisation__name", "role")
    autocomplete_fields = ("person", "organisation")
    ordering = ("-id",)

    @display(description="From")
    def since(self, record: Affiliation) -> Any:
        return record.valid.lower

    @display(description="Until")
    def until(self, record: Affiliation) -> Any:
        return record.valid.upper

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = ["person", "organisation", "role"]
        if not (self.has_change_permission(request, obj) if obj else True):
            return [*fields, "since", "until"]
        return [*fields, "start", "end", *(["reason"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("since", "until") if obj and not self.has_change_permission(request, obj) else ()

    def file(self, request: HttpRequest, data: dict[str, Any]) -> Affiliation:
        names = ("person", "organisation", "role", "start", "end")
        return affiliate(by=actor(request), **{name: data[name] for name in names})

    def amend(
        self, request: HttpRequest, record: Any, changes: dict[str, Any], reason: str
    ) -> None:
        start = changes.pop("start", record.valid.lower)
        end = changes.pop("end", record.valid.upper)
        valid = type(record.valid)(start, end)
        edit(by=actor(request), record=record, reason=reason, valid=valid, **changes)
