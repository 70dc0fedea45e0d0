"""Claims that are refused: what the draft says, the error and the field that it names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.actions.steps import WORDS, proposition, quotation, source
from tests.builders import SAID, TEXT
from tracker.actions.documents import SnapshotDraft
from tracker.actions.people import OrganisationDraft, SpeakerDraft
from tracker.actions.propositions import PropositionDraft
from tracker.domain import errors

EVE = SAID - timedelta(days=1)

REFUSED: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "words that are not in the text": (
        {"quotation": quotation(exact="The city will be relieved by summer")},
        errors.QuotationNotFound,
        "exact",
    ),
    "offsets beyond the text": (
        {"quotation": quotation(start=5, end=5_000)},
        errors.OffsetsOutsideText,
        "start",
    ),
    "offsets the wrong way round": (
        {"quotation": quotation(start=9, end=3)},
        errors.OffsetsOutsideText,
        "start",
    ),
    "offsets of other words": (
        {"quotation": quotation(start=0, end=35)},
        errors.OffsetsDisagree,
        "exact",
    ),
    "a NUL byte in the text": (
        {"snapshot": SnapshotDraft(text=TEXT + "\0")},
        errors.UnstorableText,
        "text",
    ),
    "a NUL byte in the hedge": ({"hedge": "likely\0"}, errors.UnstorableText, "hedge"),
    "a lone surrogate in the quotation": (
        {"quotation": quotation(exact=WORDS + "\ud800")},
        errors.UnstorableText,
        "exact",
    ),
    "a lone surrogate in a slug": (
        {"speaker": SpeakerDraft(person_slug="a\udfff")},
        errors.UnstorableText,
        "",
    ),
    "an empty snapshot": ({"snapshot": SnapshotDraft(text=" ")}, errors.RequiredField, "text"),
    "a new source without a title": (
        {"source": source(title="")},
        errors.RequiredField,
        "title",
    ),
    "an address that is none": ({"source": source(url="siege")}, errors.BadAddress, "url"),
    "no date anywhere": (
        {"source": source(published_on=None), "quotation": quotation(said_on="")},
        errors.RequiredField,
        "said_on",
    ),
    "a date that is none": (
        {"quotation": quotation(said_on="May")},
        errors.UnknownValue,
        "said_on",
    ),
    "nobody who speaks": ({"speaker": SpeakerDraft()}, errors.UnknownSpeaker, "speaker"),
    "an unknown organisation slug": (
        {"speaker": SpeakerDraft(organisation=OrganisationDraft(slug="nowhere"))},
        errors.NotFound,
        "organisation",
    ),
    "an unknown kind": ({"kind": "prophecy"}, errors.UnknownValue, "kind"),
    "an unknown polarity": ({"polarity": "shrugs"}, errors.UnknownValue, "polarity"),
    "an unknown test": ({"failed_test": "T7"}, errors.UnknownValue, "failed_test"),
    "an unknown phrase": (
        {"hedge_term": "as sure as eggs"},
        errors.UnknownValue,
        "hedge_term",
    ),
    "an unknown earlier claim": ({"revises": 10**30}, errors.NotFound, "revises"),
    "an unknown distorted claim": ({"distorts": 0}, errors.NotFound, "distorts"),
    "an unknown proposition": (
        {"proposition": PropositionDraft(id=0)},
        errors.NotFound,
        "proposition",
    ),
    "a probability above one": ({"p_point": 1001}, errors.ProbabilityOutOfRange, "probability"),
    "a probability below nought": ({"p_point": -1}, errors.ProbabilityOutOfRange, "probability"),
    "low above point": (
        {"p_low": 600, "p_point": 500},
        errors.ProbabilityOutOfRange,
        "probability",
    ),
    "point above high": (
        {"p_point": 500, "p_high": 400},
        errors.ProbabilityOutOfRange,
        "probability",
    ),
    "bounds without a point": ({"p_low": 100}, errors.ProbabilityOutOfRange, "probability"),
    "a deadline before the statement": (
        {"proposition": proposition(deadline=EVE), "kind": "forecast"},
        errors.DeadlineBeforeStatement,
        "deadline",
    ),
    "freezing what is not coded": ({"freeze": True}, errors.NotReady, "claim"),
    "freezing what is not tracked": (
        {"freeze": True, "failed_test": "T3"},
        errors.ForbiddenMove,
        "claim",
    ),
}
