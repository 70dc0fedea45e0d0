"""What may be done with facts: record an outcome with its sources, tie it to propositions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.actions.dates import known_span
from tracker.actions.documents import SourceDraft, recognise_source
from tracker.actions.records import tidy
from tracker.actions.transactions import action
from tracker.domain.deadlines import Precision
from tracker.domain.errors import NotFound, RequiredField, SearchUnrecorded, UnknownValue
from tracker.domain.roles import Verb
from tracker.models import Citation, Evidence, Outcome, Proposition
from tracker.models.accounts import User


@dataclass(frozen=True)
class CitationDraft:
    """A source of an outcome and what it shows, in a sentence."""

    source: SourceDraft
    saw: str = ""


@action(Verb.RECORD)
def record_outcome(
    *,
    by: User,
    statement: str,
    occurred_on: str = "",
    known_on: date | None = None,
    citations: tuple[CitationDraft, ...] = (),
    propositions: tuple[int, ...] = (),
    found_nothing: bool = False,
    searched: str = "",
    note: str = "",
    external_id: str = "",
) -> Outcome:
    """Records a dated fact, or that a search found nothing; shared by all it bears on.

    `occurred_on` may be imprecise ("2016-05"); `known_on` defaults to its last day.
    """
    texts = tidy(
        {
            "statement": statement.strip(),
            "searched": searched.strip(),
            "note": note,
            "external_id": external_id.strip(),
        }
    )
    if not texts["statement"]:
        raise RequiredField("An outcome needs its statement.", field="statement")
    if found_nothing and not texts["searched"]:
        raise SearchUnrecorded(field="searched")
    when = known_span(occurred_on, "occurred_on") if occurred_on.strip() else None
    if when is None and not found_nothing:
        raise RequiredField("Say when it occurred.", field="occurred_on")
    known = known_on or (when.last if when else None)
    if known is None:
        raise RequiredField("Say when it was known.", field="known_on")
    occurred = when.first or when.last if when else None
    if occurred and known < occurred:
        raise UnknownValue("It cannot be known before it occurred.", field="known_on")
    outcome = Outcome.objects.create(
        occurred_on=occurred,
        occurred_precision=when.precision if when else Precision.DAY,
        occurred_words=occurred_on if when and when.precision is not Precision.DAY else "",
        known_on=known,
        found_nothing=found_nothing,
        recorded_by=by,
        **texts,
    )
    for citation in citations:
        _cite(by, outcome, citation)
    for pk in dict.fromkeys(propositions):
        proposition = Proposition.objects.filter(pk=pk).first()
        if proposition is None:
            raise NotFound(f"There is no proposition {pk}.", field="propositions")
        Evidence.objects.create(outcome=outcome, proposition=proposition)
    return outcome


def _cite(by: User, outcome: Outcome, draft: CitationDraft) -> Citation:
    source = recognise_source(draft.source)
    saw = tidy({"saw": draft.saw})["saw"]
    return Citation.objects.create(outcome=outcome, source=source, saw=saw)


@action(Verb.RECORD)
def bear_on(*, by: User, outcome: Outcome, proposition: Proposition) -> Evidence:
    """Says that an outcome bears on a proposition; saying it twice changes nothing."""
    evidence, _ = Evidence.objects.get_or_create(outcome=outcome, proposition=proposition)
    return evidence
