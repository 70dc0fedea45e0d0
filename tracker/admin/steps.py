"""A step that a button takes: a page that says what will happen, asks for what it needs, acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminExpandableTextareaWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from tracker.admin.at_work import actor, now
from tracker.domain.errors import TrackerError


class ReasonForm(forms.Form):
    """Why: one sentence that the history keeps."""

    reason = forms.CharField(widget=UnfoldAdminExpandableTextareaWidget())


def wide(widget: forms.Widget) -> forms.Widget:
    """The widget without Unfold's own limit to its width: our pages set it."""
    kept = widget.attrs.get("class", "").split()
    widget.attrs["class"] = " ".join(name for name in kept if "max-w-" not in name)
    return widget


@dataclass(frozen=True)
class Step:
    """What a page says before it acts: title, what changes, the button's words."""

    title: str
    button: str
    explains: Sequence[str] = ()
    done: str = "Done."
    danger: bool = False
    template: str = "tracker/step.html"
    context: dict[str, Any] = field(default_factory=dict)


def why() -> forms.CharField:
    """Why a record changes, for the forms by which it is amended."""
    return line(required=False, help_text="Why it changes; kept in the history.")


def line(label: str = "", *, help_text: str = "", required: bool = True) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label or None,
        help_text=help_text,
        required=required,
        widget=wide(UnfoldAdminTextInputWidget()),
    )


def prose(
    label: str = "", *, help_text: str = "", required: bool = True, rows: int = 2
) -> forms.CharField:
    """Text that grows as it is written."""
    widget = wide(UnfoldAdminExpandableTextareaWidget())
    widget.attrs["rows"] = rows
    return forms.CharField(
        label=label or None, help_text=help_text, required=required, widget=widget, strip=True
    )


def day(label: str = "", *, help_text: str = "", required: bool = False) -> forms.DateField:
    """One day, YYYY-MM-DD."""
    return forms.DateField(
        label=label or None,
        help_text=help_text,
        required=required,
        widget=wide(UnfoldAdminSingleDateWidget(attrs={"placeholder": "YYYY-MM-DD"})),
    )


def choice(
    label: str, choices: Sequence[tuple[str, str]], *, help_text: str = "", required: bool = False
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=required,
        widget=wide(UnfoldAdminSelectWidget()),
    )


def tick(label: str, *, help_text: str = "") -> forms.BooleanField:
    return forms.BooleanField(
        label=label, help_text=help_text, required=False, widget=UnfoldBooleanWidget
    )


def probability(label: str, *, help_text: str = "", required: bool = False) -> forms.DecimalField:
    """A probability from 0 to 1 with three decimals at most, as people write it."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=0,
        max_value=1,
        decimal_places=3,
        widget=wide(
            UnfoldAdminDecimalFieldWidget(attrs={"step": "0.001", "placeholder": "0 to 1"})
        ),
    )


def permille(value: Any) -> int | None:
    """The stored form of a probability: thousandths."""
    return None if value is None else int(value * 1000)


def refuse(form: forms.BaseForm, refusal: TrackerError, known_as: dict[str, str]) -> None:
    """Puts a refusal beside the field that it is about, else above the form."""
    name = known_as.get(refusal.field, refusal.field)
    form.add_error(name if name in form.fields else None, refusal.message)


def take(
    admin: Any,
    request: HttpRequest,
    record: Any,
    step: Step,
    act: Callable[[dict[str, Any]], Any],
    form_class: type[forms.Form] = forms.Form,
    *,
    initial: dict[str, Any] | None = None,
    known_as: dict[str, str] | None = None,
) -> HttpResponse:
    """Shows the step; on POST acts and returns to what `act` gives back, else to the record.

    What is to be shown once and never again, `act` gives back as a page.
    """
    posted = request.POST if request.method == "POST" else None
    form = form_class(posted, request.FILES if posted is not None else None, initial=initial)
    if posted is not None and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except TrackerError as refusal:
            refuse(form, refusal, known_as or {})
        else:
            if isinstance(made, HttpResponse):
                return made
            messages.success(request, step.done)
            return HttpResponseRedirect(address(made if hasattr(made, "_meta") else record))
    shown: HttpResponse = admin.page(
        request,
        step.template,
        step.title,
        record,
        step=step,
        form=form,
        media=admin.media + form.media,
        **step.context,
    )
    return shown


def enact(
    admin: Any,
    request: HttpRequest,
    record: Any,
    step: Step,
    verb: Callable[..., Any],
    form_class: type[forms.Form] = forms.Form,
    /,
    *,
    stay: bool = False,
    **given: Any,
) -> HttpResponse:
    """Takes a step that is one action by the person at work, of what is `given` and the form.

    Returns to what the action gives back or, to `stay`, to the record.
    """

    def act(data: dict[str, Any]) -> Any:
        made = verb(by=actor(request), now=now(), **given, **data)
        return None if stay else made

    return take(admin, request, record, step, act, form_class)


def address(record: Any) -> str:
    """Where the page of a record is."""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    return reverse(name, args=[record.pk])
