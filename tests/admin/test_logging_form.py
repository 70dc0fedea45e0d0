"""The form that logs a claim, and the draft it makes."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.admin.logging_form import LogForm

pytestmark = pytest.mark.django_db


def filled(**given: Any) -> LogForm:
    fields = {
        "url": "https://example.org/a",
        "title": "A",
        "text": "One.\r\n\r\nIt will fall.",
        "exact": "It will fall",
        "person": "Charles Lister",
        "mode": "direct_quote",
        "polarity": "affirms",
        "source_kind": "article-newspaper",
        "hop_1_mode": "direct_quote",
        "hop_2_mode": "direct_quote",
        **given,
    }
    form = LogForm(fields)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize("missing", ["text", "exact"])
def test_a_draft_needs_text_and_quotation(missing: str) -> None:
    form = LogForm({"text": "a", "exact": "a", missing: ""})

    assert list(form.errors) == [missing]


def test_line_ends_come_singly_so_that_offsets_hold() -> None:
    assert filled().draft().snapshot.text == "One.\n\nIt will fall."


def test_source_quotation_and_speaker_make_a_draft() -> None:
    draft = filled().draft()

    assert draft.proposition is None
    assert draft.speaker.organisation is None
    assert draft.quotation.hops == ()
    assert (draft.kind, draft.polarity, draft.p_point) == ("", "affirms", None)


def test_hops_bylines_and_numbers_are_read() -> None:
    form = filled(
        hop_1_outlet="Wall Street Journal",
        bylines="N. B.; A. C.",
        p_point="0.655",
        excerpt="on",
        freeze="on",
    )

    draft = form.draft()

    assert [hop.outlet.name for hop in draft.quotation.hops if hop.outlet] == [
        "Wall Street Journal"
    ]
    assert draft.source.bylines == ("N. B.", "A. C.")
    assert (draft.p_point, draft.snapshot.completeness, draft.freeze) == (655, "excerpt", True)


@pytest.mark.parametrize("p", ["1.2", "-0.1", "0.6555"])
def test_a_probability_runs_from_0_to_1_with_three_decimals(p: str) -> None:
    form = LogForm({"text": "a", "exact": "a", "p_point": p})

    assert "p_point" in form.errors


def test_a_section_with_something_in_its_fold_is_open() -> None:
    sections = {section["key"]: section for section in filled(channel="tweet").laid_out()}

    assert sections["quotation"]["more_open"]
    assert not sections["deadline"]["more_open"]


def test_of_two_people_of_one_name_the_chosen_one_is_meant() -> None:
    draft = filled(person="J. White", person_slug="j-white-2").draft()

    assert (draft.speaker.person, draft.speaker.person_slug) == ("J. White", "j-white-2")
