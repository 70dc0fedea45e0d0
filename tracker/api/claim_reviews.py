"""A claim as JSON-LD: a ClaimReview once it is graded in public, a plain Claim until then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from tracker.api.base import Noun
from tracker.api.codebooks import address_of
from tracker.api.fields import span
from tracker.api.formats import Shape
from tracker.api.sight import Sight
from tracker.domain.citations import address
from tracker.domain.claim_reviews import (
    VOCABULARY,
    Answer,
    Condition,
    Party,
    Publisher,
    Settled,
    Statement,
    Work,
    graded,
    to_claim,
    to_claim_review,
)
from tracker.domain.codebooks import CORRECTIONS
from tracker.domain.judging import JUDGED_BY, Method
from tracker.models import (
    Citation,
    Claim,
    CurrentResolution,
    Proposition,
    Quotation,
    Reply,
    Resolution,
    Source,
)
from tracker.models.claims import Polarity

MEDIA_TYPE = "application/ld+json"
JSON_LD = {
    "type": "object",
    "description": "A ClaimReview, or a Claim, in the words of schema.org.",
    "required": ["@context", "@type", "@id"],
    "properties": {"@type": {"enum": ["ClaimReview", "Claim"]}},
}


class ClaimReviewShape(Shape):
    """One claim; lists stay JSON."""

    media_type = MEDIA_TYPE
    format = "claimreview"
    charset = None

    def record(self, record: Any) -> bytes:
        return orjson.dumps(record)


class Reviewed(Noun):
    """What makes a noun's record a Claim, or a ClaimReview."""

    shapes: ClassVar[tuple[type[Shape], ...]] = (ClaimReviewShape,)
    shaped_actions = ("retrieve",)


def retrieved(full: type[Any]) -> Any:
    """Returns how to describe reading one claim, whose JSON is `full`."""
    answers = {(200, "application/json"): full, (200, MEDIA_TYPE): JSON_LD}
    return extend_schema(
        responses=answers,
        description="Who said what, with everything that it rests on. `?format=claimreview` "
        "answers with JSON-LD after schema.org: a ClaimReview where a published resolution grades "
        "the claim, else a Claim without a rating.",
    )


def asks_for_json_ld(request: Request) -> bool:
    return isinstance(request.accepted_renderer, ClaimReviewShape)


@require_safe
@cache_control(public=True, max_age=86_400)
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Answers with our terms' context document, to pages of any origin."""
    found = HttpResponse(orjson.dumps(VOCABULARY), content_type=MEDIA_TYPE)
    found["Access-Control-Allow-Origin"] = "*"
    return found


def in_json_ld(records: Iterable[Claim], context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns claims as these eyes may see them, with their ratings where there are any."""
    request, sight = context["request"], context["sight"]
    found = _claims(sight).filter(pk__in=[record.pk for record in records])
    return [_in_json_ld(claim, request, sight) for claim in found]


def _in_json_ld(claim: Claim, request: Request, sight: Sight) -> dict[str, Any]:
    context = reverse("vocabulary", request=request)
    current = CurrentResolution.objects.filter(proposition=claim.proposition_id).first()
    statement = _statement(claim, current, request, sight)
    ratable = Claim.objects.ratable().filter(pk=claim.pk)
    grade = graded(current.outcome) if current and ratable.exists() else None
    if current is None or grade is None:
        return to_claim(statement, context=context)
    settled = _settled(current, grade, sight)
    return to_claim_review(statement, settled, publisher(request, claim.codebook), context=context)


def publisher(request: Request | None, codebook: str) -> Publisher:
    """Returns who answers for a verdict that was made under this version of the codebook."""
    return Publisher(
        name=settings.TRACKER_PUBLISHER,
        url=reverse("home", request=request),
        principles=address_of(request, codebook),
        corrections=address_of(request, codebook, CORRECTIONS),
    )


# --- what is told --------------------------------------------------------------------


def _claims(sight: Sight) -> Any:
    pages = sight.see(Source.objects.order_by()).values("pk")
    seen = sight.see(Quotation.objects.order_by("pk"))
    standing = seen.filter(snapshot__source__in=pages)
    further = standing.select_related("snapshot__source__outlet").defer("snapshot__text")
    claims = Claim.objects.with_story().defer("quotation__snapshot__text")
    return claims.prefetch_related(Prefetch("further_quotations", further))


def _statement(
    claim: Claim, current: CurrentResolution | None, request: Request, sight: Sight
) -> Statement:
    said, proposition = claim.quotation, claim.proposition
    dates = (said.said_first, said.said_last, said.said_precision)
    return Statement(
        url=reverse("claims-detail", args=[claim.pk], request=request),
        uuid=str(claim.uuid),
        state=claim.state,
        text=said.exact,
        name=proposition.statement if proposition else "",
        author=_author(claim, request),
        said=claim.said_on,
        said_as_known=span(*dates),
        first=_appearance(said, request, sight),
        further=tuple(_appearance(q, request, sight) for q in claim.further_quotations.all()),
        hedge=claim.hedge,
        denies=claim.polarity == Polarity.DENIES,
        mode=said.mode,
        provenance=said.provenance,
        condition=_condition(proposition, current),
        probability=_probability(claim),
        deadline=proposition.deadline if proposition else None,
        deadline_basis=proposition.deadline_basis if proposition else "",
    )


def _author(claim: Claim, request: Request) -> Party:
    noun = "people" if claim.person else "organisations"
    employer = claim.organisation if claim.person else None
    return Party(
        name=claim.speaker.name,
        person=bool(claim.person),
        url=reverse(f"{noun}-detail", args=[claim.speaker.pk], request=request),
        wikidata=claim.speaker.wikidata,
        role=claim.role,
        affiliation=employer.name if employer else "",
    )


def _condition(
    proposition: Proposition | None, current: CurrentResolution | None
) -> Condition | None:
    if proposition is None or proposition.condition is None:
        return None
    return Condition(
        statement=proposition.condition.statement,
        required=proposition.condition_required,
        status=current.condition if current else "",
    )


def _probability(claim: Claim) -> tuple[float, float, float] | None:
    if claim.p_low is None or claim.p_point is None or claim.p_high is None:
        return None
    return claim.p_low / 1000, claim.p_point / 1000, claim.p_high / 1000


def _appearance(quotation: Quotation, request: Request, sight: Sight) -> Work:
    """Where the words stand; the text that we hold of it is not the public's."""
    snapshot = quotation.snapshot
    ours = reverse("snapshots-text", args=[snapshot.pk], request=request) if sight.staff else ""
    return _work(snapshot.source, archived=address(snapshot.archive_url) or ours)


def _work(source: Source, *, archived: str = "", note: str = "") -> Work:
    return Work(
        kind=source.kind,
        title=source.title,
        url=address(source.url),
        outlet=source.outlet.name if source.outlet else "",
        published=source.published_on,
        archived=archived,
        note=note,
    )


def _settled(current: CurrentResolution, grade: int, sight: Sight) -> Settled:
    resolution = Resolution.objects.get(pk=current.pk)
    replies = Reply.objects.filter(resolution=resolution).order_by("received_at", "id")
    return Settled(
        version=resolution.seq,
        grade=grade,
        explanation=resolution.rationale,
        judged_by=JUDGED_BY[Method(resolution.method)],
        published=current.published_at,
        evidence=tuple(_evidence(current.proposition_id, sight)),
        replies=tuple(Answer(one.author, one.text, one.received_at) for one in replies),
    )


def _evidence(proposition: int, sight: Sight) -> Iterable[Work]:
    """The sources of the facts that bear on it, each once, as far as these eyes may see them."""
    sources = sight.see(Source.objects.order_by())
    cited = Citation.objects.filter(
        outcome__bearings__proposition=proposition, source__in=sources.values("pk")
    )
    for citation in cited.select_related("source__outlet").order_by("outcome", "pk"):
        yield _work(citation.source, note=citation.saw)
