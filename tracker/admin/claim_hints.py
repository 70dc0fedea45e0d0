"""The log form's live help: small pieces of a page, for those who may log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from tracker.admin.claim_steps import ClaimSteps
from tracker.admin.hints import (
    Hint,
    day_said,
    deadlines_in,
    hedges_in,
    names_like,
    propositions_like,
    speakers_like,
)

LONGEST = 5_000


class ClaimHints(ClaimSteps):
    """Adds an address for each kind of suggestion."""

    def get_custom_urls(self) -> Any:
        return (
            ("hedges/", "tracker_claim_hedges", self.hedges_view),
            ("names/", "tracker_claim_names", self.names_view),
            ("met/", "tracker_claim_met", self.met_view),
            ("speakers/", "tracker_claim_speakers", self.speakers_view),
            ("deadlines/", "tracker_claim_deadlines", self.deadlines_view),
        )

    def hedges_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """The hedges in some words, each with its band."""
        words = self._asked(request, "exact")
        found = hedges_in(words)
        several = "Several hedges: the one nearest the event governs. Choose another if it does."
        note = several if len(found) > 1 else ""
        empty = "No hedge of the lexicon stands in these words." if words.strip() else ""
        return self._hints(request, found, note=note, empty=empty, auto=True)

    def speakers_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """People on record, in the role that they held when it was said."""
        term = self._asked(request, "person")
        found = speakers_like(term, self._day(request))
        new = f"“{term}” is not on record: filed with the claim." if len(term.strip()) > 2 else ""
        return self._hints(request, found, empty=new)

    def met_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Propositions on record that say what is being written."""
        found = propositions_like(self._asked(request, "statement"))
        note = "On record already. Take one if it says the same." if found else ""
        return self._hints(request, found, note=note)

    def deadlines_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """The day that the words name, and the day by convention."""
        said_on = self._day(request)
        if said_on is None:
            return self._hints(
                request, [], empty="Say when it was said: a deadline counts from it."
            )
        words = self._asked(request, "deadline_words") or self._asked(request, "exact")
        return self._hints(request, deadlines_in(words, said_on))

    def names_view(self, request: HttpRequest, model_admin: Any = None) -> HttpResponse:
        """Names that begin a field's suggestions."""
        term = self._asked(request, "q")[:100]
        return JsonResponse({"names": names_like(request.GET.get("kind", ""), term)})

    def _asked(self, request: HttpRequest, name: str) -> str:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return request.GET.get(name, "")[:LONGEST].replace("\0", " ")

    def _day(self, request: HttpRequest) -> Any:
        return day_said(self._asked(request, "said_on"), self._asked(request, "published_on"))

    def _hints(
        self, request: HttpRequest, found: Sequence[Hint], **context: Any
    ) -> TemplateResponse:
        return TemplateResponse(request, "tracker/hints.html", {"found": found, **context})
