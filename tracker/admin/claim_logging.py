"""The page on which claims are logged: the article on the left, what is said of it on the right."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tracker.actions.captures import request_capture
from tracker.actions.claims import log_claim, missing
from tracker.admin.at_work import actor, now
from tracker.admin.bookmarklet import bookmarklet
from tracker.admin.claim_articles import ClaimArticles
from tracker.admin.coding import KNOWN_AS
from tracker.admin.logging_form import BUTTONS, LogForm, pressed, unwrapped, with_nearest
from tracker.admin.reading import as_before, as_filed, opened, quoted_from
from tracker.admin.steps import address, refuse
from tracker.domain.errors import TrackerError
from tracker.domain.roles import Verb
from tracker.models import Claim, Snapshot
from tracker.models.claims import ClaimState


class ClaimLogging(ClaimArticles):
    """Adds the page that logs a claim, and goes on with the article it stands in."""

    add_verb = Verb.LOG

    def adding(self, request: HttpRequest) -> HttpResponse:
        """One page from article to deadline; an error leaves everything as it was typed."""
        posted = with_nearest(request.POST) if request.method == "POST" else None
        snapshot = opened(request)
        form = LogForm(posted, initial=self._begins(request, snapshot))
        nearest = None
        if posted is not None and form.is_valid():
            try:
                claim = log_claim(by=actor(request), now=now(), draft=form.draft())
            except TrackerError as refusal:
                refuse(form, refusal, KNOWN_AS)
                nearest = refusal.facts.get("nearest")
            else:
                return self._logged(request, claim, form)
        return self._form_page(request, form, snapshot, nearest)

    def _form_page(
        self, request: HttpRequest, form: LogForm, snapshot: Snapshot | None, nearest: Any
    ) -> HttpResponse:
        button = pressed(form.data) if form.is_bound else ""
        quoted = quoted_from(request, snapshot) if snapshot else []
        return self.page(
            request,
            "tracker/log.html",
            "Log a claim",
            form=form,
            snapshot=snapshot,
            quoted=quoted,
            spans=[asdict(one) for one in quoted],
            nearest=nearest,
            pressed=button,
            takes=BUTTONS.get(button, ""),
            bookmarklet=bookmarklet(request),
            media=self.media + form.media,
        )

    def _begins(self, request: HttpRequest, snapshot: Snapshot | None) -> dict[str, Any]:
        """The article as it is on record, and who spoke in the claim before this one."""
        if snapshot is None:
            return {}
        return as_filed(snapshot) | as_before(request, snapshot)

    def _logged(self, request: HttpRequest, claim: Claim, form: LogForm) -> HttpResponse:
        lacks = missing(claim)
        kept = "Logged and frozen." if claim.state == ClaimState.FROZEN else "Logged as a draft."
        if claim.state == ClaimState.CONSIDERED:
            kept = f"Kept as considered, not tracked: it fails {claim.failed_test}."
        told = unwrapped(claim.quotation.snapshot, form.cleaned_data["url"])
        messages.success(request, " ".join([kept, *told, *lacks]))
        if form.cleaned_data["fetch"]:
            self._fetch(request, claim)
        if pressed(form.data) == "_next":
            here = reverse("admin:tracker_claim_add")
            snapshot = claim.quotation.snapshot_id
            return HttpResponseRedirect(f"{here}?snapshot={snapshot}&after={claim.pk}")
        return HttpResponseRedirect(address(claim))

    def _fetch(self, request: HttpRequest, claim: Claim) -> None:
        """Asks for the whole page; what stands against it never stands against the claim."""
        source = claim.quotation.snapshot.source
        try:
            request_capture(by=actor(request), now=now(), source=source)
        except TrackerError as refusal:
            messages.warning(request, f"The page is not fetched. {refusal.message}")
