"""A claim's story for its page: words, way, speaker, meaning, judgement, score, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.safestring import SafeString

from tracker.actions.claims import missing
from tracker.actions.documents import provenance_reason
from tracker.actions.rounds import visible_verdicts
from tracker.admin.at_work import actor, now
from tracker.admin.blindness import is_blinded
from tracker.admin.citing import ways_to_cite
from tracker.admin.custody import alarms_of, custody_of
from tracker.admin.drawings import band, percent, signed
from tracker.admin.histories import Event, events_of
from tracker.admin.passages import sharpenings, sighted_quotations
from tracker.admin.scores import improvement_over
from tracker.admin.timeline import timeline_of
from tracker.admin.verdicts import Shown, aligned, shown
from tracker.domain.judging import JUDGED_BY, OUTCOME_LABELS, Method, OutcomeAnswer
from tracker.domain.quotes import Context, context
from tracker.models import Claim, ExternalReview, Quotation, Resolution, Round, ScoreItem
from tracker.models.claims import Polarity, Tier

NEIGHBOURHOOD = 300  # code points either side of a quotation
GAP = "[…]"  # what was left out of an excerpt
TIERS = {
    Tier.STATED: "the number that the speaker gave",
    Tier.READERS: "the median of blind readers",
    Tier.LEXICON: "what readers in general take the words to mean",
}
KINDS = {
    "published_raw": "measured in a published survey",
    "published_raw_weak": "measured in a small or indirect survey",
    "published_standard_range": "a range set by a published standard",
    "rule": "derived from a published rule",
    "interpolation": "our own interpolation between measured phrases",
}
POLARITIES = {
    Polarity.AFFIRMS: "The words affirm the proposition.",
    Polarity.DENIES: "The words deny the proposition: the band is turned round.",
    Polarity.ABSTAINS: "The words abstain: kept, never scored.",
}


@dataclass(frozen=True)
class Stop:
    """One hop on the way from the speaker to the page."""

    name: str
    manner: str


@dataclass(frozen=True)
class Hedging:
    """The hedge as the page shows it."""

    words: str
    phrase: str
    drawn: SafeString
    range: str
    lexicon: str
    source: str
    kind: str
    stacked: bool
    polarity: str
    flagged: bool


@dataclass(frozen=True)
class Score:
    """What the claim adds to its speaker's record."""

    said: str
    happened: str
    brier: str
    improvement: str
    notes: Sequence[str]


def story_of(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """Everything that a claim's page shows, in a fixed number of queries."""
    quotation = claim.quotation
    further = claim.further_quotations.select_related("snapshot__source").defer("snapshot__text")
    again = list(further.order_by("said_last", "pk"))
    proposition = claim.proposition
    rounds = list(proposition.rounds.order_by("number")) if proposition else []
    resolutions = _resolutions(claim)
    decided = [line["resolution"] for line in resolutions]
    return {
        "passage": passage_of(quotation),
        "stops": _stops(str(claim.speaker), quotation),
        "provenance": provenance_reason(quotation),
        "further": again,
        "sharpened": sharpenings([quotation, *again], request),
        "alarms": alarms_of([quotation, *again], request),
        **relayed(quotation, request),
        "hedging": _hedging(claim),
        "probability": _probability(claim),
        "missing": missing(claim),
        "condition_state": _condition_state(claim),
        "rounds": [(round, aligned(_verdicts(round, request))) for round in rounds],
        "resolutions": resolutions,
        "timeline": timeline_of(claim, decided, now().date()),
        "reviews": [] if is_blinded(request) else _reviews(claim),
        "ways": ways_to_cite(request, claim),
        "score": _score(claim),
        "events": [] if is_blinded(request) else _history(claim),
    }


def story_of_words(request: HttpRequest, quotation: Quotation) -> dict[str, Any]:
    """What a quotation's page shows: the passage, the way the words came, what became of them."""
    return {
        "passage": passage_of(quotation),
        "stops": _stops(quotation.speaker_words or "The speaker", quotation),
        "provenance": provenance_reason(quotation),
        "sharpened": sharpenings([quotation], request),
        "custody": custody_of(quotation, request),
        **relayed(quotation, request),
    }


def passage_of(quotation: Quotation) -> Context:
    """The quotation in its neighbourhood, cut between words, or at the gaps of an excerpt."""
    found = context(quotation.snapshot.text, quotation.start, quotation.end, NEIGHBOURHOOD)
    before, after = found.before, found.after
    if GAP in before:
        before = f"{GAP} {before.rpartition(GAP)[2].lstrip()}"
    elif len(before) == NEIGHBOURHOOD:
        before = "…" + before[before.find(" ") :]
    if GAP in after:
        after = f"{after.partition(GAP)[0].rstrip()} {GAP}"
    elif len(after) == NEIGHBOURHOOD:
        after = after[: after.rfind(" ")] + " …"
    return Context(before, found.quoted, after)


def _worded(value: str) -> str:
    return value.replace("_", " ")


def _stops(speaker: str, quotation: Quotation) -> list[Stop]:
    """The way of the words: the speaker, each relay, the outlet that we hold."""
    hops = [
        Stop(str(hop.outlet or hop.channel), _worded(hop.mode))
        for hop in quotation.hops.select_related("outlet").order_by("step")
    ]
    source = quotation.snapshot.source
    last = Stop(str(source.outlet or source.title), _worded(quotation.mode))
    said = quotation.channel or "said"
    return [Stop(speaker, said), *hops, last]


def relayed(quotation: Quotation, request: HttpRequest) -> dict[str, Any]:
    """What the quotation was relayed from, and what was relayed from it, as far as it is seen."""
    seen = sighted_quotations(request).select_related("snapshot__source__outlet")
    seen = seen.defer("snapshot__text")
    return {
        "upstream": seen.filter(relays=quotation).first(),
        "downstream": list(seen.filter(relayed_from=quotation).order_by("pk")),
    }


def _hedging(claim: Claim) -> Hedging | None:
    term = claim.hedge_term
    if term is None and not claim.hedge:
        return None
    return Hedging(
        words=claim.hedge,
        phrase=term.phrase if term else "",
        drawn=band(term.low, term.point, term.high) if term else SafeString(""),
        range=f"{percent(term.low)} to {percent(term.high)}, median {percent(term.point)}"
        if term
        else "",
        lexicon=str(term.lexicon) if term else "",
        source=term.source if term else "",
        kind=KINDS.get(term.kind_code, term.kind) if term else "",
        stacked=claim.stacked,
        polarity=POLARITIES[Polarity(claim.polarity)],
        flagged=bool(term and term.mode == "score_flag_possibility"),
    )


def _probability(claim: Claim) -> dict[str, Any] | None:
    if claim.p_point is None or not claim.p_tier:
        return None
    return {
        "point": percent(claim.p_point),
        "range": ""
        if claim.p_low == claim.p_high
        else f"{percent(claim.p_low)} to {percent(claim.p_high)}",
        "tier": TIERS[Tier(claim.p_tier)],
        "drawn": band(claim.p_low, claim.p_point, claim.p_high),
    }


def _condition_state(claim: Claim) -> str:
    """Whether the condition held, as far as it is published."""
    proposition = claim.proposition
    if proposition is None or proposition.condition_id is None:
        return ""
    settled = Resolution.objects.current().published().filter(proposition=proposition).first()
    if settled:
        return _worded(settled.condition)
    return "not judged yet"


def _verdicts(round: Round, request: HttpRequest) -> list[Shown]:
    verdicts = visible_verdicts(round, actor(request))
    return shown(list(verdicts.prefetch_related("cited")), actor(request))


def _resolutions(claim: Claim) -> list[dict[str, Any]]:
    if claim.proposition is None:
        return []
    found = claim.proposition.resolutions.prefetch_related("replies").order_by("-seq")
    return [
        {
            "resolution": one,
            "label": OUTCOME_LABELS[OutcomeAnswer(one.outcome)],
            "condition": ""
            if one.condition == "not_applicable"
            else f"condition {_worded(one.condition)}",
            "method": JUDGED_BY[Method(one.method)].capitalize(),
            "replies": list(one.replies.all()),
        }
        for one in found
    ]


def _reviews(claim: Claim) -> list[ExternalReview]:
    """What other publishers found of the same words, or of what they mean."""
    about = Q(claim=claim)
    if claim.proposition_id:
        about |= Q(proposition=claim.proposition_id)
    return list(ExternalReview.objects.filter(about).order_by("-reviewed_on", "-pk"))


def _score(claim: Claim) -> Score | None:
    item = ScoreItem.objects.filter(claim=claim).first()
    if item is None:
        return None
    p, y = item.p / 1000, item.y
    notes = ["A possibility word: scored, and flagged."] if item.flagged else []
    if item.hindsight:
        notes.append("Coded after the outcome was known: nobody is ranked on it.")
    gained = "measured against the other events' base rate"
    if item.base_rate is not None:
        over = signed(improvement_over(item.base_rate, item.p, y))
        gained = f"{over} over a base rate of {percent(item.base_rate)}"
    return Score(
        said=percent(item.p),
        happened="it happened" if y else "it did not happen",
        brier=f"{(p - y) ** 2:.3f}",
        improvement=gained,
        notes=notes,
    )


def _history(claim: Claim) -> Sequence[Event]:
    """The newest events; the page of the whole history has the rest."""
    return events_of(claim)[:8]
