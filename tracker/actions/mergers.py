"""What a merge would do, looked at before it is done: what moves, what becomes one, what stops it.

Nothing here writes; `tracker.actions.duplicates` does what a plan without obstacles says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from tracker.actions.claims import FORWARD_LOOKING
from tracker.actions.likenesses import MERGEABLE, condition_of
from tracker.domain.errors import (
    Conflict,
    DeadlineBeforeStatement,
    RoundOpen,
    SeparationOfDuties,
    TrackerError,
)
from tracker.models import (
    Claim,
    Outcome,
    Proposition,
    Reading,
    Resolution,
    ScoreItem,
    Verdict,
)
from tracker.models.claims import ClaimState


@dataclass(frozen=True)
class Coincidence:
    """Two claims of one speaker that become one: the earlier one stays, with all the words."""

    later: Claim
    earlier: Claim


@dataclass(frozen=True)
class Plan:
    """What a merge would do; `obstacles` are the refusals that stand against it, if any do."""

    obstacles: tuple[TrackerError, ...] = ()
    moved: tuple[Claim, ...] = ()
    merged: tuple[Coincidence, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    conditional: tuple[Proposition, ...] = ()
    notes: tuple[str, ...] = ()


def speaker_of(claim: Claim) -> tuple[str, int]:
    """Who answers for the words, by the record that stands today."""
    speaker = claim.speaker
    return speaker._meta.model_name or "", speaker.merged_into_id or speaker.pk


def first_said(claim: Claim) -> tuple[date, int]:
    """The order of utterances: by the day they were made, then as they were logged."""
    return claim.said_on, claim.pk


def _with_words() -> QuerySet[Claim]:
    return Claim.objects.select_related("person", "organisation", "quotation")


# --- claims --------------------------------------------------------------------------


def plan_for_claims(kept: Claim, dropped: Claim) -> Plan:
    """What it takes to make one claim of two."""
    return Plan(
        obstacles=tuple(_against_claims(kept, dropped)),
        merged=(Coincidence(later=dropped, earlier=kept),),
        notes=tuple(_notes_on_claims([Coincidence(dropped, kept)])),
    )


def _against_claims(kept: Claim, dropped: Claim) -> Iterator[TrackerError]:
    for claim in (kept, dropped):
        if claim.merged_into_id:
            yield Conflict(
                f"Claim {claim.pk} was merged into claim {claim.merged_into_id}: choose that one.",
                field="claim",
            )
        elif claim.state not in MERGEABLE:
            yield Conflict(
                f"Claim {claim.pk} is {claim.state}: only drafts and frozen claims are merged.",
                field="claim",
            )
    if speaker_of(kept) != speaker_of(dropped):
        yield Conflict(
            "Two speakers said this. Are they one? Then merge their records first.", field="speaker"
        )
    if kept.proposition_id is None or kept.proposition_id != dropped.proposition_id:
        yield Conflict(
            "The claims speak to two propositions, or to none yet: merge or code these first.",
            field="proposition",
        )
    if kept.polarity != dropped.polarity:
        yield Conflict(f"{_apart(kept, dropped)} Leave them apart.", field="polarity")
    if _tied(kept, dropped) or _tied(dropped, kept):
        yield Conflict(
            f"Claims {kept.pk} and {dropped.pk} are linked as an update or a distortion of each "
            "other: they are two utterances on purpose.",
            field="claim",
        )
    if dropped.state == ClaimState.FROZEN and kept.state == ClaimState.DRAFT:
        yield Conflict(
            f"The first utterance is the one that counts, and claim {kept.pk} is a draft: "
            "freeze it, then merge.",
            field="claim",
        )


def _tied(one: Claim, other: Claim) -> bool:
    return other.pk in (one.revises_id, one.distorts_id)


def _apart(one: Claim, other: Claim) -> str:
    return f"Claim {one.pk} {one.polarity} what claim {other.pk} {other.polarity}."


def _notes_on_claims(merged: Sequence[Coincidence]) -> Iterator[str]:
    later = [pair.later.pk for pair in merged]
    scored = set(ScoreItem.objects.filter(claim__in=later).values_list("claim", flat=True))
    for pair in merged:
        if pair.later.pk in scored:
            yield f"Claim {pair.later.pk} leaves the scores; claim {pair.earlier.pk} counts."
        if None not in (pair.later.p_point, pair.earlier.p_point) and (
            pair.later.p_point != pair.earlier.p_point
        ):
            yield (
                f"Claim {pair.later.pk} was surer or less sure than claim {pair.earlier.pk}: "
                "the first utterance is scored. An update may be the truer name for it."
            )


# --- propositions --------------------------------------------------------------------


def plan_for_propositions(kept: Proposition, dropped: Proposition) -> Plan:
    """What it takes to make one proposition of two, claims of one speaker included.

    What hangs on the dropped one hangs on the kept one from then on: drafts by their pointer,
    frozen ones, whose wording stays, by the view that follows the merger.
    """
    claims = list(_with_words().filter(proposition__in=[kept, dropped]).order_by("pk"))
    moved = [claim for claim in claims if claim.proposition_id == dropped.pk]
    merged = list(_coincidences(claims))
    fresh = Outcome.objects.filter(propositions=dropped).exclude(propositions=kept)
    hanging = list(dropped.consequences.order_by("pk"))
    obstacles = [
        *_against_wording(kept, dropped),
        *_against_judgement(kept, dropped),
        *_against_claims_together(kept, moved, merged),
    ]
    return Plan(
        obstacles=tuple(obstacles),
        moved=tuple(moved),
        merged=tuple(merged),
        outcomes=tuple(fresh.order_by("pk")),
        conditional=tuple(hanging),
        notes=(*_notes_on_propositions(kept, dropped), *_notes_on_claims(merged)),
    )


def _coincidences(claims: Sequence[Claim]) -> Iterator[Coincidence]:
    """Frozen claims of one speaker that meet on one proposition; updates stay what they are."""
    frozen = [c for c in claims if c.state == ClaimState.FROZEN and c.revises_id is None]
    frozen.sort(key=lambda claim: (speaker_of(claim), first_said(claim)))
    for _, group in groupby(frozen, key=speaker_of):
        first, *later = group
        if {first.proposition_id} != {c.proposition_id for c in (first, *later)}:
            yield from (Coincidence(later=claim, earlier=first) for claim in later)


def _against_wording(kept: Proposition, dropped: Proposition) -> Iterator[TrackerError]:
    for one in (kept, dropped):
        if one.merged_into_id:
            yield Conflict(
                f"Proposition {one.pk} was merged into proposition {one.merged_into_id}: "
                "choose that one.",
                field="proposition",
            )
    if dropped.frozen_at and not kept.frozen_at:
        yield Conflict(
            f"Proposition {kept.pk} is a draft: freeze it first, or keep the other.",
            field="proposition",
        )
    if _hangs_on(kept) != _hangs_on(dropped):
        yield Conflict(
            "They do not hang on the same condition. Are the conditions one? Then merge these "
            "first; else leave the propositions apart.",
            field="condition",
        )


def _hangs_on(proposition: Proposition) -> tuple[int, bool] | None:
    """The condition that stands today, and whether it must come true or fail."""
    condition = condition_of(proposition)
    return (condition, proposition.condition_required) if condition else None


def _against_judgement(kept: Proposition, dropped: Proposition) -> Iterator[TrackerError]:
    under_way = dropped.rounds.under_way().first()
    if under_way:
        yield RoundOpen(
            f"Proposition {dropped.pk} is being judged: resolve or abandon its round first, "
            "or keep this one and drop the other.",
            field="proposition",
            round=under_way.pk,
            state=under_way.state,
        )
    ours, theirs = _current(kept), _current(dropped)
    if ours and theirs and _settled(ours) != _settled(theirs):
        yield Conflict(
            f"Proposition {kept.pk} was resolved as {ours.outcome}, proposition {dropped.pk} as "
            f"{theirs.outcome}: let one of them be judged anew first.",
            field="proposition",
        )
    for judged, coded in ((kept, dropped), (dropped, kept)):
        if _judges_of(judged) & _coders_of(coded):
            yield SeparationOfDuties(
                f"Somebody judged proposition {judged.pk} who coded or read a claim on "
                f"proposition {coded.pk}: as one, they would have judged their own coding.",
                field="judge",
            )


def _current(proposition: Proposition) -> Resolution | None:
    return proposition.resolutions.current().first()


def _settled(resolution: Resolution) -> tuple[str, str, str]:
    return resolution.condition, resolution.outcome, resolution.annul_reason


def _judges_of(proposition: Proposition) -> set[int]:
    """Who judged it; where one verdict was enough, duties are not apart."""
    verdicts = Verdict.objects.filter(round__proposition=proposition, round__needed__gt=1)
    return set(verdicts.values_list("judge", flat=True))


def _coders_of(proposition: Proposition) -> set[int]:
    readers = Reading.objects.filter(claim__proposition=proposition)
    coders = proposition.claims.values_list("coder", flat=True)
    return {*coders, *readers.values_list("reader", flat=True)}


def _against_claims_together(
    kept: Proposition, moved: Sequence[Claim], merged: Sequence[Coincidence]
) -> Iterator[TrackerError]:
    for claim in moved:
        forward = claim.state in MERGEABLE and claim.kind in ("", *FORWARD_LOOKING)
        if forward and kept.deadline and kept.deadline < claim.said_on:
            yield DeadlineBeforeStatement(
                f"Claim {claim.pk} was made on {claim.said_on}, after the deadline "
                f"{kept.deadline} of proposition {kept.pk}.",
                field="deadline",
            )
    for pair in merged:
        if pair.later.polarity != pair.earlier.polarity:
            yield Conflict(
                f"{_apart(pair.earlier, pair.later)} One speaker cannot do both on one "
                "proposition: mark what was taken back as retracted, or leave them apart.",
                field="polarity",
            )


def _notes_on_propositions(kept: Proposition, dropped: Proposition) -> Iterator[str]:
    if _current(dropped) and not _current(kept):
        yield (
            f"The resolution of proposition {dropped.pk} stays on its page and no longer counts: "
            f"its claims are open until proposition {kept.pk} is resolved."
        )
    if dropped.deadline != kept.deadline:
        days = [str(one.deadline or "no deadline") for one in (dropped, kept)]
        yield f"The claims that move are judged by {days[1]} instead of {days[0]}."
    if dropped.criteria != kept.criteria:
        yield f"The criteria of proposition {kept.pk} are those that count."
    if dropped.consequences.exists():
        yield f"What hangs on proposition {dropped.pk} is void or not by proposition {kept.pk}."
    if dropped.benchmarks.exists():
        yield f"Base rates of proposition {dropped.pk} stay there and no longer count."
