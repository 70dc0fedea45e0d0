"""The article's address in the log form: its text on record, or a worker sent to fetch the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from tracker.actions.captures import request_capture
from tracker.actions.documents import SourceDraft, file_source, find_source
from tracker.actions.people import OrganisationDraft
from tracker.admin.at_work import actor, now
from tracker.admin.blindness import hidden_sources, is_blinded
from tracker.admin.claim_hints import ClaimHints
from tracker.domain.captures import CaptureStatus
from tracker.domain.deadlines import date_span
from tracker.domain.errors import TrackerError
from tracker.domain.ids import id_in
from tracker.models import Capture, Snapshot, Source

ADD = "admin:tracker_claim_add"
NEWEST = 3


class ClaimArticles(ClaimHints):
    """Adds what an address leads to."""

    def get_custom_urls(self) -> Any:
        return (
            *super().get_custom_urls(),
            ("article/", "tracker_claim_article", self.article_view),
            ("fetch/", "tracker_claim_fetch", self.fetch_view),
            ("fetching/", "tracker_claim_fetching", self.fetching_view),
        )

    def article_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """What is on record of the page at an address, as a piece of a page."""
        url = self._asked(request, "url")
        try:
            source = find_source(url) if url.strip() else None
        except TrackerError as refusal:
            context: dict[str, Any] = {"refusal": refusal.message}
        else:
            context = {"source": source, "snapshots": self._texts(request, source), "url": url}
        return TemplateResponse(request, "tracker/article_hints.html", context)

    def _texts(self, request: HttpRequest, source: Source | None) -> list[Snapshot]:
        """The newest texts of the page that this person may see."""
        if source is None:
            return []
        found = Snapshot.objects.filter(source__in=source.family()).defer("text")
        if is_blinded(request):
            found = found.exclude(source__in=hidden_sources(actor(request)).values("pk"))
        return list(found.order_by("-captured_at", "-pk")[:NEWEST])

    def fetch_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Files the page at the address of the form and sends a worker for it."""
        if request.method != "POST":
            raise Http404
        self._asked(request, "url")
        try:
            source = file_source(by=actor(request), draft=_named(request))
            capture = request_capture(by=actor(request), now=now(), source=source)
        except TrackerError as refusal:
            messages.error(request, f"Not fetched. {refusal.message}")
            return HttpResponseRedirect(reverse(ADD))
        return HttpResponseRedirect(
            f"{reverse('admin:tracker_claim_fetching')}?capture={capture.pk}"
        )

    def fetching_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Waits for the worker, then goes on to the text; says so where there is none."""
        asked = id_in(self._asked(request, "capture"))
        found = Capture.objects.filter(pk=asked) if asked else Capture.objects.none()
        capture = found.filter(requested_by=actor(request)).select_related("source").first()
        if capture is None:
            raise Http404
        if capture.status == CaptureStatus.OK:
            return HttpResponseRedirect(f"{reverse(ADD)}?snapshot={capture.snapshot_id}")
        waits = capture.status in (CaptureStatus.QUEUED, CaptureStatus.RUNNING)
        return self.page(
            request, "tracker/fetching.html", "Fetching the page", capture=capture, waits=waits
        )


def _named(request: HttpRequest) -> SourceDraft:
    """The source as far as the form names it: an address stands in for a title."""
    given = {name: request.POST.get(name, "").strip() for name in ("url", "title", "outlet")}
    published = date_span(request.POST.get("published_on", ""))
    outlet = given["outlet"]
    return SourceDraft(
        url=given["url"],
        title=given["title"] or given["url"].partition("//")[2],
        outlet=OrganisationDraft(outlet, kind="media") if outlet else None,
        published_on=published.last if published else None,
    )
