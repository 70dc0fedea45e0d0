import csv
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_diagnostics.scoring import SquaredError, decompose
from scipy.stats import binom
from sklearn.isotonic import IsotonicRegression

from tracker.domain.calibration import Block, corp, null_band, pool
from tracker.domain.distributions import Interval
from tracker.domain.scoring import Counts, Row, brier, uncertainty

DATA = Path(__file__).parents[2] / "tracker" / "data"

values = st.one_of(st.integers(0, 1000), st.sampled_from([0, 100, 500, 900, 1000]))
claims = st.lists(st.tuples(values, st.booleans()), min_size=1, max_size=60)


def counted(pairs):
    table = {}
    for value, hit in pairs:
        n, hits = table.get(value, (0, 0))
        table[value] = (n + 1, hits + hit)
    return Counts.of(table)


def rates(counts):
    return {point.p: point.q for point in corp(counts).curve}


# --- undefined ---


def test_without_claims_there_is_no_curve_and_no_band():
    assert corp(Counts.of({})) is None
    assert null_band(Counts.of({}), seed=1) is None


# --- the isotonic regression ---


def test_neighbours_in_the_wrong_order_share_their_rate():
    assert pool([(1, 1), (1, 0), (2, 1), (1, 1)]) == [Block(3, 4, 2), Block(1, 1, 1)]


@given(claims)
def test_the_curve_agrees_with_scikit_learn(pairs):
    p = np.array([value / 1000 for value, _ in pairs])
    y = np.array([float(hit) for _, hit in pairs])

    fitted = IsotonicRegression(y_min=0, y_max=1).fit(p, y).predict(p)

    ours = {float(at): float(q) for at, q in rates(counted(pairs)).items()}
    assert [ours[at] for at in p] == pytest.approx(list(fitted), abs=1e-12)


@given(claims)
def test_distinct_values_give_what_all_points_give(pairs):
    """Points that share a value enter as one; splitting them worst first must change nothing."""
    points = sorted(((value, -hit) for value, hit in pairs))
    blocks = pool((1, -hit) for _, hit in points)
    per_point = [Fraction(b.hits, b.n) for b in blocks for _ in range(b.rows)]

    assert [rates(counted(pairs))[Fraction(v, 1000)] for v, _ in points] == per_point


@given(claims)
def test_the_curve_never_falls(pairs):
    curve = corp(counted(pairs)).curve

    assert all(a.p < b.p and a.q <= b.q for a, b in pairwise(curve))


# --- the decomposition ---


@given(claims)
def test_brier_is_miscalibration_minus_discrimination_plus_uncertainty_exactly(pairs):
    counts = counted(pairs)

    parts = corp(counts)

    assert brier(counts) == parts.mcb - parts.dsc + parts.unc
    assert parts.unc == uncertainty(counts)
    assert parts.mcb >= 0
    assert parts.dsc >= 0


@given(claims)
def test_recalibrated_forecasts_are_calibrated(pairs):
    curve, counts = corp(counted(pairs)).curve, counted(pairs)
    again = {}
    for point, row in zip(curve, counts.rows, strict=True):
        n, hits = again.get(point.q, (0, 0))
        again[point.q] = (n + row.n, hits + row.hits)

    assert all(Fraction(hits, n) == q for q, (n, hits) in again.items())


@pytest.mark.parametrize("hits", [0, 3], ids=["all-misses", "all-hits"])
def test_equal_outcomes_leave_nothing_to_discriminate(hits):
    parts = corp(Counts.of({200: (1, hits // 3), 800: (2, hits - hits // 3)}))

    assert parts.dsc == 0
    assert parts.mcb == brier(Counts.of({200: (1, hits // 3), 800: (2, hits - hits // 3)}))


@pytest.mark.parametrize(
    "forecasts",
    [
        ((1, 0), (3, 0), (4, 1), (5, 1), (6, 1), (7, 0)),
        ((1, 1), (2, 0), (3, 0), (4, 0), (5, 1), (9, 1)),
    ],
    ids=["late-miss", "early-hit"],
)
def test_six_points_with_the_known_decomposition(forecasts):
    """Brier 17/75 = MCB 61/600 - DSC 1/8 + UNC 1/4, by hand.

    RECONSTRUCTED input. The four figures were handed down as an example from the CORP literature,
    but neither they nor the six forecasts and outcomes behind them could be found in print. A
    search over distinct tenths finds fourteen sets that have them, two of which stand here: the
    arithmetic is checked, no source is claimed.
    """
    parts = corp(counted([(100 * p, y) for p, y in forecasts]))

    assert brier(counted([(100 * p, y) for p, y in forecasts])) == Fraction(17, 75)
    assert (parts.mcb, parts.dsc, parts.unc) == (Fraction(61, 600), Fraction(1, 8), Fraction(1, 4))


# --- the null band ---


@settings(deadline=None, max_examples=20)
@given(claims, st.integers(0, 2**32))
def test_the_band_is_the_same_for_the_same_seed(pairs, seed):
    band = null_band(counted(pairs), seed=seed, draws=20)

    assert band == null_band(counted(pairs[::-1]), seed=seed, draws=20)
    assert [point.p for point in band.points] == [r.value / 1000 for r in counted(pairs).rows]
    assert all(0 <= point.low <= point.high <= 1 for point in band.points)
    assert 0 <= band.mcb.low <= band.mcb.high <= 1


def test_certain_forecasts_leave_nothing_to_chance():
    band = null_band(Counts.of({0: (3, 0), 1000: (2, 2)}), seed=1)

    assert band.mcb == Interval(0, 0)
    assert [(point.low, point.high) for point in band.points] == [(0, 0), (1, 1)]
    assert band.share == 1


def test_a_single_value_has_the_band_of_a_binomial():
    band = null_band(Counts.of({300: (50, 15)}), seed=7, draws=4000)

    limits = [round(50 * band.points[0].low), round(50 * band.points[0].high)]
    assert limits == pytest.approx(list(binom(50, 0.3).interval(0.9)), abs=1)
    assert band.mcb_mean == pytest.approx(0.3 * 0.7 / 50, rel=0.1)


def test_an_overconfident_speaker_stands_out_of_the_band():
    counts = Counts.of({50: (40, 16), 950: (40, 24)})

    band = null_band(counts, seed=1)

    assert band.share == 0
    assert float(corp(counts).mcb) > band.mcb.high


def test_more_values_than_the_grid_are_drawn_on_the_grid():
    counts = Counts(10_000, tuple(Row(value, 1, value % 2) for value in range(0, 10_000, 5)))

    band = null_band(counts, seed=1, draws=10)

    assert len(corp(counts).curve) == 2000
    assert len(band.points) <= 1001


@pytest.mark.parametrize(("claims_made", "mean"), [(10, 0.061), (50, 0.019)], ids=["10", "50"])
def test_a_perfectly_calibrated_speaker_looks_miscalibrated_by_chance(claims_made, mean):
    """The figures .061 and .019 of our method, under a design that it does not state.

    Speakers who draw among the 19 surveyed phrases and mean the readers' median come within .002;
    p spread evenly over 0..1 gives .08 and .034, so the figures hold for hedges, not for any p.
    """
    with (DATA / "hedges.csv").open(newline="") as file:
        medians = [
            round(10 * float(row["point"]))
            for row in csv.DictReader(file)
            if row["source"].startswith("Kucharski")
        ]
    rng = np.random.default_rng(20160411)

    speakers = [rng.choice(medians, claims_made) for _ in range(300)]
    means = [
        null_band(counted([(int(p), False) for p in said]), seed=seed, draws=10).mcb_mean
        for seed, said in enumerate(speakers)
    ]

    assert len(medians) == 19
    assert np.mean(means) == pytest.approx(mean, abs=0.002)


# --- agreement with model-diagnostics ---

EDGES = {
    "one hit": [(300, True)],
    "one miss": [(300, False)],
    "all hits": [(100, True), (500, True), (900, True)],
    "all misses": [(0, False), (500, False), (1000, False)],
    "certain and right": [(0, False), (1000, True)],
    "certain and wrong": [(0, True), (1000, False)],
    "one p, both outcomes": [(700, True), (700, False), (700, True)],
    "the wrong way round": [(100, True), (400, True), (600, False), (900, False)],
}


def diagnosed(pairs):
    """MCB, DSC, UNC and Brier score of model-diagnostics.

    It fails on a single claim; every mean stays what it is when all claims are made twice.
    """
    pairs = pairs * 2
    table = decompose(
        y_obs=np.array([float(hit) for _, hit in pairs]),
        y_pred=np.array([value / 1000 for value, _ in pairs]),
        scoring_function=SquaredError(),
    )
    names = ("miscalibration", "discrimination", "uncertainty", "score")
    return [table[name][0] for name in names]


def told(pairs):
    counts = counted(pairs)
    parts = corp(counts)
    return [float(part) for part in (parts.mcb, parts.dsc, parts.unc, brier(counts))]


@given(claims)
def test_the_decomposition_agrees_with_model_diagnostics(pairs):
    assert told(pairs) == pytest.approx(diagnosed(pairs), abs=1e-12)


@pytest.mark.parametrize("case", EDGES)
def test_edge_cases_agree_with_model_diagnostics(case):
    assert told(EDGES[case]) == pytest.approx(diagnosed(EDGES[case]), abs=1e-12)
