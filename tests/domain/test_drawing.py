from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.pictures import HOSTILE, root_of
from tracker.domain.drawing import (
    WIDTH,
    Scale,
    count_of,
    element,
    label,
    number,
    paragraph,
    percent,
    picture,
    round_ticks,
    shortened,
    signed,
    width_of,
    words_of,
    wrapped,
)

finite = st.floats(-1e6, 1e6)


@pytest.mark.parametrize("value", [inf, -inf, nan], ids=str)
def test_a_coordinate_that_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        number(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.04, "0"), (1.25, "1.2"), (1e-9, "0"), (12.96, "13"), (1e6, "1000000")],
    ids=["zero", "no-negative-zero", "one-decimal", "no-exponent", "rounded-up", "large"],
)
def test_coordinates_are_short(value, written):
    assert number(value) == written


def test_hostile_words_stay_words():
    svg = picture(HOSTILE, HOSTILE, [label(0, 20, HOSTILE)], height=30)

    root = root_of(svg)
    assert "<script>alert('x')" in next(iter(root)).text
    assert "\u202e" not in svg
    assert "\N{REPLACEMENT CHARACTER}" in svg


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_words_are_well_formed(words):
    root_of(picture(f"T {words}", f"D {words}", [label(0, 20, words)], height=30))


def test_attribute_values_are_escaped():
    assert element("g", {"class": '"><script>'}) == '<g class="&quot;&gt;&lt;script&gt;"/>'


def test_equal_pictures_on_one_page_are_told_apart_by_their_key():
    first, again, other = (picture("T", "D", [], height=9, key=key) for key in ("a", "a", "b"))

    assert first == again
    assert root_of(first).get("aria-labelledby") != root_of(other).get("aria-labelledby")


def test_the_style_asks_for_dark_and_for_print():
    svg = picture("T", "D", [], height=9)

    assert "prefers-color-scheme:dark" in svg
    assert "@media print" in svg
    assert "currentColor" in svg


@given(finite, finite, st.integers(3, 9))
def test_ticks_reach_over_all_values_and_are_few(one, other, most):
    low, high = sorted((one, other))

    ticks = round_ticks(low, high, most)

    slack = 1e-6 * max(1.0, high - low)
    assert 2 <= len(ticks) <= most
    assert ticks == sorted(set(ticks))
    assert ticks[0] <= low + slack and high - slack <= ticks[-1]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (-0.24, 0.24, [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]),
        (-0.05, 0.1, [-0.05, 0.0, 0.05, 0.1]),
        (0.0, 0.0, [0.0, 1e-07]),
    ],
    ids=["tenths", "ends-on-ticks", "one-value"],
)
def test_ticks_are_round(low, high, ticks):
    assert round_ticks(low, high, 7) == ticks


@given(finite, finite, finite)
def test_a_scale_never_leaves_its_ends(low, high, value):
    assert 10 <= Scale(low, high, 10, 90)(value) <= 90


@given(st.text(max_size=60), st.floats(20, WIDTH))
def test_shortened_words_fit(words, most):
    assert width_of(shortened(words, most)) <= most


@given(st.text(st.characters(categories=["L", "P"]), max_size=30), st.floats(60, WIDTH))
def test_wrapped_lines_fit(word, most):
    rows = wrapped(f"{word} and {word} or {word}", most)

    assert all(width_of(row) <= most for row in rows)


def test_a_wrapped_text_loses_no_short_word():
    words = "Read the claims: nobody is ranked on three events."

    assert " ".join(wrapped(words, 90)) == words


def test_a_paragraph_says_where_the_next_line_stands():
    _, after = paragraph(20, "one two three four", most=40)

    assert after == 20 + 16 * len(wrapped("one two three four", 40))


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.005, "0.5 %"), (0.69, "69 %"), (1, "100 %")],
    ids=["none", "half-a-percent", "whole", "all"],
)
def test_shares_read_as_percentages(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.1234, "+0.123"), (-0.05, "−0.050"), (0.0, "0.000"), (-0.0001, "0.000")],
    ids=["better", "worse", "no-skill", "rounds-to-none"],
)
def test_scores_carry_their_sign(value, words):
    assert signed(value) == words


def test_counts_agree_with_their_noun():
    assert [count_of(n, "claim") for n in (0, 1, 2000)] == ["0 claims", "1 claim", "2,000 claims"]


def test_markup_is_escaped_once():
    assert words_of("a & b") == "a &amp; b"
