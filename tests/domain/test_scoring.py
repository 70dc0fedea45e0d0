import math
from fractions import Fraction

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from tracker.domain.scoring import (
    Bounds,
    Counts,
    Forecast,
    Murphy,
    auc,
    brier,
    clipped,
    count,
    improvement,
    interval_bounds,
    log_score,
    merge,
    murphy,
    murphy_corrected,
    skill,
    spiegelhalter_z,
    sum_of_quotients,
    uncertainty,
    vagueness,
)

claims = st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=1, max_size=60)
coarse = st.lists(st.tuples(st.sampled_from([0, 100, 500, 900, 1000]), st.booleans()), min_size=1)
either = st.one_of(claims, coarse)
EMPTY = Counts.of({})


def counted(pairs):
    table = {}
    for value, hit in pairs:
        n, hits = table.get(value, (0, 0))
        table[value] = (n + 1, hits + hit)
    return Counts.of(table)


def split(pairs):
    return [value / 1000 for value, _ in pairs], [int(hit) for _, hit in pairs]


def forecast(p="0.5", y=1, **given):
    return Forecast("A", "e", Fraction(p), y, **given)


# --- what is refused or undefined ---


@pytest.mark.parametrize(
    "given",
    [{"p": "1.01"}, {"p": "-0.1"}, {"y": 2}, {"base_rate": Fraction(3, 2)}],
    ids=["p-above-1", "p-below-0", "y-of-2", "base-rate-above-1"],
)
def test_a_forecast_outside_its_range_is_refused(given):
    with pytest.raises(ValueError, match="must be"):
        forecast(**given)


@pytest.mark.parametrize(
    "table", [{1001: (1, 0)}, {-1: (1, 0)}, {5: (1, 2)}, {5: (0, -1)}], ids=str
)
def test_impossible_counts_are_refused(table):
    with pytest.raises(ValueError, match="impossible count"):
        Counts.of(table)


@pytest.mark.parametrize(
    "score",
    [brier, log_score, uncertainty, skill, murphy, murphy_corrected, spiegelhalter_z, auc],
    ids=lambda score: score.__name__,
)
def test_without_claims_there_is_no_score(score):
    assert score(EMPTY) is None


@pytest.mark.parametrize("hits", [0, 4], ids=["all-misses", "all-hits"])
def test_skill_and_auc_are_undefined_when_all_outcomes_are_equal(hits):
    counts = Counts.of({700: (4, hits)})

    assert skill(counts) is None
    assert auc(counts) is None
    assert brier(counts) is not None


def test_one_claim_has_no_corrected_decomposition():
    assert murphy_corrected(Counts.of({700: (1, 1)})) is None


def test_z_is_undefined_where_p_leaves_no_variance():
    assert spiegelhalter_z(Counts.of({0: (3, 1), 500: (3, 1), 1000: (2, 2)})) is None


def test_no_words_are_not_vague():
    assert vagueness([]) is None


@pytest.mark.parametrize(("low", "high"), [(2, 1), (-1, 5), (5, 11)], ids=str)
def test_a_reversed_or_outlying_range_of_p_is_refused(low, high):
    with pytest.raises(ValueError, match="a range of p"):
        interval_bounds(Fraction(low, 10), Fraction(high, 10), 1)


# --- agreement with other implementations ---


@given(either)
def test_brier_agrees_with_scikit_learn_and_scoringrules(pairs):
    p, y = split(pairs)

    score = float(brier(counted(pairs)))

    assert score == pytest.approx(brier_score_loss(y, p, pos_label=1), abs=1e-12)
    assert score == pytest.approx(
        np.mean(scoringrules.brier_score(np.array(y), np.array(p))), abs=1e-12
    )


@given(either)
def test_the_log_score_agrees_with_scikit_learn_after_the_clip(pairs):
    p, y = split(pairs)
    inside = np.clip(p, 0.01, 0.99)

    assert log_score(counted(pairs)) == pytest.approx(
        log_loss(y, np.column_stack([1 - inside, inside]), labels=[0, 1]), abs=1e-12
    )


@given(either)
def test_auc_agrees_with_scikit_learn(pairs):
    p, y = split(pairs)

    if len(set(y)) == 2:
        assert float(auc(counted(pairs))) == pytest.approx(roc_auc_score(y, p), abs=1e-12)


@given(either)
def test_z_is_the_sum_over_claims_of_its_definition(pairs):
    p, y = np.array(split(pairs))
    variance = np.sum((1 - 2 * p) ** 2 * p * (1 - p))

    z = spiegelhalter_z(counted(pairs))

    if z is None:
        assert variance == pytest.approx(0, abs=1e-12)
    else:
        assert z == pytest.approx(np.sum((y - p) * (1 - 2 * p)) / np.sqrt(variance), abs=1e-9)


# --- laws ---


@given(either)
def test_brier_is_reliability_minus_resolution_plus_uncertainty_exactly(pairs):
    counts = counted(pairs)
    n, rate = counts.n, Fraction(counts.hits, counts.n)
    rel = sum(r.n * (Fraction(r.value, 1000) - Fraction(r.hits, r.n)) ** 2 for r in counts.rows) / n
    res = sum(r.n * (Fraction(r.hits, r.n) - rate) ** 2 for r in counts.rows) / n

    parts = murphy(counts)

    assert parts == Murphy(rel=rel, res=res, unc=rate * (1 - rate))
    assert brier(counts) == parts.rel - parts.res + parts.unc


@given(either, st.integers(0, 60))
def test_merged_shards_are_the_whole(pairs, cut):
    assert merge([counted(pairs[:cut]), counted(pairs[cut:])]) == counted(pairs)


@given(either, st.randoms())
def test_the_order_of_claims_does_not_matter(pairs, random):
    mixed = list(pairs)
    random.shuffle(mixed)

    assert counted(mixed) == counted(pairs)


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(1, 99)), max_size=40))
def test_quotients_add_up_exactly(pairs):
    assert sum_of_quotients(pairs) == sum((Fraction(*pair) for pair in pairs), Fraction(0))


def test_counts_keep_the_precision_they_are_given():
    rows = [
        forecast("0.1234567890123456789"),
        forecast("0.5", 0),
        forecast("0.5"),
        forecast(y=None),
    ]

    counts = count(rows)

    assert counts.n == 3
    assert Fraction(counts.rows[0].value, counts.scale) == Fraction("0.1234567890123456789")
    assert merge([count(rows[:1]), count(rows[1:])]) == counts


def test_unbiased_parts_have_the_expectation_of_the_true_ones():
    """Ferro & Fricker's correction, checked by enumerating every outcome of 2 + 3 claims."""
    issued = {200: (2, Fraction(1, 2)), 600: (3, Fraction(1, 4))}
    expected = Fraction(0)
    for low in range(3):
        for high in range(4):
            chance = math.comb(2, low) * Fraction(1, 2) ** 2
            chance *= math.comb(3, high) * Fraction(1, 4) ** high * Fraction(3, 4) ** (3 - high)
            counts = Counts.of({200: (2, low), 600: (3, high)})
            within = sum(Fraction(r.hits * (r.n - r.hits), r.n * (r.n - 1)) for r in counts.rows)
            expected += chance * (murphy(counts).rel - within / 5)
            assert murphy_corrected(counts).rel == max(murphy(counts).rel - within / 5, 0)

    true = sum(n * (Fraction(v, 1000) - rate) ** 2 for v, (n, rate) in issued.items()) / 5

    assert expected == true


def test_the_correction_moves_resolution_and_uncertainty_alike():
    counts = Counts.of({200: (5, 1), 800: (5, 4)})
    raw, corrected = murphy(counts), murphy_corrected(counts)

    assert corrected.unc == raw.unc + raw.unc / 9
    assert corrected.res == raw.res - Fraction(1, 25) + raw.unc / 9
    assert corrected.rel == 0


# --- worked figures ---


@pytest.mark.parametrize(
    ("value", "hits", "score"), [(0, 0, 0), (0, 1, 1), (1000, 1, 0), (1000, 0, 1)], ids=str
)
def test_certainty_is_legal_and_scored(value, hits, score):
    counts = Counts.of({value: (1, hits)})

    assert brier(counts) == score
    assert math.isfinite(log_score(counts))


def test_a_likely_hit_and_an_unlikely_miss_by_hand():
    counts = Counts.of({750: (1, 1), 250: (1, 0)})

    assert brier(counts) == Fraction(1, 16)
    assert skill(counts) == Fraction(3, 4)
    assert auc(counts) == 1
    assert log_score(counts) == pytest.approx(-math.log(0.75))


def test_improvement_is_positive_when_the_base_rate_was_worse():
    assert improvement(Fraction(8, 10), 1, Fraction(1, 2)) == Fraction(21, 100)
    assert improvement(Fraction(1, 2), 0, Fraction(1, 2)) == 0


@pytest.mark.parametrize(
    ("y", "bounds"),
    [
        (1, Bounds(Fraction("0.01"), Fraction("0.16"))),
        (0, Bounds(Fraction("0.36"), Fraction("0.81"))),
    ],
    ids=["came-true", "did-not"],
)
def test_a_range_of_p_bounds_the_score(y, bounds):
    assert interval_bounds(Fraction(6, 10), Fraction(9, 10), y) == bounds


def test_vagueness_is_what_the_mean_reading_leaves_over():
    readings, y = np.array([0.2, 0.5, 0.9]), 1

    left = np.mean((readings - y) ** 2) - (readings.mean() - y) ** 2

    assert vagueness([readings.std()]) == pytest.approx(left)


@pytest.mark.parametrize(("p", "inside"), [(0, 0.01), (1, 0.99), (Fraction(1, 2), 0.5)], ids=str)
def test_the_clip_keeps_p_away_from_the_ends(p, inside):
    assert clipped(Fraction(p)) == inside
