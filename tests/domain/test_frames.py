"""Proposals by position: between old neighbours, and where dots stand for words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tracker.domain import frames
from tracker.domain.frames import elided, framed
from tracker.domain.passages import DiffOp, Nearest, distance, nearest
from tracker.domain.quotes import AnchorState, anchor, reanchor
from tracker.domain.variants import fold

BEFORE = "On Monday the minister told the paper: "
AFTER = " Nobody contradicted her on that day."
SAID = "we expect 43 ships to be turned away before Easter"
SIBLING = "we expect 48 ships to be turned away before Easter"


def between(newer: str, words: str = SAID) -> Nearest | None:
    return framed(newer, fold(newer), words, prefix=BEFORE[-32:], suffix=AFTER[:32])


def page(words: str, before: str = BEFORE, after: str = AFTER) -> str:
    return f"Two days ago: {SIBLING}, said another.\n{before}{words}{after}"


# --- between the old neighbours ------------------------------------------------------


@pytest.mark.parametrize(
    "newer",
    [
        pytest.param(page(""), id="nothing between them"),
        pytest.param(page("no comment. " * 12), id="something else, and more of it"),
        pytest.param(page("The quay is dry, and Mr Ode chose to go fishing."), id="other words"),
        pytest.param(BEFORE + "x" * 400 + AFTER, id="too far apart"),
        pytest.param(AFTER + SAID + BEFORE, id="the wrong way round"),
        pytest.param("", id="no text"),
    ],
)
def test_a_frame_around_something_else_proposes_nothing(newer: str) -> None:
    assert between(newer) is None


@pytest.mark.parametrize(
    ("prefix", "suffix"),
    [("", AFTER), (BEFORE, ""), ("told: ", AFTER), (" " * 32, " " * 32)],
    ids=["none before", "none after", "too few letters", "blanks"],
)
def test_neighbours_that_say_too_little_frame_nothing(prefix: str, suffix: str) -> None:
    newer = page("we expect 34 ships to be turned away before Easter")

    assert framed(newer, fold(newer), SAID, prefix=prefix, suffix=suffix) is None


def test_a_very_long_quotation_is_not_compared_frame_by_frame() -> None:
    words = "a long speech " * 400
    newer = page(words + "indeed")
    assert len(words) > frames.LONGEST_WORDS

    assert framed(newer, fold(newer), words, prefix=BEFORE[-32:], suffix=AFTER[:32]) is None


CHANGED = {
    "swapped digits": "we expect 34 ships to be turned away before Easter",
    "a hedge that went": "we know 43 ships will be turned away before Easter",
    "words left out": "we expect … before Easter",
    "words put in": "we expect, weather permitting, 43 ships to be turned away well before Easter",
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_stands_between_the_old_neighbours_is_proposed(case: str) -> None:
    newer = page(CHANGED[case])

    found = between(newer)

    assert found is not None
    assert found.exact == newer[found.start : found.end] == CHANGED[case]
    assert found.distance == Levenshtein.distance(SAID, CHANGED[case])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(BEFORE.replace(" ", "\u00a0"), AFTER, id="other typography"),
        pytest.param(
            "Later she told the paper: ", " Nobody contradicted.", id="edited farther off"
        ),
    ],
)
def test_neighbours_are_recognised_though_they_changed_a_little(before: str, after: str) -> None:
    found = between(page(CHANGED["swapped digits"], before, after))

    assert found is not None
    assert found.exact == CHANGED["swapped digits"]


def test_of_two_sentences_that_differ_in_a_number_the_one_in_the_old_place_is_proposed() -> None:
    old = page(SAID)
    start = old.index(SAID)
    newer = page(CHANGED["swapped digits"])
    alike = nearest(newer, SAID)
    assert alike is not None and alike.exact == SIBLING

    found = reanchor(anchor(old, start, start + len(SAID)), newer)

    assert found.state is AnchorState.CHANGED
    assert found.nearest is not None
    assert found.nearest.exact == CHANGED["swapped digits"]


# --- dots that stand for words -------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("we expect 43 ships to be turned away", id="no dots"),
        pytest.param("we ... turned away before Easter", id="too short a part"),
        pytest.param("turned away ... we expect 48 ships", id="the wrong order"),
        pytest.param("we expect 99 ships ... before Easter", id="another number"),
        pytest.param("... before Easter", id="dots first"),
        pytest.param("we expect 48 ships ...", id="dots last"),
    ],
)
def test_parts_that_do_not_follow_each_other_are_no_passage(words: str) -> None:
    text = page("nothing of that kind was said")

    assert elided(text, fold(text), words) is None


@pytest.mark.parametrize("dots", ["...", "…", "[...]", "(…)", ". . ."])
def test_dots_are_filled_in_from_the_text_and_the_difference_shows_it(dots: str) -> None:
    text = page(SAID)

    found = elided(text, fold(text), f"we expect 43 {dots} away before Easter")

    assert found is not None
    assert found.exact == SAID
    added = "".join(piece.text for piece in found.diff if piece.op is DiffOp.INSERT)
    assert added.replace(" ", "") == "shipstobeturned"


def test_dots_may_stand_twice() -> None:
    text = page(SAID)

    found = elided(text, fold(text), "we expect 43 ... turned ... before Easter")

    assert found is not None
    assert found.exact == SAID


# --- held to another implementation --------------------------------------------------

LETTERS = st.text("abc dé’", max_size=30)


@given(LETTERS, LETTERS)
def test_edits_are_counted_as_rapidfuzz_counts_them(sent: str, found: str) -> None:
    assert distance(sent, found) == Levenshtein.distance(sent, found)


@given(st.text("ab c", min_size=4, max_size=12), st.text("ab c", max_size=40))
def test_no_passage_has_fewer_edits_than_the_nearest_before_it_is_widened_to_words(
    words: str, text: str
) -> None:
    best = min(
        (
            Levenshtein.distance(words, text[start:end])
            for start in range(len(text))
            for end in range(start + 1, len(text) + 1)
        ),
        default=len(words),
    )
    found = nearest(text, words)

    if found is None:
        assert best > max(2, int(len(words) * 0.4)) or not text
    else:
        inside = min(
            Levenshtein.distance(words, found.exact[start:end])
            for start in range(len(found.exact) + 1)
            for end in range(start, len(found.exact) + 1)
        )
        assert inside >= best or best >= len(words)


@given(st.text("ab .…’-", min_size=1, max_size=40), st.data())
def test_whatever_is_proposed_stands_in_the_text(text: str, data: st.DataObject) -> None:
    words = data.draw(st.text("ab .…", min_size=1, max_size=30))
    prefix, suffix = (data.draw(st.text("ab .…", max_size=12)) for _ in range(2))

    for found in (
        framed(text, fold(text), words, prefix=prefix, suffix=suffix),
        elided(text, fold(text), words),
    ):
        if found:
            assert found.exact == text[found.start : found.end] != ""
            assert "".join(p.text for p in found.diff if p.op is not DiffOp.INSERT) == words
