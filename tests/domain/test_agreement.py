from fractions import Fraction

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.agreement import (
    Agreement,
    Coincidences,
    Level,
    Reading,
    agreement,
    alpha,
    coincidences,
    reading,
)

NUMERIC = [Level.ORDINAL, Level.INTERVAL, Level.RATIO]
EMPTY = Coincidences({})

# Krippendorff 2011, section C: four observers, twelve units, some ratings missing.
OBSERVERS = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
PUBLISHED = [
    [Fraction(rating) for rating in ratings if rating != "."]
    for ratings in zip(*(row.split() for row in OBSERVERS), strict=True)
]

ratings = st.one_of(st.none(), st.integers(0, 5))
tables = st.lists(st.lists(ratings, min_size=3, max_size=3), min_size=1, max_size=12)


def present(table):
    return [[Fraction(v) for v in row if v is not None] for row in table]


# --- what is refused or undefined ---


@pytest.mark.parametrize("level", NUMERIC, ids=str)
def test_words_cannot_be_ordered_or_measured(level):
    with pytest.raises(ValueError, match="must be numbers"):
        alpha(coincidences([["yes", "no"]]), level)


def test_a_ratio_has_no_negative_ratings():
    with pytest.raises(ValueError, match="must not be negative"):
        alpha(coincidences([[Fraction(-1), Fraction(1)]]), Level.RATIO)


@pytest.mark.parametrize("level", Level, ids=str)
@pytest.mark.parametrize(
    "units",
    [[], [[Fraction(1)], [], [Fraction(2)]], [[Fraction(3)] * 2, [Fraction(3)] * 3]],
    ids=["nothing", "no-unit-rated-twice", "all-equal"],
)
def test_alpha_is_undefined_and_not_one_when_chance_could_not_disagree(level, units):
    found = agreement(units, level, seed=1)

    assert found.alpha is None
    assert found.interval is None
    assert reading(found.alpha) is Reading.UNDEFINED


# --- the published example, and another implementation ---


@pytest.mark.parametrize(
    ("level", "published"),
    [
        (Level.NOMINAL, 0.743),
        (Level.ORDINAL, 0.815),
        (Level.INTERVAL, 0.849),
        (Level.RATIO, 0.797),
    ],
    ids=str,
)
def test_the_example_of_krippendorff_2011(level, published):
    found = agreement(PUBLISHED, level, seed=1)

    assert found.alpha == pytest.approx(published, abs=0.0005)
    assert (found.units, found.ratings) == (11, 40)
    assert found.interval.low < found.alpha < found.interval.high


@pytest.mark.parametrize("level", Level, ids=str)
@given(table=tables)
def test_alpha_agrees_with_the_krippendorff_package(level, table):
    found = alpha(coincidences(present(table)), level)

    if found is None:
        return
    data = np.array([[np.nan if v is None else v for v in row] for row in table], float).T
    oracle = krippendorff.alpha(reliability_data=data, level_of_measurement=level.value)
    assert float(found) == pytest.approx(oracle, abs=1e-12)


# --- laws ---


@given(tables, st.integers(0, 12))
def test_tables_of_disjoint_units_add_and_subtract(table, cut):
    units = present(table)
    early, late = coincidences(units[:cut]), coincidences(units[cut:])

    assert early + late == coincidences(units)
    assert coincidences(units) - late == early
    assert early - early == EMPTY


@given(tables)
def test_a_table_is_symmetric_and_its_margins_count_what_can_be_paired(table):
    found = coincidences(present(table))

    assert all(found.cells[k, c] == weight for (c, k), weight in found.cells.items())
    assert sum(found.margins.values()) == found.ratings


@given(st.lists(st.lists(st.sampled_from(["came true", "did not"]), max_size=4), max_size=12))
def test_two_categories_agree_alike_as_words_and_as_numbers(units):
    numbers = [[Fraction(word == "came true") for word in unit] for unit in units]

    as_words = alpha(coincidences(units), Level.NOMINAL)

    assert all(alpha(coincidences(numbers), level) == as_words for level in Level)


@settings(deadline=None, max_examples=25)
@given(tables, st.randoms(), st.sampled_from(list(Level)))
def test_neither_the_order_of_units_nor_of_raters_matters(table, random, level):
    units = present(table)
    mixed = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]

    assert agreement(mixed, level, seed=3, draws=40) == agreement(units, level, seed=3, draws=40)


@pytest.mark.parametrize("level", Level, ids=str)
def test_resampling_every_unit_once_gives_alpha_itself(level):
    """With one pattern of ratings every resample is the sample: the two computations must agree."""
    units = [[Fraction(1), Fraction(2), Fraction(4)]] * 9

    found = agreement(units, level, seed=1, draws=5)

    assert found.interval.low == pytest.approx(found.alpha, abs=1e-12)
    assert found.interval.high == pytest.approx(found.alpha, abs=1e-12)


def test_no_interval_is_given_when_most_resamples_are_undefined():
    units = [[Fraction(1), Fraction(2)], [Fraction(1), Fraction(1)]]

    found = [agreement(units, Level.NOMINAL, seed=seed, draws=1) for seed in range(40)]

    assert {item.interval is None for item in found} == {True, False}


def test_the_interval_holds_the_long_run_alpha_nine_times_in_ten():
    """Two judges who copy each other six times in ten, on 60 units: long-run alpha .6."""
    rng, held = np.random.default_rng(1), 0
    for seed in range(200):
        first, fresh, copies = rng.random(60) < 0.5, rng.random(60) < 0.5, rng.random(60) < 0.6
        second = np.where(copies, first, fresh)
        units = [[Fraction(int(a)), Fraction(int(b))] for a, b in zip(first, second, strict=True)]
        found: Agreement = agreement(units, Level.NOMINAL, seed=seed, draws=200)
        held += found.interval.low <= 0.6 <= found.interval.high

    assert 0.84 <= held / 200 <= 0.96


@pytest.mark.parametrize(
    ("value", "permits"),
    [
        (0.8, Reading.RELY),
        (0.799, Reading.TENTATIVE),
        (0.667, Reading.TENTATIVE),
        (0.666, Reading.NO_RANKING),
        (-0.2, Reading.NO_RANKING),
    ],
    ids=str,
)
def test_what_an_alpha_permits(value, permits):
    assert reading(value) is permits
