"""What every page of the workbench shares: who may, how it saves, how it pages, what it hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.admin import ShowFacets
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.models import construct_instance
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.widgets import UnfoldAdminExpandableTextareaWidget, UnfoldAdminTextInputWidget

from tracker.admin.at_work import actor, may, roles_of
from tracker.admin.blindness import is_blinded
from tracker.admin.histories import events_of
from tracker.admin.lists import Listing
from tracker.domain.errors import TrackerError
from tracker.domain.judging import Role
from tracker.domain.roles import Verb
from tracker.models.accounts import User

if TYPE_CHECKING:  # generic for the type checker only
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

ONE_LINE = frozenset(
    {"name", "slug", "title", "url", "wikidata", "role", "language", "published_words"}
    | {"occurred_words", "external_id", "hedge", "author", "filed_by", "ground", "version"}
)


class LinesField(forms.CharField):
    """A list of texts, one a line: names may hold commas."""

    def __init__(self, **options: Any) -> None:
        options.pop("base_field", None)
        options.pop("size", None)
        options.setdefault("widget", UnfoldAdminExpandableTextareaWidget())
        options["help_text"] = options.get("help_text") or "One a line."
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list by design
        lines = value.splitlines() if isinstance(value, str) else value or []
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class TrackerForm(ModelForm):
    """A form whose refusals are those of the actions: sentence and field."""

    refusal: ClassVar[TrackerError | None] = None
    # names that an error uses for a field of this form
    known_as: ClassVar[dict[str, str]] = {}

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.refusal:
            field = self.known_as.get(self.refusal.field, self.refusal.field)
            self.add_error(field if field in self.fields else None, self.refusal.message)
        return data

    def _post_clean(self) -> None:
        """Fills the instance; what may not be is refused by the action, in its own words."""
        self.instance = construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )


class TrackerAdmin(Listing):
    """The page of a noun: roles decide, actions write, nothing is ever deleted."""

    form = TrackerForm
    view_roles: ClassVar[frozenset[Role]] = frozenset(Role)
    add_verb: ClassVar[Verb | None] = None
    change_verb: ClassVar[Verb | None] = None
    related: ClassVar[tuple[str, ...]] = ()

    show_facets = ShowFacets.NEVER
    actions = None
    compressed_fields = True
    warn_unsaved_form = True
    list_filter_sheet = True
    object_history_template = "tracker/history.html"

    # --- who may ---

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(roles_of(request) & self.view_roles)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.add_verb is not None and may(request, self.add_verb)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.change_verb is not None and may(request, self.change_verb)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # One permission a verb, by the names that buttons ask for.

    def has_code_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.CODE)

    def has_log_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.LOG)

    def has_record_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.RECORD)

    def has_read_words_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.READ_WORDS)

    def has_judge_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.JUDGE)

    def has_edit_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return may(request, Verb.PUBLISH)

    # --- which buttons ---

    def offered(self, request: HttpRequest, record: Any) -> frozenset[str]:
        """The buttons that make sense as the record stands; all others stay away."""
        return frozenset(self.actions_detail)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        permitted = super().get_actions_detail(request, object_id)
        if not permitted:
            return []
        offered = self.offered(request, self.record(request, object_id))
        return [button for button in permitted if button.method.original_function_name in offered]

    # --- what is seen ---

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """All rows with what their pages name, less what a judge must not see yet."""
        rows = super().get_queryset(request)
        if self.related:
            rows = rows.select_related(*self.related)
        return self.sighted(rows, actor(request)) if is_blinded(request) else rows

    def sighted(self, rows: models.QuerySet[Any], judge: User) -> models.QuerySet[Any]:
        """The rows that a judge may see whatever they are asked to judge."""
        return rows

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """As Django has it, but a judge asks after words that no page shows them in vain."""
        name = lookup.partition("__")[0]
        worded = {f.name for f in self.opts.fields if isinstance(f, models.TextField)}
        if is_blinded(request) and name in worded - set(self.get_list_filter(request)):
            return False
        return bool(super().lookup_allowed(lookup, value, request))

    def record(self, request: HttpRequest, object_id: str) -> Any:
        """The row behind an address; what may not be seen is not there."""
        known = vars(request).setdefault("records", {})
        key = (self.model, str(object_id))
        if key not in known:
            known[key] = self.get_object(request, object_id)
        if known[key] is None:
            raise Http404
        return known[key]

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        raise Http404

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, when and why; a judge at work sees it afterwards."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.record(request, object_id)
        events = [] if is_blinded(request) else events_of(record)
        title = f"History: {record}"[:100]
        return self.page(
            request, self.object_history_template, title, record, events=events, inside=True
        )

    def page(
        self, request: HttpRequest, template: str, title: str, record: Any = None, **context: Any
    ) -> HttpResponse:
        """A page of our own: the site's frame, where we are, and the record's buttons."""
        buttons: list[Any] = []
        if record is not None and context.pop("with_buttons", False):
            permitted = self.get_actions_detail(request, record.pk)
            buttons = self._get_actions_navigation(self.actions_detail, permitted, record.pk)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        frame = {
            **self.admin_site.each_context(request),
            "title": title,
            "noun": self.opts,
            "called": self.called,
            "listed": reverse(f"{name}_changelist"),
            "record": record,
            "page_of": reverse(f"{name}_change", args=[record.pk]) if record else "",
            "history": reverse(f"{name}_history", args=[record.pk]) if record else "",
            "buttons": buttons,
            "media": self.media,
        }
        return TemplateResponse(request, template, {**frame, **context})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        """One button saves: what comes next is a click on what comes next."""
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **options)

    # --- how one is added ---

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.adding(request) or super().add_view(request, form_url, extra_context)

    def adding(self, request: HttpRequest) -> HttpResponse | None:
        """The page of our own on which one is added; None where Django's form does."""
        return None

    # --- how it is saved ---

    def file(self, request: HttpRequest, data: dict[str, Any]) -> models.Model:
        """Makes the record by its action; for nouns that pages may add."""
        raise NotImplementedError

    def amend(
        self, request: HttpRequest, record: Any, changes: dict[str, Any], reason: str
    ) -> None:
        """Changes the record by its action; for nouns that pages may edit."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.__dict__.update(self.file(request, form.cleaned_data).__dict__)
            return
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        reason = changes.pop("reason", "")
        if changes:
            self.amend(request, obj, changes, reason)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Shows or saves the form; an action's refusal shows it again with nothing lost."""
        vars(request)["called"] = self.called
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except TrackerError as refusal:
            vars(request)["refusal"] = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **options)
        form.refusal = vars(request).get("refusal")
        return form

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if isinstance(db_field, ArrayField):
            return db_field.formfield(form_class=LinesField)
        if isinstance(db_field, models.TextField) and not db_field.choices:
            one_line = db_field.name in ONE_LINE
            kind = UnfoldAdminTextInputWidget if one_line else UnfoldAdminExpandableTextareaWidget
            options.setdefault("widget", kind())
        return super().formfield_for_dbfield(db_field, request, **options)


class EvidenceAdmin(TrackerAdmin):
    """The page of a noun that is read, never written: evidence and what follows from it."""

    warn_unsaved_form = False
