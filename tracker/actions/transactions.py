"""What every action has in common: one permission, one transaction, refusals by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import pghistory
from django.db import IntegrityError, transaction
from psycopg import errors as postgres

from tracker.domain import errors
from tracker.domain.roles import Verb, require
from tracker.models.accounts import User

P = ParamSpec("P")
Made = TypeVar("Made")

REFUSALS: dict[str, tuple[type[errors.TrackerError], str]] = {
    "quotation_word_for_word": (errors.QuotationNotFound, "quotation"),
    "quotation_start_before_end": (errors.OffsetsOutsideText, "quotation"),
    "proposition_not_own_condition": (errors.ConditionOnItself, "condition"),
    "proposition_condition_depth": (errors.ConditionOnItself, "condition"),
    "proposition_frozen_wording": (errors.Frozen, "proposition"),
    "proposition_deadline_iff_basis": (errors.DeadlineBasisMismatch, "deadline"),
    "proposition_deadline_or_review": (errors.DeadlineBasisMismatch, "review_on"),
    "claim_probability_in_order": (errors.ProbabilityOutOfRange, "probability"),
    "claim_has_speaker": (errors.UnknownSpeaker, "speaker"),
    "claim_frozen_is_complete": (errors.NotReady, "claim"),
    "claim_once_per_speaker": (errors.AlreadyLogged, "claim"),
    "claim_external_id_once": (errors.AlreadyLogged, "external_id"),
    "outcome_external_id_once": (errors.AlreadyLogged, "external_id"),
    "reading_once_per_reader": (errors.AlreadyJudged, "reading"),
    "reading_not_by_coder": (errors.SeparationOfDuties, "reader"),
    "reading_before_outcome": (errors.RoundClosed, "claim"),
    "round_one_open": (errors.RoundOpen, "proposition"),
    "round_never_reopened": (errors.RoundClosed, "round"),
    "verdict_once_per_judge": (errors.AlreadyJudged, "round"),
    "verdict_in_open_round": (errors.RoundClosed, "round"),
    "verdict_duties_separate": (errors.SeparationOfDuties, "judge"),
    "verdict_adjudicator_fresh": (errors.SeparationOfDuties, "judge"),
    "verdict_void_needs_unmet_condition": (errors.VerdictInconsistent, "outcome"),
    "resolution_one_current": (errors.AlreadyResolved, "proposition"),
    "resolution_append_only": (errors.ResolutionPublished, "resolution"),
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turns the name of a violated constraint into the domain error that users read."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = error.__cause__.diag if isinstance(error.__cause__, postgres.Error) else None
        name = (diagnosis.constraint_name if diagnosis else None) or ""
        refusal, field = REFUSALS.get(name, (errors.RuleViolated, ""))
        if refusal is errors.RuleViolated:
            detail = (diagnosis.message_primary if diagnosis else None) or ""
            raise errors.RuleViolated(f"{detail} (rule {name})", rule=name) from error
        raise refusal(field=field, rule=name) from error


def action(verb: Verb) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Makes a function one transaction that needs `verb` of `by` and refuses in the domain's words.

    `by=None` is the tracker itself (a job). A `reason`, where given, goes into the history.
    """

    def decorate(function: Callable[P, Made]) -> Callable[P, Made]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> Made:
            by = kwargs.get("by")
            facts: dict[str, object] = {"action": function.__name__}
            if isinstance(by, User):
                require(verb, by.roles())
                facts["user"] = by.pk
            if kwargs.get("reason"):
                facts["reason"] = kwargs["reason"]
            with pghistory.context(**facts), refusals(), transaction.atomic():
                return function(*args, **kwargs)

        return run

    return decorate
