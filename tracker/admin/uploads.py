"""The page on which a file is uploaded, for a source on record or for a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.widgets import UnfoldAdminFileFieldWidget

from tracker.actions.custody import Upload, upload
from tracker.actions.documents import SourceDraft
from tracker.actions.people import OrganisationDraft
from tracker.admin.at_work import actor, now
from tracker.admin.steps import Step, line, take, wide
from tracker.models import Source


class FileForm(forms.Form):
    """A file, and when the page stood so."""

    file = forms.FileField(
        widget=wide(UnfoldAdminFileFieldWidget()),
        help_text="HTML, PDF or plain text, 10 MB at most.",
        allow_empty_file=True,
    )
    captured_at = forms.DateTimeField(
        required=False,
        widget=line().widget,
        help_text="YYYY-MM-DD HH:MM in UTC; left out: now, or the archive's time.",
    )


class NewSourceForm(FileForm):
    """A file of a source that may be new: what is left out is taken from the page."""

    url = line("Address", required=False, help_text="The page's own, or an archive's link to it.")
    title = line("Title", required=False)
    outlet = line("Outlet", required=False)

    field_order = ("file", "url", "title", "outlet", "captured_at")


def upload_step(admin: Any, request: HttpRequest, source: Source | None = None) -> HttpResponse:
    """Takes the file and goes on to its text, from which a claim can be logged."""
    step = Step(
        title="Upload a file" if source is None else f"Upload a file of “{source}”",
        button="Upload it",
        explains=("Its text becomes a snapshot; its bytes are kept as they are.",),
        done="Kept. This is its text.",
    )

    def act(data: dict[str, Any]) -> Any:
        file = data.pop("file")
        captured_at = data.pop("captured_at")
        outlet = data.pop("outlet", "")
        draft = SourceDraft(
            id=source.pk if source else None,
            outlet=OrganisationDraft(name=outlet, kind="media") if outlet else None,
            **data,
        )
        given = Upload(
            data=file.read(),
            source=draft,
            declared=file.content_type or "",
            captured_at=captured_at,
        )
        made = upload(by=actor(request), now=now(), file=given).snapshot
        if request.GET.get("then") != "log" or made is None:
            return made
        return HttpResponseRedirect(f"{reverse('admin:tracker_claim_add')}?snapshot={made.pk}")

    form = FileForm if source else NewSourceForm
    return take(admin, request, source, step, act, form)
