"""What a page suggests as the same: each with how alike it is, and a button to propose it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from tracker.actions.likenesses import (
    Alike,
    Pair,
    like_claim,
    like_proposition,
    likely_claims,
    likely_propositions,
)
from tracker.actions.mergers import first_said
from tracker.admin.at_work import actor, may
from tracker.admin.blindness import hidden_claims, is_blinded
from tracker.admin.drawings import excerpt, percent
from tracker.admin.steps import address
from tracker.domain.roles import Verb
from tracker.models import Claim, Duplicate, Proposition

LONGEST = 120
MERGE_THESE_FIRST = "Merge their propositions first"


@dataclass(frozen=True)
class Suggestion:
    """One record that may be the same, and where that is proposed; `beside` is its pair."""

    words: str
    page: str
    note: str
    propose: str = ""
    button: str = ""
    beside: str = ""


def page_of(request: HttpRequest, record: Proposition | Claim) -> dict[str, Any]:
    """What a record's page says of its duplicates: suggested, proposed, merged into it."""
    if is_blinded(request) or not may(request, Verb.CODE):
        return {}
    noun = "claim" if isinstance(record, Claim) else "proposition"
    mine = Q(**{f"kept_{noun}": record.pk}) | Q(**{f"dropped_{noun}": record.pk})
    proposals = Duplicate.objects.undecided().filter(mine).order_by("pk")
    found = like_claim(record) if isinstance(record, Claim) else like_proposition(record)
    return {
        "alike": [_suggestion(record, one) for one in found],
        "proposals": list(proposals.values_list("pk", "reason")),
        "gone": list(record.merged_from.order_by("pk").values_list("pk", flat=True)),
        "alike_noun": noun,
    }


def _share(likeness: float) -> str:
    """Whole percent: the measure is no finer."""
    return percent(round(likeness * 100) * 10)


def _words(record: Proposition | Claim) -> str:
    if isinstance(record, Proposition):
        return excerpt(record.statement, LONGEST)
    return f"“{excerpt(record.quotation.exact, LONGEST)}”"


def _suggestion(record: Proposition | Claim, one: Alike[Any]) -> Suggestion:
    pair: tuple[Any, Any] = (record, one.record)
    told, button = [f"{_share(one.likeness)} alike"], "The same: propose a merge"
    if isinstance(record, Claim):
        told.insert(0, str(one.record.said_on))
        if one.record.proposition_id != record.proposition_id:
            pair, button = (record.proposition, one.record.proposition), MERGE_THESE_FIRST
        else:
            told[1] = "the same proposition"
    told.append("the same condition" if one.same_condition else "another condition")
    told.append("days in common" if one.same_window else "no day in common")
    return Suggestion(
        _words(one.record), address(one.record), ", ".join(told), _propose(*pair), button
    )


def _propose(one: Any, other: Any) -> str:
    """Where a merge is proposed, to keep the older record; of claims, the first utterance."""
    by_age = first_said if isinstance(one, Claim) else (lambda record: record.pk)
    kept, dropped = sorted((one, other), key=by_age)
    noun = kept._meta.model_name
    return reverse("admin:tracker_duplicate_propose", args=[noun, kept.pk, dropped.pk])


def worklist(request: HttpRequest) -> list[Suggestion]:
    """Likely duplicates among what came in last, claims first."""
    pairs: list[Pair[Any]] = [*likely_claims(), *likely_propositions()]
    hidden: set[int] = set()
    if is_blinded(request):
        hidden = set(hidden_claims(actor(request)).values_list("pk", flat=True))
    return [
        Suggestion(
            words=_words(pair.later),
            page=address(pair.later),
            note=_note(pair),
            propose=_propose(pair.later, pair.earlier),
            button="Compare",
            beside=_words(pair.earlier),
        )
        for pair in pairs
        if not (isinstance(pair.later, Claim) and {pair.later.pk, pair.earlier.pk} & hidden)
    ]


def _note(pair: Pair[Any]) -> str:
    if isinstance(pair.later, Claim):
        return f"{pair.later.speaker} on one proposition, {pair.earlier.said_on} and " + str(
            pair.later.said_on
        )
    return f"Propositions, {_share(pair.likeness)} alike"
