"""How a claim is cited: its lasting address, as BibTeX, and as ClaimReview."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from tracker.admin.at_work import now
from tracker.domain.citations import Issued, Reference
from tracker.domain.citations_bibtex import to_bibtex
from tracker.models import Claim

LONGEST = 200


@dataclass(frozen=True)
class Ways:
    """Ways to cite a claim; `link` is its address for good, `review` the same as JSON-LD."""

    link: str
    review: str
    bibtex: str


def ways_to_cite(request: HttpRequest, claim: Claim) -> Ways:
    """The claim's address in the API, under which it stays, and what reference managers take."""
    link = request.build_absolute_uri(reverse("claims-detail", args=[claim.pk]))
    words = claim.quotation.exact
    title = f"“{words if len(words) <= LONGEST else words[:LONGEST] + '…'}”"
    reference = Reference.of(
        key=f"claim-{claim.uuid}",
        kind="webpage",
        title=f"{title}: a claim of {claim.said_on:%Y-%m-%d}",
        authors=[str(claim.speaker)],
        issued=Issued(on=claim.said_on),
        accessed=now().date(),
        url=link,
        outlet="Expert-claim tracker",
        language="en",
    )
    return Ways(link, f"{link}?format=claimreview", to_bibtex([reference]).strip())
