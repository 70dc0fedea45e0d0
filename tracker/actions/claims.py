"""What may be done with claims: log, code, freeze, withdraw; one verb, one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.actions import scores
from tracker.actions.documents import QuotationDraft, SnapshotDraft, SourceDraft
from tracker.actions.events import announce
from tracker.actions.hedging import apply_probability, governing_term
from tracker.actions.pages import quote_page, refuse_borrowed_headline
from tracker.actions.people import SpeakerDraft, recognise_speaker
from tracker.actions.propositions import (
    PropositionDraft,
    file_proposition,
    freeze_held,
    freeze_proposition,
    missing_of,
    recognise_proposition,
)
from tracker.actions.records import in_choices, locked, tidy
from tracker.actions.transactions import action
from tracker.domain.errors import (
    AlreadyLogged,
    CommentRequired,
    DeadlineBeforeStatement,
    ForbiddenMove,
    NotFound,
    NotReady,
    ProbabilityOutOfRange,
    UnknownValue,
)
from tracker.domain.roles import Verb
from tracker.embedded.cursors import one_plan
from tracker.models import Claim, HedgeTerm, Lexicon, Quotation
from tracker.models.accounts import User
from tracker.models.claims import ClaimState, Kind, Tier
from tracker.models.events import EventKind

TEXTS = ("hedge", "external_id", "note", "state_reason")
FORWARD_LOOKING = (Kind.FORECAST, Kind.CONDITIONAL_FORECAST)


@dataclass(frozen=True)
class ClaimDraft:
    """Who said what, where, and as far as it is coded already: what it means."""

    source: SourceDraft
    snapshot: SnapshotDraft
    quotation: QuotationDraft
    speaker: SpeakerDraft
    proposition: PropositionDraft | None = None
    kind: str = ""
    polarity: str = "affirms"
    hedge: str = ""
    hedge_term: str = ""
    p_low: int | None = None
    p_point: int | None = None
    p_high: int | None = None
    coded_after_outcome: bool = False
    failed_test: str = ""
    state_reason: str = ""
    external_id: str = ""
    note: str = ""
    freeze: bool = False
    revises: int | None = None
    distorts: int | None = None


@action(Verb.LOG)
@one_plan()  # of each name, address and text there is one, whatever it is
def log_claim(*, by: User, now: datetime, draft: ClaimDraft) -> Claim:
    """Logs a claim with all that hangs on it: source, text, quotation and speaker are enough.

    Known people, sources and propositions are recognised. With `freeze` the claim must be
    complete (NotReady otherwise); with `failed_test` it is kept as considered, not tracked.
    """
    quotation = quote_page(
        by=by, now=now, page=draft.source, text=draft.snapshot, words=draft.quotation
    )
    person, organisation = recognise_speaker(draft.speaker)
    refuse_borrowed_headline(quotation, person, organisation)
    proposition = None
    if draft.proposition:
        day = reference_day(draft.kind, quotation.said_last)
        freeze = now if draft.freeze else None
        proposition = recognise_proposition(draft.proposition, day, freeze=freeze)
    claim = new_claim(
        draft,
        governing_term(draft.hedge.strip(), draft.hedge_term, Lexicon.objects.latest_frozen()),
        quotation=quotation,
        person=person,
        organisation=organisation,
        proposition=proposition,
        revises=_other_claim(draft.revises, "revises"),
        distorts=_other_claim(draft.distorts, "distorts"),
        coder=by,
        coded_at=now,
    )
    first = draft.proposition is not None and draft.proposition.id is None
    if draft.freeze:
        by.must_be_allowed(Verb.CODE)
        _fix(by=by, now=now, claim=claim, first=first)
    claim.save(force_insert=True)
    announce(EventKind.CLAIM_CREATED, noun="claims", record=claim.pk, now=now)
    if claim.frozen_at and claim.proposition_id and not first:
        scores.rescore([claim.proposition_id])
    return claim


def new_claim(
    draft: ClaimDraft, hedged: tuple[HedgeTerm | None, bool], *, quotation: Quotation, **rest: Any
) -> Claim:
    """The claim as it would be logged: its own words, the rest as recognised already; unsaved.

    `hedged` is the term that governs its hedge words, and whether several are stacked.
    """
    claim = Claim(
        quotation=quotation,
        role=tidy({"role": draft.speaker.role})["role"],
        said_on=quotation.said_last,
        kind=draft.kind,
        polarity=draft.polarity,
        state=ClaimState.CONSIDERED if draft.failed_test else ClaimState.DRAFT,
        failed_test=draft.failed_test,
        coded_after_outcome=draft.coded_after_outcome,
        **tidy({name: getattr(draft, name).strip() for name in TEXTS}),
        **rest,
    )
    claim.hedge_term, claim.stacked = hedged
    apply_probability(claim)
    _stated(claim, draft.p_low, draft.p_point, draft.p_high)
    _check(claim)
    return claim


def reference_day(kind: str, said: date) -> date | None:
    """Only what looks forward must not be due before it was said; a fact may lie in the past."""
    return said if kind in FORWARD_LOOKING or not kind else None


def _other_claim(given: int | None, field: str) -> Claim | None:
    if given is None:
        return None
    other = Claim.objects.filter(pk=given).first()
    if other is None:
        raise NotFound(f"There is no claim {given}.", field=field)
    return other.merged_into or other


def _hedge(claim: Claim, chosen: str) -> None:
    """Reads the hedge words through the newest frozen lexicon."""
    lexicon = Lexicon.objects.latest_frozen()
    claim.hedge_term, claim.stacked = governing_term(claim.hedge, chosen, lexicon)
    apply_probability(claim)


def _stated(claim: Claim, low: int | None, point: int | None, high: int | None) -> None:
    """Sets the numbers that the speaker gave; a single one is its own bounds."""
    if point is None and low is None and high is None:
        return
    if point is None:
        raise ProbabilityOutOfRange("Give the point between low and high.", field="probability")
    low, high = point if low is None else low, point if high is None else high
    if not 0 <= low <= point <= high <= 1000:
        raise ProbabilityOutOfRange(field="probability")
    claim.p_low, claim.p_point, claim.p_high, claim.p_tier = low, point, high, Tier.STATED


def _check(claim: Claim) -> None:
    in_choices(
        claim,
        {name: getattr(claim, name) for name in ("kind", "polarity", "failed_test")},
    )
    proposition = claim.proposition
    if proposition is None or proposition.deadline is None:
        return
    if proposition.deadline < claim.said_on and reference_day(claim.kind, claim.said_on):
        raise DeadlineBeforeStatement(field="deadline")


CODED = ("kind", "polarity", "role", "hedge", "note", "external_id", "coded_after_outcome")


@action(Verb.CODE)
def code_claim(*, by: User, now: datetime, claim: Claim, reason: str = "", **changes: Any) -> Claim:
    """Codes a draft further; a frozen claim takes notes only, and all else through a new claim.

    Takes the names in CODED, `hedge_term`, `failed_test`, `state_reason`, `p_low`, `p_point`,
    `p_high` and `proposition` (a PropositionDraft).
    """
    record = locked(claim)
    if record.state != ClaimState.DRAFT and set(changes) - {"note"}:
        raise ForbiddenMove(f"A {record.state} claim takes notes only.", field="claim")
    draft = changes.pop("proposition", None)
    chosen = changes.pop("hedge_term", "")
    stated = [changes.pop(name, None) for name in ("p_low", "p_point", "p_high")]
    failed = changes.pop("failed_test", "")
    unknown = set(changes) - {*CODED, "state_reason"}
    if unknown:
        raise UnknownValue(f"A claim has no {', '.join(sorted(unknown))}.", field=min(unknown))
    for name, value in tidy(changes).items():
        setattr(record, name, value)
    if draft:
        said = reference_day(record.kind, record.said_on)
        record.proposition = file_proposition(by=by, draft=draft, said_on=said)
    if "hedge" in changes or chosen or "polarity" in changes:
        _hedge(record, chosen or _kept_term(record, changes))
    _stated(record, *stated)
    if failed:
        record.failed_test, record.state = failed, ClaimState.CONSIDERED
    _check(record)
    record.save()
    return record


def _kept_term(claim: Claim, changes: dict[str, Any]) -> str:
    """A change of polarity alone keeps the term that was chosen."""
    return "" if "hedge" in changes or not claim.hedge_term else claim.hedge_term.phrase


def missing(claim: Claim) -> tuple[str, ...]:
    """What a draft lacks before it can be frozen, a sentence each."""
    if claim.state != ClaimState.DRAFT:
        return ()
    lacks = []
    if not claim.kind:
        lacks.append("Say what kind of claim it is.")
    if claim.proposition is None:
        lacks.append("Name the proposition that the claim speaks to.")
    else:
        lacks += missing_of(claim.proposition)
        conditional = claim.kind == Kind.CONDITIONAL_FORECAST
        if conditional and claim.proposition.condition_id is None:
            lacks.append("A conditional forecast needs its condition.")
    return tuple(lacks)


@action(Verb.CODE)
def freeze_claim(*, by: User, now: datetime, claim: Claim) -> Claim:
    """Fixes what the claim means, with its proposition, before anyone looks up the outcome."""
    record = locked(claim)
    if record.state == ClaimState.FROZEN:
        return record
    _fix(by=by, now=now, claim=record, first=False)
    record.save(update_fields=["state", "frozen_at"])
    assert record.proposition_id is not None, "a complete claim has its proposition"
    scores.rescore([record.proposition_id])
    return record


def _fix(*, by: User, now: datetime, claim: Claim, first: bool) -> None:
    """Fixes a complete claim, which is not saved, with its proposition.

    The `first` claim on a proposition is filed with it: it has no twin, and nobody else holds it.
    """
    check_complete(claim)
    assert claim.proposition is not None, "a complete claim has its proposition"
    if first:
        if not claim.proposition.frozen_at:
            claim.proposition = freeze_held(by=by, now=now, record=claim.proposition)
    else:
        claim.proposition = freeze_proposition(by=by, now=now, proposition=claim.proposition)
        _refuse_repeat(claim)
    claim.state, claim.frozen_at = ClaimState.FROZEN, now


def check_complete(claim: Claim) -> None:
    """Raises where a claim cannot be frozen: ForbiddenMove, NotReady, DeadlineBeforeStatement."""
    if claim.state != ClaimState.DRAFT:
        raise ForbiddenMove(f"A {claim.state} claim cannot be frozen.", field="claim")
    lacks = missing(claim)
    if lacks:
        raise NotReady(" ".join(lacks), field="claim", missing=list(lacks))
    _check(claim)


def _refuse_repeat(claim: Claim) -> None:
    """Says which claim has these words coming, where the database would only refuse them."""
    said = {name: getattr(claim, name) for name in ("proposition", "person", "organisation")}
    twin = Claim.objects.frozen().filter(revises=None, **said).exclude(pk=claim.pk).first()
    if twin and claim.revises_id is None:
        raise AlreadyLogged(
            f"Claim {twin.pk} says this already: add the words to it as a further quotation, or "
            "log them as an update that revises it.",
            field="claim",
            claim=twin.pk,
        )


@action(Verb.CODE)
def withdraw_claim(*, by: User, claim: Claim, state: str, reason: str) -> Claim:
    """Marks a claim as retracted by its speaker or as a misquote; it stays visible, with reason."""
    if state not in (ClaimState.RETRACTED, ClaimState.MISQUOTE):
        raise UnknownValue("state takes one of: retracted, misquote.", field="state")
    if not reason.strip():
        raise CommentRequired("Say why.", field="reason")
    record = locked(claim)
    if record.merged_into_id:
        raise ForbiddenMove(
            f"The claim was merged into claim {record.merged_into_id}: mark that one.",
            field="claim",
        )
    record.state, record.state_reason = state, tidy({"reason": reason})["reason"]
    record.save(update_fields=["state", "state_reason"])
    if record.proposition_id:
        scores.rescore([record.proposition_id])
    return record


@action(Verb.CODE)
def add_quotation(*, by: User, claim: Claim, quotation: Quotation) -> Claim:
    """Adds another utterance of the same claim; the first clear one stays the scored one."""
    refuse_borrowed_headline(quotation, claim.person, claim.organisation)
    record = locked(claim)
    standing = record.merged_into or record
    standing.further_quotations.add(quotation)
    return standing
