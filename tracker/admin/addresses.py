"""What a source's page says of its addresses and of what the page itself says, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from tracker.actions.addresses import (
    add_address,
    addresses_of,
    merge_sources,
    same_page,
    unmerge_source,
)
from tracker.actions.proposals import accept, newest, proposed
from tracker.admin.at_work import actor, now
from tracker.admin.steps import ReasonForm, Step, enact, line, prose, take
from tracker.domain.captures import Difference
from tracker.domain.errors import NotFound
from tracker.models import Capture, Citation, Claim, Quotation, Snapshot, Source

NAMES = {
    "title": "Title",
    "bylines": "Bylines",
    "published_on": "Published on",
    "outlet": "Outlet",
    "language": "Language",
    "address": "Address",
}


@dataclass(frozen=True)
class Proposal:
    """One field as it is filed and as the page has it."""

    field: str
    name: str
    filed: str
    page: str


@dataclass(frozen=True)
class OnePage:
    """What the page of a source shows below its fields."""

    capture: Capture | None
    proposals: Sequence[Proposal]
    addresses: Sequence[str]
    same: Sequence[Source]
    merged: Sequence[Source]


class AddressForm(forms.Form):
    url = line("Address", help_text="Another address of the page, or an archive's link to it.")


def one_page(admin: Any, request: HttpRequest, source: Source) -> OnePage:
    """The addresses of a source and what its page proposes; a judge sees only what they may."""
    capture = captured(source)
    seen = admin.get_queryset(request)
    same = [one.pk for one in same_page(source)]
    return OnePage(
        capture=capture,
        proposals=[_worded(one) for one in proposed(capture)] if capture else (),
        addresses=sorted(addresses_of(source) - {source.canonical_url}),
        same=list(seen.filter(pk__in=same)),
        merged=list(seen.filter(merged_into=source)),
    )


def captured(source: Source) -> Capture | None:
    """The capture whose page speaks for the source, if there is one."""
    try:
        return newest(source)
    except NotFound:
        return None


def _worded(one: Difference) -> Proposal:
    filed, page = (
        "; ".join(said) if isinstance(said, tuple) else said for said in (one.filed, one.page)
    )
    return Proposal(one.field, NAMES[one.field], filed or "nothing", page)


def hanging(source: Source) -> str:
    """How much hangs on a source, in one sentence."""
    family = source.family()
    quoted = Quotation.objects.filter(snapshot__source__in=family)
    counts = {
        "snapshot": Snapshot.objects.filter(source__in=family).count(),
        "capture": Capture.objects.filter(source__in=family).count(),
        "quotation": quoted.count(),
        "claim": Claim.objects.filter(quotation__in=quoted).count(),
        "citation": Citation.objects.filter(source__in=family).count(),
    }
    parts = [f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in counts.items() if n]
    named = f"“{source}” ({source.canonical_url or 'no address'})"
    return f"On {named} hang {', '.join(parts)}." if parts else f"Nothing hangs on {named}."


class MergeForm(ReasonForm):
    """Which source stands; what hangs on it is shown before the second press."""

    into: forms.ModelChoiceField[Source]
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("into", "reason", "seen")

    def clean(self) -> dict[str, Any]:
        """Asks once more, with the preview, unless just this one was previewed."""
        data = super().clean() or {}
        into = data.get("into")
        if into is None or data.get("seen") == str(into.pk) or self.errors:
            return data
        self.data = {**dict(self.data.items()), "seen": str(into.pk)}
        raise forms.ValidationError(f"{hanging(into)} If they are one page, press once more.")


class Addressed:
    """Adds the buttons that settle which addresses are one page, and what it says."""

    @action(description="Add an address", icon="add_link", permissions=["log"])
    def address(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Records another address under which the page is found."""
        source = self.record(request, object_id)
        step = Step(
            title="Add an address",
            button="Add it",
            explains=(
                source.canonical_url,
                "Whoever files that address files this source.",
            ),
            done="The source is found under that address, too.",
        )
        return enact(self, request, source, step, add_address, AddressForm, source=source)

    @action(description="Take over", icon="published_with_changes", permissions=["edit"])
    def accept(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Takes over what the page says of itself, field by field."""
        source = self.record(request, object_id)
        capture = captured(source)
        step = Step(
            title="Take over what the page says",
            button="Take over",
            explains=("What was filed before stays in the history.",),
            done="Taken over.",
        )

        def act(data: dict[str, Any]) -> Any:
            assert capture is not None, "without a capture there is nothing to choose"
            by, fields = actor(request), data["taken"]
            accept(by=by, now=now(), capture=capture, fields=fields, reason=data["reason"])

        form = _taking([_worded(one) for one in proposed(capture)] if capture else [])
        known_as = {"fields": "taken", "url": "taken", "organisation": "taken"}
        return take(self, request, source, step, act, form, known_as=known_as)

    @action(description="Merge into…", icon="merge", permissions=["edit"])
    def merge(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Makes one record of two that are the same page; nothing is moved."""
        loser = self.record(request, object_id)
        step = Step(
            title=f"Merge “{loser}”",
            button="Merge",
            explains=(
                hanging(loser),
                "It stays on record and points at the source that you choose; every list counts"
                " what hangs on both. An editor can take it back.",
            ),
            done="Merged. Its lists count what hangs on both.",
            danger=True,
        )
        widget = AutocompleteSelect(Source._meta.get_field("merged_into"), self.admin_site)
        standing = self.get_queryset(request).filter(merged_into=None).exclude(pk=loser.pk)
        into = forms.ModelChoiceField(standing, label="The one that stands", widget=widget)
        form = type("SourceMergeForm", (MergeForm,), {"into": into})
        by = actor(request)
        return take(
            self,
            request,
            loser,
            step,
            lambda data: merge_sources(
                by=by, loser=loser, winner=data["into"], reason=data["reason"]
            ),
            form,
            initial={"into": request.GET.get("into")},
        )

    @action(description="Part again", icon="call_split", permissions=["edit"])
    def part(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Takes a mistaken merge back."""
        source = self.record(request, object_id)
        step = Step(
            title=f"Part “{source}” from “{source.merged_into}”",
            button="Part them",
            explains=("It stands again, with what had been merged into it before.",),
            done="It stands again.",
            danger=True,
        )
        by = actor(request)
        return take(
            self,
            request,
            source,
            step,
            lambda data: unmerge_source(by=by, source=source, **data),
            ReasonForm,
        )


def _taking(proposals: Sequence[Proposal]) -> type[forms.Form]:
    """A form with a tick for each field in which the page differs."""
    choices = [(one.field, f"{one.name}: “{one.page}” for “{one.filed}”") for one in proposals]
    widget = UnfoldAdminCheckboxSelectMultipleWidget()
    taken = forms.MultipleChoiceField(choices=choices, label="Take over", widget=widget)
    reason = prose("Reason", required=False, help_text="Left out: that the page says so.")
    return type("TakingForm", (forms.Form,), {"taken": taken, "reason": reason})
