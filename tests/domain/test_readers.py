import csv
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, spearmanr

from tracker.domain.hedges import parse
from tracker.domain.readers import (
    Panel,
    ReaderModel,
    Term,
    Wordings,
    draw_panel,
    may_say_above,
    normalised,
    reader_band,
    reader_scores,
    share_preferring,
)

DATA = Path(__file__).parents[2] / "tracker" / "data"
TWO = Panel({"likely": (0.6, 0.8), "might": (0.2, 0.6)}, {"likely": 0.1, "might": 0.2}, 2, 1)


@pytest.fixture(scope="module")
def survey():
    return json.loads((DATA / "reader_model.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def model(survey):
    return ReaderModel.parse(survey)


@pytest.fixture(scope="module")
def terms():
    with (DATA / "hedges.csv").open(encoding="utf-8", newline="") as file:
        return [Term.of(hedge) for hedge in parse(csv.DictReader(file))]


@pytest.fixture(scope="module")
def panel(model, terms):
    return draw_panel(model, terms, seed=1)


# --- what is refused or undefined ---


def test_correlations_that_no_readers_could_have_are_refused(model):
    impossible = ((1.0, 0.9, -0.9), (0.9, 1.0, 0.9), (-0.9, 0.9, 1.0))
    small = ReaderModel(
        model.phrases[:3], model.percentiles[:3], model.spreads[:3], impossible, 100
    )

    with pytest.raises(ValueError, match="not those of any joint distribution"):
        draw_panel(small, [], seed=1)


def test_a_phrase_that_nobody_read_cannot_be_scored():
    with pytest.raises(KeyError):
        reader_scores(TWO, Wordings({"perchance": (1, 1)}))


def test_without_claims_there_is_no_band_and_no_comparison():
    nothing = Wordings({})

    assert reader_band(TWO, nothing) is None
    assert share_preferring(TWO, nothing, Wordings({"likely": (1, 1)})) is None
    assert may_say_above(None) is False


# --- the draws ---


def test_every_phrase_of_the_lexicon_is_read(panel, terms):
    assert {normalised(term.phrase) for term in terms} <= set(panel.readings)
    assert len(terms) == 153
    assert all(len(own) == panel.readers == 2000 for own in panel.readings.values())
    assert all(0 <= p <= 1 for own in panel.readings.values() for p in own)


def test_readers_have_the_mean_and_spread_of_the_lexicon(panel, terms):
    """Percentiles in whole steps and 2,000 readers: .01 in the mean, .025 in the spread."""
    for term in terms:
        own = panel.readings[normalised(term.phrase)]
        assert np.mean(own) == pytest.approx(term.mean, abs=0.01), term.phrase
        assert np.std(own) == pytest.approx(term.sd, abs=0.025), term.phrase


def test_readers_keep_the_rank_correlations_of_the_survey(panel, model, survey):
    drawn = spearmanr(np.array([panel.readings[phrase] for phrase in model.phrases]).T).statistic

    assert np.abs(drawn - np.array(survey["spearman"])).max() < 0.09
    assert np.abs(drawn - np.array(survey["spearman"])).mean() < 0.02


def test_the_draws_repeat_and_do_not_depend_on_the_terms_asked_for(model, terms, panel):
    few = draw_panel(model, terms[20:22], seed=1)

    assert all(panel.readings[phrase] == own for phrase, own in few.readings.items())
    assert draw_panel(model, [], seed=2).readings["likely"] != panel.readings["likely"]


def test_a_phrase_outside_the_survey_keeps_the_reader_where_the_base_puts_them(panel):
    might, might_yet = panel.readings["might"], panel.readings["might yet"]

    assert spearmanr(might, might_yet).statistic > 0.98
    assert np.std(might_yet) == pytest.approx(0.2146, abs=0.01)


def test_a_mirrored_phrase_is_read_in_reverse(panel):
    """Not quite -1, because most readers answer 100 % for "will"."""
    assert spearmanr(panel.readings["will"], panel.readings["will not"]).statistic < -0.8


def test_a_phrase_without_a_base_follows_the_nearest_in_mean(panel):
    assert spearmanr(panel.readings["probably not"], panel.readings["unlikely"]).statistic > 0.95


def test_the_beta_is_read_at_the_readers_percentile(model):
    uniform = replace(model, percentiles=(tuple(i / 100 for i in range(101)),) * 19)
    term = Term("quite likely", 0.7, 0.1, "likely 75")

    readings = draw_panel(uniform, [term], seed=1, readers=200).readings

    shape = beta(14, 6)
    for rank, reading in zip(readings["likely"], readings["quite likely"], strict=True):
        if 0.01 <= rank <= 0.99:  # between the last percentiles a straight line stands in
            assert reading == pytest.approx(shape.ppf(rank), abs=0.003)


def test_a_phrase_on_which_all_agree_is_read_alike(model):
    certain = draw_panel(model, [Term("by definition", 1.0, 0.0)], seed=1, readers=5)

    assert certain.readings["by definition"] == (1.0,) * 5


@pytest.mark.parametrize(
    "spelling", ["won't", "Won't", " won\N{RIGHT SINGLE QUOTATION MARK}t  "], ids=repr
)
def test_spelling_does_not_hide_a_phrase(spelling):
    assert normalised(spelling) == "won't"


# --- the scores ---


def test_each_reader_scores_the_words_as_they_read_them():
    record = Wordings({"likely": (2, 1), "might": (1, 0)}, fixed=Fraction(1, 4), n_fixed=1)

    scores = reader_scores(TWO, record)

    by_hand = [0.4**2 + 0.6**2 + 0.2**2 + 0.25, 0.2**2 + 0.8**2 + 0.6**2 + 0.25]
    assert scores == pytest.approx([total / 4 for total in by_hand])


@given(
    st.dictionaries(
        st.sampled_from(["likely", "might", "will", "unlikely"]),
        st.integers(0, 10**6).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
        min_size=1,
    ),
    st.fractions(0, 10**6),
    st.integers(1, 10**6),
)
def test_in_rows_readers_score_to_the_last_bit_as_one_by_one(panel, phrases, fixed, n_fixed):
    record = Wordings(phrases, fixed, n_fixed)
    totals = [float(fixed)] * panel.readers
    for phrase, (n, hits) in sorted(phrases.items()):
        own = panel.readings[phrase]
        totals = [
            total + (n * p - 2 * hits) * p + hits for total, p in zip(totals, own, strict=True)
        ]

    assert reader_scores(panel, record) == [total / record.n for total in totals]


def test_a_stated_number_leaves_readers_nothing_to_differ_about(panel):
    band = reader_band(panel, Wordings({}, fixed=Fraction(1, 2), n_fixed=2))

    assert (band.low, band.mean, band.high) == (0.25, 0.25, 0.25)


def test_the_mean_over_readers_is_the_plug_in_score_and_the_vagueness(panel):
    own = np.array(panel.readings["unlikely"])

    band = reader_band(panel, Wordings({"unlikely": (1, 1)}))

    assert band.mean == pytest.approx((own.mean() - 1) ** 2 + own.var())
    assert band.low < band.mean < band.high


def test_readers_who_order_two_speakers_alike_are_counted():
    bold, shy = Wordings({"likely": (1, 1)}), Wordings({"might": (1, 1)})

    assert share_preferring(TWO, bold, shy) == 1
    assert share_preferring(TWO, shy, bold) == 0
    assert share_preferring(TWO, bold, bold) == 0.5


@pytest.mark.parametrize(("share", "said"), [(0.949, False), (0.95, True)], ids=str)
def test_above_is_said_when_nineteen_in_twenty_readers_agree(share, said):
    assert may_say_above(share) is said


def test_a_head_start_counts_for_every_reader():
    """What the base rate erred more on the one's claims makes up for an equal error of theirs."""
    same = Wordings({"likely": (2, 1)})

    assert share_preferring(TWO, same, same) == 0.5
    assert share_preferring(TWO, same, same, head_start=0.01) == 1.0
    assert share_preferring(TWO, same, same, head_start=-0.01) == 0.0
