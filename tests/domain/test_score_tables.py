from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from tracker.domain.ranking import Tier
from tracker.domain.readers import Panel
from tracker.domain.score_tables import Basis, score_table
from tracker.domain.scoring import Forecast

PANEL = Panel({"likely": (0.6, 0.8), "might": (0.2, 0.6)}, {"likely": 0.1, "might": 0.2}, 2, 1)


def forecast(speaker="A", event="e", p="0.5", y=1, **given):
    return Forecast(speaker, event, Fraction(p), y, **given)


permille = st.integers(0, 1000).map(lambda value: Fraction(value, 1000))
forecasts = st.builds(
    Forecast,
    speaker=st.sampled_from(["Ada", "Bo", "Cy"]),
    event=st.sampled_from(["e1", "e2", "e3", "e4"]),
    p=permille,
    y=st.sampled_from([0, 1, None]),
    base_rate=st.one_of(st.none(), permille),
    phrase=st.sampled_from(["", "likely", "Might", "perchance"]),
)


def field(n_events, seed=1, speakers=5):
    """Speakers who know more or less: the first is right, the last is wrong, on shared events."""
    rng = np.random.default_rng(seed)
    rows = []
    for event in range(n_events):
        y = int(rng.random() < 0.5)
        for place in range(speakers):
            sure = 0.5 + 0.45 * (1 - 2 * place / (speakers - 1))
            p = sure if y else 1 - sure
            p = min(max(p + rng.normal(0, 0.03), 0), 1)
            rows.append(forecast(f"s{place}", f"e{event}", f"{p:.3f}", y))
    return rows


# --- what is undefined or only counted ---


def test_an_empty_table_has_no_scores():
    report = score_table([], seed=1)

    assert (report.n, report.events, report.void, report.speakers) == (0, 0, 0, ())
    undefined = (report.brier, report.log, report.skill, report.auc, report.spiegelhalter_z)
    assert undefined == (None,) * 5
    assert (report.murphy, report.murphy_corrected, report.corp, report.null_band) == (None,) * 4
    assert report.improvement.mean is None


def test_a_speaker_of_voids_is_counted_and_not_scored():
    report = score_table([forecast(y=None), forecast("B")], seed=1)

    silent, scored = report.speakers
    assert (report.n, report.void, report.events) == (1, 1, 1)
    assert (silent.speaker, silent.n, silent.void, silent.brier) == ("A", 0, 1, None)
    assert (silent.tier, silent.rank, silent.shrunken) == (Tier.CLAIMS_ONLY, None, None)
    assert (scored.speaker, scored.n, scored.void) == ("B", 1, 0)


def test_a_void_has_no_say_in_the_base_rate():
    rows = [forecast(event="e1"), forecast(event="e2")]

    assert (
        score_table([*rows, forecast(event="e3", y=None)], seed=1).improvement
        == score_table(rows, seed=1).improvement
    )


@pytest.mark.parametrize("n_events", [2, 9], ids=["two-events", "nine-events"])
def test_nobody_is_ranked_on_few_events_however_good(n_events):
    report = score_table(field(n_events), seed=1)

    assert all(own.rank is None for own in report.speakers)
    assert {own.tier for own in report.speakers} <= {Tier.CLAIMS_ONLY, Tier.UNRANKED}


def test_nobody_is_ranked_whose_mean_is_mostly_noise():
    rng = np.random.default_rng(3)
    rows = [
        forecast(f"s{place}", f"e{place}-{event}", f"{rng.random():.2f}", int(rng.random() < 0.5))
        for place in range(8)
        for event in range(12)
    ]

    report = score_table(rows, seed=1)

    assert all(own.shrunken.reliability < 0.5 for own in report.speakers)
    assert all(own.rank is None and own.tier is Tier.UNRANKED for own in report.speakers)


# --- worked by hand ---


def test_three_claims_by_hand():
    """Events e1 and e2; leaving one out gives b = 1/4 for e1 (y=1) and 3/4 for e2 (y=0)."""
    rows = [
        forecast("A", "e1", "0.8", 1),
        forecast("A", "e2", "0.3", 0),
        forecast("B", "e1", "0.6", 1),
        forecast("B", "e2", "0.5", None),
    ]

    report = score_table(rows, seed=1)

    d = [Fraction(9, 16) - f for f in (Fraction("0.04"), Fraction("0.09"), Fraction("0.16"))]
    first, second = d[0] + d[2] - 2 * sum(d) / 3, d[1] - sum(d) / 3
    assert report.brier == Fraction("0.29") / 3
    assert report.skill == 1 - Fraction("0.29") / 3 / Fraction(2, 9)
    assert report.improvement.mean == pytest.approx(float(sum(d) / 3), abs=1e-15)
    assert report.improvement.se_cluster**2 == pytest.approx(float(2 * (first**2 + second**2) / 9))
    assert report.basis == Basis(stated=0, leave_one_event_out=3, split_events=0)
    assert report.field.s2 == pytest.approx(float((d[0] - d[1]) ** 2 / 2), abs=1e-15)


def test_a_stated_base_rate_goes_before_the_rate_of_the_others():
    rows = [
        forecast(event="e1", p="0.9", base_rate=Fraction(1, 5)),
        forecast(event="e2", p="0.9", y=0),
    ]

    report = score_table(rows, seed=1)

    assert report.basis == Basis(stated=1, leave_one_event_out=1, split_events=0)
    stated, others = 0.8**2 - 0.1**2, 0.75**2 - 0.9**2
    assert report.improvement.mean == pytest.approx((stated + others) / 2)


def test_an_event_spoken_of_often_counts_once_in_the_base_rate():
    once = [forecast("A", "e1"), forecast("A", "e2", y=0), forecast("A", "e3", y=0)]
    often = [*once, *[forecast("B", "e2", y=0)] * 9]

    first = [own for own in score_table(once, seed=1).speakers if own.speaker == "A"]
    again = [own for own in score_table(often, seed=1).speakers if own.speaker == "A"]

    assert first[0].improvement == again[0].improvement


def test_an_event_with_both_outcomes_is_reported():
    report = score_table([forecast("A", "e1"), forecast("B", "e1", y=0)], seed=1)

    assert report.basis.split_events == 1


def test_words_are_scored_as_readers_read_them_and_numbers_as_they_stand():
    rows = [
        forecast("A", "e1", "0.7", phrase="Likely"),
        forecast("A", "e2", "0.4", 0, phrase="perchance"),
    ]

    report = score_table(rows, seed=1, readers=PANEL)

    scores = [(0.4**2 + 0.4**2) / 2, (0.2**2 + 0.4**2) / 2]
    assert report.reader_band.mean == pytest.approx(sum(scores) / 2)
    assert report.reader_band.low == pytest.approx(min(scores))
    assert report.speakers[0].reader_band == report.reader_band
    assert report.vagueness == pytest.approx(0.01)


def test_enough_events_and_real_differences_give_tiers_and_ranks():
    report = score_table(field(40), seed=1)

    best, *_, worst = report.speakers
    assert (best.tier, worst.tier) == (Tier.BETTER, Tier.WORSE)
    assert best.rank[0] == 1
    assert worst.rank[1] == 5
    assert best.rank[1] < worst.rank[0]


# --- laws ---


@settings(deadline=None, max_examples=40)
@given(st.lists(forecasts, max_size=25), st.randoms(), st.booleans())
def test_the_report_does_not_depend_on_the_order_of_rows(rows, random, read):
    panel = PANEL if read else None

    assert score_table(random.sample(rows, len(rows)), seed=5, readers=panel) == score_table(
        rows, seed=5, readers=panel
    )


@settings(deadline=None, max_examples=40)
@given(st.lists(forecasts, min_size=1, max_size=25))
def test_the_whole_is_made_of_its_speakers(rows):
    report = score_table(rows, seed=5)
    scored = [row for row in rows if row.y is not None]

    assert report.n == sum(own.n for own in report.speakers) == len(scored)
    assert report.void == sum(own.void for own in report.speakers)
    assert report.events == len({row.event for row in scored})
    if scored:
        total = sum(own.n * own.brier for own in report.speakers if own.n)
        oracle = brier_score_loss([r.y for r in scored], [float(r.p) for r in scored], pos_label=1)
        assert total / report.n == report.brier
        assert float(report.brier) == pytest.approx(oracle, abs=1e-12)
        means = sum(own.n * own.improvement.mean for own in report.speakers if own.n)
        assert means / report.n == pytest.approx(report.improvement.mean, abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.lists(forecasts, min_size=1, max_size=25))
def test_the_improvement_is_the_mean_over_claims(rows):
    scored = [row for row in rows if row.y is not None]
    outcomes = {}
    for row in scored:
        outcomes.setdefault(row.event, []).append(row.y)
    means = {event: np.mean(ys) for event, ys in outcomes.items()}

    def improvement(row):
        others = [mean for event, mean in means.items() if event != row.event]
        base = row.base_rate
        if base is None:
            base = (sum(others) + 0.5) / (len(others) + 1)
        return (float(base) - row.y) ** 2 - (float(row.p) - row.y) ** 2

    if scored:
        expected = np.mean([improvement(row) for row in scored])
        assert score_table(rows, seed=1).improvement.mean == pytest.approx(expected, abs=1e-12)
