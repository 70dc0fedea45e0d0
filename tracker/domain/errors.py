"""One error, one class, one code; the docstring is the sentence that users read."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any, ClassVar


class TrackerError(Exception):
    """The request cannot be carried out."""

    code: ClassVar[str] = "error"
    conflict: ClassVar[bool] = False

    def __init__(self, message: str = "", *, field: str = "", **facts: Any) -> None:
        self.message = message or cleandoc(type(self).__doc__ or "")
        self.field = field
        self.facts = facts
        super().__init__(self.message)


class Conflict(TrackerError):
    """The record has moved on: read it again, then decide."""

    # Where a round or resolution is meant, the fact `state` says where it stands now.
    code = "conflict"
    conflict = True


# --- words and where they stand ------------------------------------------------------


class UnstorableText(TrackerError):
    """The text holds characters that cannot be stored: remove NUL bytes and lone surrogates."""

    code = "unstorable_text"


class QuotationNotFound(TrackerError):
    """These words do not stand in the text: correct them or accept the nearest passage."""

    code = "quotation_not_found"


class QuotationAmbiguous(TrackerError):
    """The quotation stands in the text more than once: send its start and end."""

    code = "quotation_ambiguous"


class HeadlineNotQuotable(TrackerError):
    """A headline is the outlet's own wording: quote the text below it, or record a distortion."""

    code = "headline_not_quotable"


class OffsetsOutsideText(TrackerError):
    """Start and end must lie inside the text, with start before end."""

    code = "offsets_outside_text"


class OffsetsDisagree(TrackerError):
    """The words at these offsets are not the words that were sent."""

    code = "offsets_disagree"


class BadAddress(TrackerError):
    """This is not the address of a web page: send an http or https address."""

    code = "bad_address"


# --- claims --------------------------------------------------------------------------


class DeadlineBeforeStatement(TrackerError):
    """The deadline lies before the statement was made."""

    code = "deadline_before_statement"


class DeadlineBasisMismatch(TrackerError):
    """A deadline needs a date and a basis; without a date, say when to review it."""

    code = "deadline_basis_mismatch"


class ProbabilityOutOfRange(TrackerError):
    """Probabilities run from 0 to 1, with low <= point <= high."""

    code = "probability_out_of_range"


class ConditionOnItself(TrackerError):
    """A proposition cannot be its own condition, and conditions go two levels deep at most."""

    code = "condition_on_itself"


class NotReady(Conflict):
    """The claim cannot be frozen yet: complete what is listed as missing."""

    code = "not_ready"


class Frozen(Conflict):
    """A frozen proposition keeps its wording: file a new one that supersedes it."""

    code = "frozen"


class AlreadyLogged(Conflict):
    """This is on record already: add a quotation to the claim, or mark an update of it."""

    code = "already_logged"


class NotFound(TrackerError):
    """There is no such record."""

    code = "not_found"


class RequiredField(TrackerError):
    """This field is needed here."""

    code = "required"


class UnknownValue(TrackerError):
    """This is not one of the values that the field takes."""

    code = "unknown_value"


class UnknownSpeaker(TrackerError):
    """A claim needs a speaker: name a person, an organisation, or both."""

    code = "unknown_speaker"


class AmbiguousName(TrackerError):
    """More than one record goes by this name: send its slug."""

    code = "ambiguous_name"


# --- judging -------------------------------------------------------------------------


class SeparationOfDuties(Conflict):
    """Coder, reader, judge and adjudicator of one proposition must be different people."""

    code = "separation_of_duties"


class RoundOpen(Conflict):
    """This proposition already has an open round."""

    code = "round_open"


class RoundClosed(Conflict):
    """This round takes no more verdicts."""

    code = "round_closed"


class SeatsTaken(Conflict):
    """The seats of this round belong to others: take another round from your queue."""

    code = "seats_taken"


class ForbiddenMove(Conflict):
    """The round's state does not allow this step."""

    code = "forbidden_move"


class AlreadyJudged(Conflict):
    """You have already answered in this round."""

    code = "already_judged"


class NotPermitted(TrackerError):
    """Your role does not allow this."""

    code = "not_permitted"


class OutOfScope(NotPermitted):
    """This token's scopes do not allow this: make one that has the scope."""

    code = "out_of_scope"


class TooManyTokens(Conflict):
    """This user has 100 tokens in force: revoke those that are not needed."""

    code = "too_many_tokens"


class CommentRequired(TrackerError):
    """This step needs a reason in words."""

    code = "comment_required"


class VerdictInconsistent(TrackerError):
    """Only an unmet condition voids a claim, and only a conditional claim has a condition."""

    code = "verdict_inconsistent"


class SearchUnrecorded(TrackerError):
    """An answer without evidence needs the record of what was searched."""

    code = "search_unrecorded"


class AlreadyResolved(Conflict):
    """This proposition already has a current resolution: open a new round to change it."""

    code = "already_resolved"


class ResolutionPublished(Conflict):
    """A published resolution cannot be edited: a change is a new one with a reason."""

    code = "resolution_published"


class ReplyWindowOpen(Conflict):
    """The right-of-reply window is still open: wait, or publish with a reason."""

    code = "reply_window_open"


class EvidenceIsImmutable(Conflict):
    """Evidence is never edited or deleted: add a new record that points at the old."""

    code = "evidence_is_immutable"


class RuleViolated(Conflict):
    """The database refused this: it would break a rule of the record."""

    code = "rule_violated"


# --- tables and scores ---------------------------------------------------------------


class BadTable(TrackerError):
    """The table cannot be read: each line at fault is named."""

    code = "bad_table"


class UnknownLexicon(TrackerError):
    """There is no lexicon of this version."""

    code = "unknown_lexicon"
