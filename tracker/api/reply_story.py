"""What a named speaker is shown before they reply: their words, the verdict, its facts; no more."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from rest_framework import serializers

from tracker.actions.reply_links import claims_of
from tracker.domain.judging import OUTCOME_LABELS, ConditionAnswer, OutcomeAnswer
from tracker.models import Citation, Claim, Outcome, Quotation, ReplyLink, Resolution, Verdict

Json = dict[str, Any]


class SourceShown(serializers.Serializer[Any]):
    """Where something stands."""

    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    outlet = serializers.CharField(allow_blank=True)
    published_on = serializers.DateField(allow_null=True)
    saw = serializers.CharField(allow_blank=True)


class WordsShown(serializers.Serializer[Any]):
    """The speaker's own words."""

    exact = serializers.CharField()
    said_on = serializers.DateField(allow_null=True)
    source: Any = SourceShown()


class FactShown(serializers.Serializer[Any]):
    """A dated fact on record."""

    statement = serializers.CharField()
    occurred_on = serializers.DateField(allow_null=True)
    searched = serializers.CharField(allow_blank=True)
    sources: Any = SourceShown(many=True)


class ReplyShown(serializers.Serializer[Any]):
    """The reply, word for word."""

    author = serializers.CharField()
    text = serializers.CharField()
    received_at = serializers.DateTimeField()


class VerdictShown(serializers.Serializer[Any]):
    """What was settled."""

    outcome = serializers.CharField()
    answer = serializers.CharField(help_text="The outcome in words.")
    condition = serializers.CharField()
    late = serializers.BooleanField()
    blind = serializers.BooleanField(help_text="Whether judges did not know who spoke.")
    rationale = serializers.CharField()
    searched: Any = serializers.ListField(child=serializers.CharField())
    decided_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)


class ReplyPageRead(serializers.Serializer[Any]):
    """All that a speaker's page shows."""

    speaker = serializers.CharField()
    statement = serializers.CharField()
    criteria = serializers.CharField(allow_blank=True)
    deadline = serializers.DateField(allow_null=True)
    condition = serializers.CharField(allow_blank=True)
    verdict: Any = VerdictShown()
    quotations: Any = WordsShown(many=True)
    facts: Any = FactShown(many=True)
    expires_at = serializers.DateTimeField()
    reply: Any = ReplyShown(allow_null=True)


def page_of(link: ReplyLink) -> Json:
    """Returns what the page of a link shows, in a fixed number of queries."""
    resolution, proposition = link.resolution, link.resolution.proposition
    facts = {
        "speaker": str(link.person or link.organisation),
        "statement": proposition.statement,
        "criteria": proposition.criteria,
        "deadline": proposition.deadline,
        "condition": proposition.condition.statement if proposition.condition else "",
        "verdict": _verdict(resolution),
        "quotations": _words(link),
        "facts": [_fact(outcome) for outcome in _facts(resolution)],
        "expires_at": link.expires_at,
        "reply": link.reply,
    }
    return dict(ReplyPageRead(facts).data)


def _verdict(resolution: Resolution) -> Json:
    answered = Verdict.objects.filter(round=resolution.round_id).exclude(searched="")
    searched = answered.order_by("submitted_at", "id").values_list("searched", flat=True)
    conditional = resolution.condition != ConditionAnswer.NOT_APPLICABLE
    return {
        "outcome": resolution.outcome,
        "answer": OUTCOME_LABELS[OutcomeAnswer(resolution.outcome)],
        "condition": resolution.condition.replace("_", " ") if conditional else "",
        "late": resolution.late,
        "blind": resolution.round is not None and resolution.round.needed > 1,
        "rationale": resolution.rationale,
        "searched": list(dict.fromkeys(searched)),
        "decided_at": resolution.decided_at,
        "published_at": resolution.published_at,
    }


def _words(link: ReplyLink) -> list[Json]:
    """The quotations of every claim in which this speaker spoke to the proposition."""
    claims = (
        claims_of(link.resolution.proposition, person=link.person, organisation=link.organisation)
        .select_related("quotation__snapshot__source__outlet")
        .prefetch_related("further_quotations__snapshot__source__outlet")
        .defer("quotation__snapshot__text")
    )
    found: dict[int, Json] = {}
    for claim in claims:
        for quotation in (claim.quotation, *claim.further_quotations.all()):
            found.setdefault(quotation.pk, _said(claim, quotation))
    return list(found.values())


def _said(claim: Claim, quotation: Quotation) -> Json:
    said_on = claim.said_on if quotation.pk == claim.quotation_id else quotation.said_last
    source = quotation.snapshot.source
    return {"exact": quotation.exact, "said_on": said_on, "source": _source(source)}


def _source(source: Any, saw: str = "") -> Json:
    return {
        "title": source.title,
        "url": source.url,
        "outlet": str(source.outlet or ""),
        "published_on": source.published_on,
        "saw": saw,
    }


def _facts(resolution: Resolution) -> Any:
    bearing = Q(propositions=resolution.proposition)
    if resolution.round_id:
        bearing |= Q(cited_in__round=resolution.round_id)
    found = Outcome.objects.filter(bearing).distinct().order_by("known_on", "id")
    return found.prefetch_related("citations__source__outlet")


def _fact(outcome: Outcome) -> Json:
    def seen(citation: Citation) -> Json:
        return _source(citation.source, citation.saw)

    return {
        "statement": outcome.statement,
        "occurred_on": outcome.occurred_on,
        "searched": outcome.searched,
        "sources": [seen(citation) for citation in outcome.citations.all()],
    }
