"""An article as it is read for logging: its text, what was quoted from it, who spoke last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest

from tracker.admin.at_work import actor
from tracker.admin.blindness import hidden_sources, is_blinded
from tracker.admin.drawings import excerpt
from tracker.admin.passages import sighted_quotations
from tracker.admin.steps import address
from tracker.domain.ids import id_in
from tracker.models import Claim, Quotation, Snapshot
from tracker.models.claims import ClaimState


@dataclass(frozen=True)
class Quoted:
    """A passage that was quoted already: code points of the text, who said it, its claim's page."""

    start: int
    end: int
    who: str
    words: str
    page: str
    state: str


def opened(request: HttpRequest) -> Snapshot | None:
    """The text that the address names, if this person may see it."""
    asked = id_in(request.GET.get("snapshot", ""))
    if asked is None:
        return None
    found = Snapshot.objects.filter(pk=asked).select_related("source__outlet")
    if is_blinded(request):
        found = found.exclude(source__in=hidden_sources(actor(request)).values("pk"))
    return found.first()


def as_filed(snapshot: Snapshot) -> dict[str, Any]:
    """The article's fields as they are on record, so that the next quotation needs no copying."""
    source = snapshot.source
    return {
        "snapshot": snapshot.pk,
        "url": source.url,
        "title": source.title,
        "outlet": source.outlet or "",
        "published_on": source.published_on,
        "source_kind": source.kind,
        "bylines": "; ".join(source.bylines),
        "text": snapshot.text,
        "excerpt": snapshot.completeness == "excerpt",
    }


def as_before(request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
    """Who spoke, when and on what way in the claim that was logged just before from this text."""
    asked = id_in(request.GET.get("after", ""))
    mine = Claim.objects.filter(quotation__snapshot=snapshot, coder=actor(request))
    found = mine.filter(pk=asked) if asked else mine.none()
    claim = found.select_related("person", "organisation", "quotation").first()
    if claim is None:
        return {}
    quotation = claim.quotation
    way: dict[str, Any] = {}
    for n, hop in enumerate(quotation.hops.select_related("outlet").order_by("step")[:2], start=1):
        way |= {f"hop_{n}_outlet": hop.outlet or "", f"hop_{n}_mode": hop.mode}
        way[f"hop_{n}_channel"] = hop.channel
    return {
        **way,
        "person": claim.person or "",
        "person_slug": claim.person.slug if claim.person else "",
        "role": claim.role,
        "organisation": claim.organisation or "",
        "mode": quotation.mode,
        "said_on": _day_said(quotation),
        "said_words": quotation.said_words,
        "channel": quotation.channel,
        "coded_after_outcome": claim.coded_after_outcome,
        "freeze": claim.state == ClaimState.FROZEN,
    }


def _day_said(quotation: Quotation) -> str:
    """As the form takes it; a day that was only known to be the article's is left out."""
    if quotation.said_precision == "before":
        return ""
    if quotation.said_first and quotation.said_first != quotation.said_last:
        return f"{quotation.said_first}/{quotation.said_last}"
    return str(quotation.said_last)


def quoted_from(request: HttpRequest, snapshot: Snapshot) -> list[Quoted]:
    """What this person may see that was quoted from the text, in its order."""
    claims = Claim.objects.select_related("person", "organisation").order_by("pk")
    spoken = Prefetch("claims", claims, to_attr="logged")
    quotations = sighted_quotations(request).filter(snapshot=snapshot).order_by("start", "pk")
    return [
        Quoted(
            start=one.start,
            end=one.end,
            who=str(claim.speaker),
            words=excerpt(one.exact, 90),
            page=address(claim),
            state=claim.get_state_display(),
        )
        for one in quotations.defer("snapshot__text").prefetch_related(spoken)
        for claim in vars(one)["logged"]
    ]
