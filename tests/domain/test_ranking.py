from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, sem
from statsmodels.stats.meta_analysis import combine_effects

from tracker.domain.distributions import Interval
from tracker.domain.ranking import (
    TIER_WORDS,
    EventSums,
    Field,
    Improvement,
    Shrunken,
    Tier,
    cluster_variance,
    event_sums,
    field_of,
    improvement_of,
    may_be_ranked,
    probability_above,
    rank_intervals,
    shrink,
    sums_of_tallies,
    tier,
)
from tracker.domain.thresholds import INTERVAL_Z

claims = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.integers(-1000, 1000)), min_size=1, max_size=40
)
fields = st.lists(claims, min_size=2, max_size=8)
EMPTY = EventSums(unit=1000)


def summed(pairs):
    return event_sums(pairs, unit=1000)


def speaker(*means, unit=1):
    return event_sums([(f"e{at}", mean) for at, mean in enumerate(means)], unit=unit)


def event_means(pairs):
    names = sorted({event for event, _ in pairs})
    return [np.mean([d for event, d in pairs if event == name]) / 1000 for name in names]


# --- what is refused or undefined ---


def test_sums_in_different_units_are_not_added():
    with pytest.raises(ValueError, match="different units"):
        EventSums(unit=1) + EventSums(unit=2)


def test_without_claims_nothing_is_improved():
    assert improvement_of(EMPTY) == Improvement(None, None, None, None)
    assert shrink(EMPTY, Field(1.0, 1.0, 0.0)) is None


def test_one_claim_has_a_mean_and_no_error():
    assert improvement_of(summed([("a", 250)])) == Improvement(0.25, None, None, None)


def test_one_event_has_no_clustered_error_however_often_it_was_spoken_of():
    found = improvement_of(summed([("a", 250), ("a", 750)]))

    assert found.se_naive == pytest.approx(0.25)
    assert found.se_cluster is None
    assert found.interval is None


def test_a_field_without_a_second_event_has_no_variance():
    assert field_of([speaker(1), speaker(2)]) == Field(None, None, None)
    assert field_of([]) == Field(None, None, None)


def test_a_lone_speaker_has_no_variance_between_speakers():
    assert field_of([speaker(1, 3), EventSums()]) == Field(s2=2, tau2=None, mu=2)
    assert shrink(speaker(1, 3), Field(2, None, 2)) is None


def test_where_nothing_varies_reliability_is_undefined():
    field = field_of([speaker(1, 1), speaker(1, 1, 1)])

    assert field == Field(0, 0, 1)
    assert shrink(speaker(1, 1), field) == Shrunken(score=1, sd=0, reliability=None)


def test_speakers_without_noise_keep_their_own_mean():
    field = field_of([speaker(0, 0), speaker(1, 1)])

    assert field == Field(s2=0, tau2=0.5, mu=0.5)
    assert shrink(speaker(1, 1), field) == Shrunken(score=1, sd=0, reliability=1)


# --- agreement with other implementations ---


@given(claims)
def test_the_clustered_error_agrees_with_statsmodels(pairs):
    d = np.array([value / 1000 for _, value in pairs])
    groups = np.unique([event for event, _ in pairs], return_inverse=True)[1]
    found = improvement_of(summed(pairs))

    if groups.max() == 0:
        assert found.se_cluster is None
        return
    ols = sm.OLS(d, np.ones(len(d)))
    fitted = ols.fit(cov_type="cluster", cov_kwds={"groups": groups})
    assert found.mean == pytest.approx(fitted.params[0], abs=1e-12)
    assert found.se_cluster == pytest.approx(fitted.bse[0], abs=1e-12)
    assert found.interval.low == pytest.approx(fitted.conf_int(alpha=0.1)[0][0], abs=1e-12)


@given(claims)
def test_the_naive_error_agrees_with_scipy(pairs):
    found = improvement_of(summed(pairs))

    if len(pairs) > 1:
        assert found.se_naive == pytest.approx(sem([d / 1000 for _, d in pairs]), abs=1e-12)


@given(fields)
def test_the_variance_between_speakers_agrees_with_statsmodels(tables):
    field = field_of(summed(pairs) for pairs in tables)
    means = [event_means(pairs) for pairs in tables]
    freedom = sum(len(own) - 1 for own in means)
    if not freedom:
        assert field.s2 is None
        return
    s2 = sum(np.var(own) * len(own) for own in means) / freedom
    assert field.s2 == pytest.approx(s2, abs=1e-12)
    if s2 < 1e-12:
        return
    effects, variances = [np.mean(own) for own in means], [s2 / len(own) for own in means]
    with np.errstate(all="ignore"):  # statsmodels goes on to roots of a negative tau2
        oracle = combine_effects(np.array(effects), np.array(variances), method_re="dl")
    tau2 = max(0.0, oracle.tau2)
    weights = [1 / (v + tau2) for v in variances]
    assert field.tau2 == pytest.approx(tau2, abs=1e-12)
    assert field.mu == pytest.approx(np.average(effects, weights=weights), abs=1e-12)


# --- laws ---


@given(claims)
def test_sums_give_the_error_of_its_definition(pairs):
    sums = summed(pairs)
    mean = Fraction(sum(d for _, d in pairs), len(pairs))
    by_event = {}
    for event, d in pairs:
        by_event[event] = by_event.get(event, 0) + d - mean
    g = len(by_event)

    expected = None
    if g > 1:
        spread = sum(total**2 for total in by_event.values())
        expected = Fraction(g, g - 1) * spread / len(pairs) ** 2

    assert cluster_variance(sums) == expected


@given(claims)
def test_sums_of_disjoint_events_add_to_the_whole(pairs):
    early = [pair for pair in pairs if pair[0] < "d"]
    late = [pair for pair in pairs if pair[0] >= "d"]

    assert summed(early) + summed(late) == summed(pairs)


@given(claims, st.randoms())
def test_the_order_of_claims_does_not_matter(pairs, random):
    mixed = list(pairs)
    random.shuffle(mixed)

    assert summed(mixed) == summed(pairs)


def test_events_counted_elsewhere_give_the_same_sums():
    pairs = [("a", 1), ("a", 4), ("b", -2)]

    assert sums_of_tallies([(2, 5, 17), (1, -2, 4), (0, 0, 0)]) == event_sums(pairs)


def test_one_claim_per_event_makes_both_errors_equal():
    found = improvement_of(speaker(1, 2, 4, 9))

    assert found.se_cluster == pytest.approx(found.se_naive, abs=1e-15)


def test_twenty_quotations_about_one_siege_count_like_one():
    once = improvement_of(speaker(100, 300, unit=1000))
    often = improvement_of(event_sums([("e0", 100)] * 20 + [("e1", 300)] * 20, unit=1000))

    assert often.se_naive < 0.3 * once.se_naive
    assert often.se_cluster == pytest.approx(once.se_cluster)


@given(fields)
def test_shrinking_moves_a_mean_towards_the_field_and_never_past_it(tables):
    all_sums = [summed(pairs) for pairs in tables]
    field = field_of(all_sums)

    for sums, pairs in zip(all_sums, tables, strict=True):
        found, own = shrink(sums, field), np.mean(event_means(pairs))
        if found is not None:
            low, high = sorted([own, field.mu])
            assert low - 1e-12 <= found.score <= high + 1e-12
            assert found.sd <= sqrt(field.tau2) + 1e-12


# --- tiers ---

CERTAIN = Shrunken(score=0.1, sd=0.01, reliability=0.9)


@pytest.mark.parametrize(
    ("events", "shrunken", "code"),
    [
        pytest.param(0, None, Tier.CLAIMS_ONLY, id="no-events"),
        pytest.param(2, CERTAIN, Tier.CLAIMS_ONLY, id="two-events"),
        pytest.param(3, CERTAIN, Tier.UNRANKED, id="three-events"),
        pytest.param(9, CERTAIN, Tier.UNRANKED, id="nine-events"),
        pytest.param(10, CERTAIN, Tier.BETTER, id="ten-events"),
        pytest.param(10, None, Tier.UNRANKED, id="no-field"),
        pytest.param(10, Shrunken(0.1, 0.0, None), Tier.UNRANKED, id="no-reliability"),
        pytest.param(10, Shrunken(0.1, 0.01, 0.499), Tier.UNRANKED, id="mostly-noise"),
        pytest.param(10, Shrunken(0.1, 0.01, 0.5), Tier.BETTER, id="half-signal"),
        pytest.param(10, Shrunken(-0.1, 0.01, 0.9), Tier.WORSE, id="worse"),
        pytest.param(10, Shrunken(0.01, 0.01, 0.9), Tier.NOT_DISTINGUISHABLE, id="one-sd"),
        pytest.param(10, Shrunken(0.0165, 0.01, 0.9), Tier.BETTER, id="just-over-95-percent"),
        pytest.param(10, Shrunken(0.0, 0.0, 1.0), Tier.NOT_DISTINGUISHABLE, id="exactly-zero"),
    ],
)
def test_the_words_follow_from_events_and_reliability(events, shrunken, code):
    assert tier(events, shrunken) is code
    assert may_be_ranked(events, shrunken) is (code not in (Tier.CLAIMS_ONLY, Tier.UNRANKED))


def test_every_tier_has_words():
    assert set(TIER_WORDS) == set(Tier)


@given(st.floats(-1, 1), st.floats(0.001, 1), st.floats(-1, 1))
def test_the_posterior_is_normal(score, sd, reference):
    found = probability_above(Shrunken(score, sd, 0.5), reference)

    assert found == pytest.approx(norm(score, sd).sf(reference), abs=1e-12)


# --- ranks ---


def test_nobody_to_rank_gives_no_ranks():
    assert rank_intervals({}, seed=1) == {}


@settings(deadline=None, max_examples=30)
@given(
    st.dictionaries(st.text(), st.tuples(st.floats(-1, 1), st.floats(0, 1)), max_size=6),
    st.integers(0, 2**32),
)
def test_ranks_repeat_whatever_the_order(table, seed):
    speakers = {name: Shrunken(score, sd, 0.5) for name, (score, sd) in table.items()}
    backwards = dict(reversed(speakers.items()))

    ranks = rank_intervals(speakers, seed=seed, draws=50)

    assert ranks == rank_intervals(backwards, seed=seed, draws=50)
    assert all(1 <= low <= high <= len(speakers) for low, high in ranks.values())


def test_speakers_far_apart_have_narrow_ranks():
    speakers = {name: Shrunken(score, 0.01, 0.9) for score, name in enumerate("abc")}

    assert rank_intervals(speakers, seed=1) == {"a": (3, 3), "b": (2, 2), "c": (1, 1)}


def test_alike_speakers_may_stand_anywhere():
    speakers = {name: Shrunken(0, 1, 0.5) for name in "abcdefghij"}

    assert set(rank_intervals(speakers, seed=1).values()) == {(1, 10)}


def test_the_interval_is_the_mean_and_1_645_errors():
    found = improvement_of(speaker(1, 3))

    assert found == Improvement(2, 1, 1, Interval(2 - INTERVAL_Z, 2 + INTERVAL_Z))
