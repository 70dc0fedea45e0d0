"""Pairs of ratings, counted by pattern: the same table as unit by unit."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.coincidences import coincidences, patterns, tabled

units = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12)


def test_units_with_fewer_than_two_ratings_show_nothing() -> None:
    assert patterns([[], ["a"]]) == {}


def test_the_order_of_raters_does_not_make_another_pattern() -> None:
    assert patterns([["a", "b"], ["b", "a"]]) == {("a", "b"): 2}


@given(units, st.integers(1, 5))
def test_a_pattern_that_stands_for_many_units_is_as_many_units(
    rated: list[list[str]], times: int
) -> None:
    once = Counter(patterns(rated))
    repeated = tabled({pattern: n * times for pattern, n in once.items()})

    assert repeated == coincidences(rated * times)


@given(units, units)
def test_tables_of_disjoint_units_add_and_subtract(
    one: list[list[str]], other: list[list[str]]
) -> None:
    whole = coincidences(one + other)

    assert coincidences(one) + coincidences(other) == whole
    assert whole - coincidences(other) == coincidences(one)
