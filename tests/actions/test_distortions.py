"""Distortions: words that change a quotation, proved as it is, headlines included."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.steps import refused
from tests.builders import CODED, make_quotation, make_snapshot, make_source, make_user
from tracker.actions.distortions import record_distortion
from tracker.domain import errors
from tracker.models import Distortion, Quotation

pytestmark = pytest.mark.django_db

HEADLINE = "It will be ‘the worst the war has seen’"
SAID = "some of the worst this war has seen"
TEXT = f"{HEADLINE}\n\nThey might yet see {SAID}, he said. The war goes on. The war ends."


def said() -> Quotation:
    source = make_source(title=HEADLINE)
    return make_quotation(exact=SAID, snapshot=make_snapshot(text=TEXT, source=source))


def recorded(quotation: Quotation, **fields: Any) -> Distortion:
    whole = {"exact": "the worst the war has seen", "place": "headline", **fields}
    whole.setdefault("snapshot", quotation.snapshot)
    by = whole.pop("by", None) or make_user()
    return record_distortion(by=by, now=CODED, quotation=quotation, **whole)


BAD: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "words that do not stand there": (
        {"exact": "the worst ever"},
        errors.QuotationNotFound,
        "exact",
    ),
    "words that stand there twice": ({"exact": "The war"}, errors.QuotationAmbiguous, "exact"),
    "other offsets": ({"start": 0, "end": 26}, errors.OffsetsDisagree, "exact"),
    "offsets beyond the text": ({"start": 0, "end": 999}, errors.OffsetsOutsideText, "start"),
    "a part of the quotation": ({"exact": "some of the worst"}, errors.UnknownValue, "exact"),
    "an unknown place": ({"place": "margin"}, errors.UnknownValue, "place"),
    "a NUL byte in the note": ({"note": "\0"}, errors.UnstorableText, "note"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_distortion_is_refused_whole(case: str) -> None:
    fields, error, field = BAD[case]
    quotation, coder = said(), make_user()

    with refused(error, field):
        recorded(quotation, by=coder, **fields)


def test_the_same_words_elsewhere_change_nothing_and_are_refused() -> None:
    quotation, coder = said(), make_user()
    copy = make_snapshot(text=f"He said: “{SAID}”.")

    with refused(errors.UnknownValue, "exact"):
        recorded(quotation, by=coder, snapshot=copy, exact=SAID)


def test_judges_record_no_distortions() -> None:
    quotation, judge = said(), make_user(role="judge")

    with refused(errors.NotPermitted):
        recorded(quotation, by=judge)


def test_the_same_distortion_is_recorded_once() -> None:
    quotation, coder = said(), make_user()
    recorded(quotation)

    with refused(errors.Conflict, "exact"):
        recorded(quotation, by=coder)


def test_words_of_the_headline_are_found_at_their_place() -> None:
    quotation, coder = said(), make_user()

    found = recorded(quotation, by=coder, note=" “Some of” is gone. ")

    assert TEXT[found.start : found.end] == found.exact == "the worst the war has seen"
    assert (found.place, found.note) == ("headline", "“Some of” is gone.")
    assert (found.recorded_by, found.recorded_at) == (coder, CODED)
    assert list(quotation.distortions.all()) == [found]


def test_a_relay_in_another_source_may_distort_and_other_typography_is_found() -> None:
    elsewhere = make_snapshot(text="Experts: “the worst of the war’s days” near.")

    found = recorded(said(), snapshot=elsewhere, exact="the worst of the war's days", place="relay")

    assert found.exact == "the worst of the war’s days"


def test_offsets_choose_among_equal_words() -> None:
    at = TEXT.rindex("The war")

    found = recorded(said(), exact="The war", start=at, end=at + 7, place="paraphrase")

    assert found.start == at
