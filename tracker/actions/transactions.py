"""What every action has in common: one permission, one transaction, refusals by name.

Who is overtaken by another transaction starts over: a name filed twice at once is one record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import pghistory
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    OperationalError,
    connection,
    transaction,
)
from psycopg import errors as postgres

from tracker.domain import errors
from tracker.domain.judging import Role
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
    "claim_not_by_judge": (errors.SeparationOfDuties, "coder"),
    "citation_once": (errors.Conflict, "citations"),
    "reading_not_by_coder": (errors.SeparationOfDuties, "reader"),
    "reading_not_by_judge": (errors.SeparationOfDuties, "reader"),
    "reading_before_outcome": (errors.RoundClosed, "claim"),
    "benchmark_before_outcome": (errors.Conflict, "as_of"),
    "topic_judges_1_to_5": (errors.UnknownValue, "judges"),
    "round_one_open": (errors.RoundOpen, "proposition"),
    "round_never_reopened": (errors.RoundClosed, "round"),
    "verdict_once_per_judge": (errors.AlreadyJudged, "round"),
    "verdict_in_open_round": (errors.RoundClosed, "round"),
    "verdict_duties_separate": (errors.SeparationOfDuties, "judge"),
    "verdict_stage_fits_state": (errors.ForbiddenMove, "stage"),
    "round_moves_by_table": (errors.ForbiddenMove, "round"),
    "override_once_per_judge": (errors.Conflict, "judge"),
    "override_not_for_oneself": (errors.SeparationOfDuties, "judge"),
    "assignment_once_per_judge": (errors.Conflict, "judge"),
    "anchoring_word_for_word": (errors.QuotationNotFound, "anchoring"),
    "anchoring_seen_once": (errors.Conflict, "anchoring"),
    "anchoring_once_per_snapshot": (errors.Conflict, "snapshot"),
    "distortion_word_for_word": (errors.QuotationNotFound, "exact"),
    "distortion_once": (errors.Conflict, "exact"),
    "duplicate_confirmed_by_another": (errors.SeparationOfDuties, "duplicate"),
    "duplicate_one_proposal_per_proposition": (errors.Conflict, "proposition"),
    "duplicate_one_proposal_per_claim": (errors.Conflict, "claim"),
    "duplicate_not_of_itself": (errors.Conflict, "duplicate"),
    "reply_link_used_once": (errors.Conflict, "link"),
    "digest_once_a_day": (errors.Conflict, "day"),
    "webhook_kinds_known": (errors.UnknownValue, "kinds"),
    "verdict_adjudicator_fresh": (errors.SeparationOfDuties, "judge"),
    "verdict_void_needs_unmet_condition": (errors.VerdictInconsistent, "outcome"),
    "resolution_one_current": (errors.AlreadyResolved, "proposition"),
    "resolution_append_only": (errors.ResolutionPublished, "resolution"),
}


# What two people may file at the same moment: the second starts over, and finds it.
SHARED = frozenset(
    {
        "source_one_per_address",
        "tracker_address_canonical_url_key",
        "snapshot_once_per_text",
        "affiliation_once_at_a_time",
        "tracker_person_slug_key",
        "tracker_organisation_slug_key",
        "tracker_topic_slug_key",
    }
)
TRIES = 3
NOBODY: frozenset[Role] = frozenset()
OUR_TRIGGERS = "23000"  # the SQLSTATE of triggers, whose messages are sentences for users


def _cause(error: DatabaseError) -> postgres.Error | None:
    return error.__cause__ if isinstance(error.__cause__, postgres.Error) else None


def _overtaken(error: DatabaseError) -> bool:
    """Whether another transaction was faster, so that a new start sees what it has done."""
    cause = _cause(error)
    if isinstance(cause, postgres.DeadlockDetected):
        # A savepoint keeps the locks that were taken before it: only the outermost starts over.
        return not connection.in_atomic_block
    return cause is not None and cause.diag.constraint_name in SHARED


@contextmanager
def refusals() -> Iterator[None]:
    """Turns the name of a violated constraint into the domain error that users read."""
    try:
        yield
    except IntegrityError as error:
        raise _refusal(_cause(error)) from error
    except (DataError, UnicodeEncodeError) as error:
        raise errors.UnstorableText("A value is too long or cannot be stored.") from error
    except OperationalError as error:
        cause = _cause(error)
        if isinstance(cause, postgres.ProgramLimitExceeded):
            raise errors.UnstorableText("A name, address or reference is too long.") from error
        if isinstance(cause, postgres.DeadlockDetected) and not connection.in_atomic_block:
            raise errors.Conflict from error
        raise


def _refusal(cause: postgres.Error | None) -> errors.TrackerError:
    name = (cause.diag.constraint_name if cause else None) or ""
    said = (cause.diag.message_primary if cause else None) or ""
    refusal, field = REFUSALS.get(name, (errors.RuleViolated, ""))
    if cause is not None and cause.sqlstate == OUR_TRIGGERS:
        return refusal(said, field=field, rule=name)
    if refusal is errors.RuleViolated:
        return refusal(f"{said} (rule {name})", rule=name)
    return refusal(field=field, rule=name)


def _atomically(work: Callable[[], Made]) -> Made:
    """Does the work in one transaction, and starts over where another was faster."""
    for _ in range(TRIES - 1):
        try:
            with transaction.atomic():
                return work()
        except DatabaseError as error:
            if not _overtaken(error):
                raise
    with transaction.atomic():
        return work()


def together(work: Callable[[], Made]) -> Made:
    """Does several actions in one transaction, and starts over where another was faster."""
    with refusals():
        return _atomically(work)


def _check(by: object, verb: Verb) -> None:
    if isinstance(by, User):
        by.must_be_allowed(verb)
    else:
        require(verb, NOBODY)


def action(verb: Verb) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Makes a function one transaction that needs `verb` of `by` and refuses in the domain's words.

    `by=None` is the tracker itself (a job). A `reason`, where given, goes into the history.
    """

    def decorate(function: Callable[P, Made]) -> Callable[P, Made]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> Made:
            by = kwargs.get("by")
            facts: dict[str, object] = {"action": function.__name__}
            if by is not None:
                _check(by, verb)
                facts["user"] = getattr(by, "pk", None)
            if kwargs.get("reason"):
                facts["reason"] = kwargs["reason"]
            with pghistory.context(**facts), refusals():
                return _atomically(lambda: function(*args, **kwargs))

        return run

    return decorate
