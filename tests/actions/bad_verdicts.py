"""Verdicts that are refused: what they say, the error and the field that it names."""

from __future__ import annotations

from typing import Any

from tracker.domain import errors

BAD: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "an unknown outcome": ({"outcome": "right"}, errors.UnknownValue, "outcome"),
    "an unknown condition": ({"condition": "maybe"}, errors.UnknownValue, "condition"),
    "an unknown reason": (
        {"outcome": "annulled", "annul_reason": "dull"},
        errors.UnknownValue,
        "annul_reason",
    ),
    "annulled without a reason": (
        {"outcome": "annulled"},
        errors.VerdictInconsistent,
        "annul_reason",
    ),
    "a reason without annulment": (
        {"annul_reason": "duplicate"},
        errors.VerdictInconsistent,
        "annul_reason",
    ),
    "a condition where there is none": (
        {"condition": "met"},
        errors.VerdictInconsistent,
        "condition",
    ),
    "void without an unmet condition": (
        {"outcome": "void_condition"},
        errors.VerdictInconsistent,
        "outcome",
    ),
    "no reasons": ({"rationale": " "}, errors.CommentRequired, "rationale"),
    "a NUL byte": ({"rationale": "Seen\0"}, errors.UnstorableText, "rationale"),
    "no search behind did_not": (
        {"outcome": "did_not", "searched": ""},
        errors.SearchUnrecorded,
        "searched",
    ),
    "no search behind mostly_not": (
        {"outcome": "mostly_not", "searched": " "},
        errors.SearchUnrecorded,
        "searched",
    ),
    "no search behind ambiguous": (
        {"outcome": "ambiguous", "searched": ""},
        errors.SearchUnrecorded,
        "searched",
    ),
    "evidence that is not on record": ({"cited": (0,)}, errors.NotFound, "cited"),
    "a stage of another time": ({"stage": "revised"}, errors.ForbiddenMove, "stage"),
}
