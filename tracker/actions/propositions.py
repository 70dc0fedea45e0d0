"""What may be done with propositions: file, edit while open, freeze, measure against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.actions import scores
from tracker.actions.people import free_slug
from tracker.actions.records import check_editable, check_slug, in_choices, locked, tidy
from tracker.actions.transactions import action
from tracker.domain import deadlines
from tracker.domain.deadlines import Basis, Deadline
from tracker.domain.errors import (
    ConditionOnItself,
    DeadlineBasisMismatch,
    Frozen,
    NotFound,
    NotReady,
    ProbabilityOutOfRange,
    RequiredField,
    UnknownValue,
)
from tracker.domain.roles import Verb
from tracker.models import Benchmark, Proposition, Topic
from tracker.models.accounts import User

TEXTS = (
    "statement",
    "criteria",
    "resolution_sources",
    "condition_words",
    "deadline_words",
    "deadline_reason",
    "note",
)


@dataclass(frozen=True)
class PropositionDraft:
    """A proposition by id, or what it says, how to tell, and by when."""

    id: int | None = None
    statement: str = ""
    criteria: str = ""
    resolution_sources: str = ""
    topic: str = ""
    condition: PropositionDraft | None = None
    condition_required: bool = True
    condition_words: str = ""
    deadline: date | None = None
    deadline_basis: str = ""
    deadline_words: str = ""
    deadline_reason: str = ""
    review_on: date | None = None
    specificity: int | None = None
    difficulty: int | None = None
    importance: int | None = None
    note: str = ""


@action(Verb.LOG)
def file_proposition(
    *, by: User, draft: PropositionDraft, said_on: date | None = None
) -> Proposition:
    """Files a proposition with its condition; one that is sent by id is recognised."""
    return recognise_proposition(draft, said_on)


def recognise_proposition(
    draft: PropositionDraft, said_on: date | None, depth: int = 0, freeze: datetime | None = None
) -> Proposition:
    """The proposition of this id, or a new one with its condition, filed; part of an action.

    With `freeze` a new one that is complete is fixed as of then, by the INSERT that files it.
    """
    if draft.id is not None:
        # Held until the claim is in, lest it be merged away in between.
        standing = Proposition.objects.select_for_update(no_key=True, of=("self",))
        found = standing.filter(pk=draft.id).first()
        if found is None:
            raise NotFound(f"There is no proposition {draft.id}.", field="proposition")
        return found.merged_into or found
    if depth > 2:
        raise ConditionOnItself(field="condition")
    filed = new_proposition(draft, said_on)
    if draft.condition:
        filed.condition = recognise_proposition(draft.condition, said_on, depth + 1, freeze)
    filed.topic = recognise_topic(draft.topic) if draft.topic.strip() else None
    on_firm_ground = filed.condition is None or filed.condition.frozen_at
    if freeze and on_firm_ground and not missing_of(filed):
        filed.frozen_at = freeze
    filed.save(force_insert=True)
    return filed


def new_proposition(draft: PropositionDraft, said_on: date | None) -> Proposition:
    """What is said, as it would be filed, without its condition and topic; unsaved."""
    texts = tidy({name: getattr(draft, name).strip() for name in TEXTS})
    if not texts["statement"]:
        raise RequiredField("A proposition needs its statement.", field="statement")
    basis = known_basis(draft)
    scales = {n: getattr(draft, n) for n in ("specificity", "difficulty", "importance")}
    check_scales(scales)
    _check_deadline(draft, basis, said_on)
    return Proposition(
        condition_required=draft.condition_required,
        deadline=draft.deadline,
        deadline_basis=basis,
        review_on=draft.review_on,
        **scales,
        **texts,
    )


def known_basis(draft: PropositionDraft) -> Basis:
    """The basis as named; unnamed, a deadline counts as stated and its absence as none."""
    if not draft.deadline_basis:
        return Basis.STATED if draft.deadline else Basis.NONE
    try:
        return Basis(draft.deadline_basis)
    except ValueError as error:
        names = ", ".join(Basis)
        raise UnknownValue(f"A basis is one of: {names}.", field="deadline_basis") from error


def _check_deadline(draft: PropositionDraft, basis: Basis, said_on: date | None) -> None:
    """The domain's rules for a deadline; a draft may still lack the date on which to review it."""
    deadline = Deadline(
        on=draft.deadline,
        basis=basis,
        words=draft.deadline_words,
        reason=draft.deadline_reason,
        review_on=draft.review_on,
    )
    waits = basis in (Basis.NONE, Basis.EVENT_TRIGGERED)
    if waits and draft.deadline is None and draft.review_on is None:
        return
    deadlines.check(deadline, said_on or date.min)


SCALES = {"specificity": (0, 3), "difficulty": (1, 5), "importance": (1, 3)}


def check_scales(values: dict[str, int | None]) -> None:
    """Raises UnknownValue where a rating lies outside its scale."""
    for name, value in values.items():
        least, most = SCALES[name]
        if value is not None and not least <= value <= most:
            raise UnknownValue(f"{name} runs from {least} to {most}.", field=name)


def recognise_topic(name: str) -> Topic:
    """The topic of this slug or name, filed at the top if it is new."""
    name = tidy({"topic": name.strip()})["topic"]
    known = (
        Topic.objects.filter(slug=name).first() or Topic.objects.filter(name__iexact=name).first()
    )
    return known or Topic.objects.create(name=name, slug=free_slug(Topic, name))


@action(Verb.LOG)
def file_topic(
    *, by: User, name: str, slug: str = "", parent: Topic | None = None, note: str = ""
) -> Topic:
    """Files a topic, under a wider one or at the top."""
    texts = tidy({"name": name.strip(), "slug": slug, "note": note})
    if not texts["name"]:
        raise RequiredField("A topic needs its name.", field="name")
    texts["slug"] = check_slug(Topic, slug) if slug else free_slug(Topic, texts["name"])
    return Topic.objects.create(parent=parent, **texts)


WORDING = {
    "statement",
    "criteria",
    "condition",
    "condition_required",
    "deadline",
    "deadline_basis",
}


@action(Verb.CODE)
def edit_proposition(
    *, by: User, proposition: Proposition, reason: str = "", **changes: Any
) -> Proposition:
    """Changes what is not frozen; a frozen proposition keeps its wording and its deadline."""
    now = locked(proposition)
    values = tidy(changes)
    check_editable(now, values)
    if now.frozen_at and set(values) & WORDING:
        raise Frozen(field="proposition")
    check_scales({name: value for name, value in values.items() if name in SCALES})
    if values.get("condition") and values["condition"].pk == now.pk:
        raise ConditionOnItself(field="condition")
    for name, value in values.items():
        setattr(now, name, value)
    _check_edited(now)
    if not now.frozen_at:
        now.version += 1
    now.save(update_fields=[*values, "version"])
    if "topic" in values:
        scores.rescore([now.pk])
    return now


def _check_edited(proposition: Proposition) -> None:
    dated = proposition.deadline_basis in (Basis.STATED, Basis.DERIVED, Basis.CONVENTION)
    if dated is (proposition.deadline is None):
        raise DeadlineBasisMismatch(field="deadline")


def missing_of(proposition: Proposition) -> list[str]:
    """What a proposition lacks before it can be frozen, a sentence each."""
    lacks = []
    if not proposition.criteria.strip():
        lacks.append("The proposition needs criteria: what world would make it wrong?")
    if proposition.deadline is None and proposition.review_on is None:
        lacks.append("The proposition needs a deadline, or a day on which to review it.")
    condition = proposition.condition
    if condition and not condition.frozen_at:
        lacks += [f"Its condition: {lack}" for lack in missing_of(condition)]
    return lacks


@action(Verb.CODE)
def freeze_proposition(*, by: User, now: datetime, proposition: Proposition) -> Proposition:
    """Fixes the wording, with that of its conditions, before anyone looks up the outcome."""
    record = locked(proposition)
    if record.frozen_at:
        return record
    lacks = missing_of(record)
    if lacks:
        raise NotReady(" ".join(lacks), field="proposition", missing=lacks)
    return freeze_held(by=by, now=now, record=record)


def freeze_held(*, by: User, now: datetime, record: Proposition) -> Proposition:
    """Fixes a complete proposition that is held, or that this transaction has filed."""
    if record.condition and not record.condition.frozen_at:
        record.condition = freeze_proposition(by=by, now=now, proposition=record.condition)
    record.frozen_at = now
    record.save(update_fields=["frozen_at"])
    return record


@action(Verb.RECORD)
def see_event(*, by: User, proposition: Proposition) -> Proposition:
    """Marks that the event was seen, which makes the proposition due at once."""
    record = locked(proposition)
    record.event_seen = True
    record.save(update_fields=["event_seen"])
    return record


@action(Verb.CODE)
def add_benchmark(
    *,
    by: User,
    proposition: Proposition,
    p: int,
    as_of: date,
    method: str,
    source: str = "",
    kind: str = "base_rate",
) -> Benchmark:
    """Fixes a base rate, market or crowd probability in permille, older than the outcome."""
    if not 0 <= p <= 1000:
        raise ProbabilityOutOfRange(field="p")
    if not method.strip():
        raise RequiredField("Say how the base rate was found.", field="method")
    benchmark = Benchmark(
        proposition=proposition,
        kind=kind,
        p=p,
        as_of=as_of,
        coder=by,
        **tidy({"method": method, "source": source}),
    )
    in_choices(benchmark, {"kind": kind})
    benchmark.save(force_insert=True)
    scores.rescore([proposition.pk])
    return benchmark
