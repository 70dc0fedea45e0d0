"""What may be done with records that say the same: propose, confirm or reject by another, merge.

Nothing is lost in a merge: what was dropped stays at its address and points at what was kept, and
its words become further quotations of that.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import pghistory
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from tracker.actions import scores
from tracker.actions.mergers import Plan, first_said, plan_for_claims, plan_for_propositions
from tracker.actions.records import locked, tidy
from tracker.actions.rounds import hidden_from
from tracker.actions.transactions import action
from tracker.domain.errors import CommentRequired, Conflict, SeparationOfDuties, UnknownValue
from tracker.domain.judging import Role
from tracker.domain.roles import Verb, permitted
from tracker.models import Claim, Duplicate, Evidence, Proposition
from tracker.models.accounts import User
from tracker.models.claims import ClaimState
from tracker.models.duplicates import DuplicateState

Noun = TypeVar("Noun", Proposition, Claim)


@action(Verb.CODE)
def propose(
    *,
    by: User,
    now: datetime,
    kept: Proposition | Claim,
    dropped: Proposition | Claim,
    reason: str,
) -> Duplicate:
    """Proposes that two propositions, or two claims of one speaker, are one.

    Of two claims the first utterance is kept, whichever was named: it is the one that is scored.
    """
    _refuse_blind(by, kept, dropped)
    if not reason.strip():
        raise CommentRequired("Say why the two are the same.", field="reason")
    if type(kept) is not type(dropped):
        raise UnknownValue("Choose two propositions, or two claims.", field="dropped")
    if kept.pk == dropped.pk:
        raise Conflict("Choose two records: this is one.", field="dropped")
    if isinstance(kept, Claim) and isinstance(dropped, Claim):
        kept, dropped = sorted((kept, dropped), key=first_said)
    noun = "claim" if isinstance(kept, Claim) else "proposition"
    _refuse_second(noun, kept.pk, dropped.pk)
    duplicate = Duplicate(
        **{f"kept_{noun}": kept, f"dropped_{noun}": dropped},
        likeness=_likeness(kept, dropped),
        proposed_by=by,
        proposed_at=now,
        **tidy({"reason": reason.strip()}),
    )
    _refuse(preview(duplicate))
    duplicate.save(force_insert=True)
    return duplicate


def _refuse_blind(by: User, *records: Proposition | Claim | None) -> None:
    """Who is to judge one of them must not learn from a merge who speaks to it, and how."""
    roles = by.roles()
    if Role.JUDGE not in roles or permitted(Verb.RULE, roles):
        return
    asked = {one.proposition_id if isinstance(one, Claim) else one.pk for one in records if one}
    if hidden_from(by).filter(pk__in=[pk for pk in asked if pk]).exists():
        raise SeparationOfDuties("You are asked to judge this: answer first.", field="duplicate")


def _refuse_second(noun: str, kept: int, dropped: int) -> None:
    same = Q(**{f"kept_{noun}": kept, f"dropped_{noun}": dropped})
    turned = Q(**{f"kept_{noun}": dropped, f"dropped_{noun}": kept})
    waiting = Duplicate.objects.undecided()
    if found := waiting.filter(same | turned | Q(**{f"dropped_{noun}": dropped})).first():
        raise Conflict(
            f"{noun.capitalize()} {dropped} is proposed for a merge already: confirm or reject "
            f"proposal {found.pk} first.",
            field="dropped",
            duplicate=found.pk,
        )


def _likeness(kept: Proposition | Claim, dropped: Proposition | Claim) -> float | None:
    """The trigram similarity of the two statements; null where one is not coded yet."""
    one, other = (r.proposition if isinstance(r, Claim) else r for r in (kept, dropped))
    if one is None or other is None:
        return None
    found = Proposition.objects.annotate(likeness=TrigramSimilarity("statement", other.statement))
    return float(found.values_list("likeness", flat=True).get(pk=one.pk))


def preview(duplicate: Duplicate) -> Plan:
    """What confirming the merge would do as the record stands now."""
    if duplicate.kept_claim and duplicate.dropped_claim:
        return plan_for_claims(duplicate.kept_claim, duplicate.dropped_claim)
    assert duplicate.kept_proposition, "the database refuses half a pair"
    assert duplicate.dropped_proposition, "the database refuses half a pair"
    return plan_for_propositions(duplicate.kept_proposition, duplicate.dropped_proposition)


def _refuse(plan: Plan) -> None:
    if plan.obstacles:
        raise plan.obstacles[0]


@action(Verb.CODE)
def confirm(*, by: User, now: datetime, duplicate: Duplicate, reason: str = "") -> Duplicate:
    """Merges what somebody else proposed, with all that follows, in one transaction."""
    record = _undecided(duplicate, by)
    with pghistory.context(reason=reason.strip() or record.reason):
        _merge(record)
        return _decided(record, by, now, DuplicateState.MERGED, reason)


@action(Verb.CODE)
def reject(*, by: User, now: datetime, duplicate: Duplicate, reason: str) -> Duplicate:
    """Keeps the two apart; the pair is not suggested again."""
    if not reason.strip():
        raise CommentRequired("Say why the two are not the same.", field="reason")
    record = _undecided(duplicate, by)
    return _decided(record, by, now, DuplicateState.REJECTED, reason)


def _undecided(duplicate: Duplicate, by: User) -> Duplicate:
    record = locked(duplicate)
    pair = (record.kept_proposition, record.dropped_proposition)
    _refuse_blind(by, *pair, record.kept_claim, record.dropped_claim)
    if record.state != DuplicateState.PROPOSED:
        raise Conflict(f"This pair was {record.state} already.", field="duplicate")
    if record.proposed_by_id == by.pk:
        raise SeparationOfDuties(
            "You proposed this: somebody else confirms or rejects it.", field="duplicate"
        )
    return record


def _decided(
    record: Duplicate, by: User, now: datetime, state: DuplicateState, reason: str
) -> Duplicate:
    record.state, record.decided_by, record.decided_at = state, by, now
    record.decision_reason = tidy({"reason": reason.strip()})["reason"]
    record.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    return record


# --- the merge -----------------------------------------------------------------------


def _merge(duplicate: Duplicate) -> None:
    """Looks at the records as they stand, locked, then does what the plan says."""
    if duplicate.kept_claim and duplicate.dropped_claim:
        kept, dropped = _both(duplicate.kept_claim, duplicate.dropped_claim)
        _refuse(plan_for_claims(kept, dropped))
        _merge_claims(dropped, kept, duplicate.reason)
        scores.rescore([kept.proposition_id or 0])
        return
    assert duplicate.kept_proposition, "the database refuses half a pair"
    assert duplicate.dropped_proposition, "the database refuses half a pair"
    stays, goes = _both(duplicate.kept_proposition, duplicate.dropped_proposition)
    _merge_propositions(goes, stays, duplicate.reason)
    scores.rescore([stays.pk, goes.pk])


def _both(kept: Noun, dropped: Noun) -> tuple[Noun, Noun]:
    """The two as they stand now, locked in an order that all keep."""
    held = {one.pk: locked(one) for one in sorted((kept, dropped), key=lambda one: one.pk)}
    return held[kept.pk], held[dropped.pk]


def _merge_claims(dropped: Claim, kept: Claim, reason: str) -> None:
    said = {dropped.quotation_id, *dropped.further_quotations.values_list("pk", flat=True)}
    kept.further_quotations.add(*sorted(said - {kept.quotation_id}))
    Claim.objects.filter(merged_into=dropped).update(merged_into=kept)
    dropped.state, dropped.merged_into, dropped.state_reason = ClaimState.MERGED, kept, reason
    dropped.save(update_fields=["state", "merged_into", "state_reason"])


def _merge_propositions(dropped: Proposition, kept: Proposition, reason: str) -> None:
    together = Claim.objects.filter(proposition__in=[kept, dropped]).order_by("pk")
    list(together.select_for_update(of=("self",)).values_list("pk"))
    plan = plan_for_propositions(kept, dropped)
    _refuse(plan)
    # Where a speaker would have two claims on one proposition, one of them goes before they meet.
    for pair in plan.merged:
        _merge_claims(pair.later, pair.earlier, reason)
    Claim.objects.filter(proposition=dropped).update(proposition=kept)
    Evidence.objects.bulk_create(
        Evidence(outcome=outcome, proposition=kept) for outcome in plan.outcomes
    )
    # A frozen one keeps its wording: tracker_current_resolution follows the merger for it.
    for hanging in (one for one in plan.conditional if not one.frozen_at):
        hanging.condition = kept
        hanging.save(update_fields=["condition"])
    Proposition.objects.filter(Q(pk=dropped.pk) | Q(merged_into=dropped)).update(merged_into=kept)
