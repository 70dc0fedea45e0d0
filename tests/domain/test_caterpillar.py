from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.pictures import HOSTILE, assert_inside, assert_table, marks, words_in
from tracker.domain.caterpillar import (
    Order,
    Standing,
    Standings,
    caterpillar_svg,
    caterpillar_table,
    reader_interval,
)
from tracker.domain.distributions import Interval
from tracker.domain.ranking import TIER_WORDS, Tier
from tracker.domain.readers import Panel
from tracker.domain.score_tables import score_table
from tracker.domain.scoring import Forecast


def standing(name="Ada", tier=Tier.BETTER, mean=0.1, **given):
    values = {
        "n": 20,
        "events": 14,
        "void": 1,
        "interval": Interval(mean - 0.05, mean + 0.05),
        "readers": Interval(mean - 0.02, mean + 0.01),
    }
    return Standing(name=name, tier=tier, mean=mean, **{**values, **given})


score = st.floats(-1, 1)
interval = st.tuples(score, score).map(lambda ends: Interval(*sorted(ends)))
standings = st.lists(
    st.builds(
        Standing,
        name=st.text(max_size=30),
        n=st.integers(0, 9999),
        events=st.integers(0, 999),
        void=st.integers(0, 9),
        mean=st.none() | score,
        interval=st.none() | interval,
        readers=st.none() | interval,
        tier=st.sampled_from(Tier),
    ),
    max_size=8,
)


def test_too_few_events_show_no_number():
    shown = Standings.of("T", [standing("Bo", Tier.CLAIMS_ONLY, n=2, events=1)])

    svg = caterpillar_svg(shown)
    (row,) = caterpillar_table(shown).rows

    assert marks(svg, "circle") == marks(svg, "line") == []
    assert TIER_WORDS[Tier.CLAIMS_ONLY] in words_in(svg)
    assert row == ("Bo", "2", "1", "1", "–", "–", "–", TIER_WORDS[Tier.CLAIMS_ONLY])


def test_too_little_evidence_is_grey_hollow_and_said():
    svg = caterpillar_svg(Standings.of("T", [standing("Bo", Tier.UNRANKED)]))

    dots = marks(svg, "circle")
    assert TIER_WORDS[Tier.UNRANKED] in words_in(svg)
    assert [dot.get("class") for dot in dots] == ["af", "l", "l"]  # two in the legend
    assert len(marks(svg, "g", "g")) == 2


def test_a_hollow_dot_has_no_line_through_it():
    svg = caterpillar_svg(Standings.of("T", [standing("Bo", Tier.UNRANKED)]))

    *_, dot = marks(svg, "circle")
    left, right = marks(svg, "line", "w")[-2:]
    assert float(left.get("x2")) == pytest.approx(float(dot.get("cx")) - 4, abs=0.11)
    assert float(right.get("x1")) == pytest.approx(float(dot.get("cx")) + 4, abs=0.11)


def test_nobody_is_said_to_be_nobody():
    svg = caterpillar_svg(Standings.of("T", []))

    assert words_in(svg) == ["T", "Nobody has a claim yet."]


@pytest.mark.parametrize("order", Order)
def test_rows_never_stand_in_the_order_of_scores(order):
    rows = [standing("Cy", mean=0.3), standing("ada", mean=0.1), standing("Bo", mean=0.2)]

    assert [row.name for row in Standings.of("T", rows, order=order).rows] == ["ada", "Bo", "Cy"]


def test_rows_by_tier_stand_under_what_may_be_said_of_them():
    rows = [
        standing("Ada", Tier.CLAIMS_ONLY),
        standing("Bo", Tier.WORSE, mean=-0.1),
        standing("Cy", Tier.BETTER),
    ]

    shown = Standings.of("T", rows, order=Order.TIERS)
    words = words_in(caterpillar_svg(shown))

    wanted = ["Better than the base rate", "Cy", "Worse than the base rate", "Bo", "Ada"]
    assert [word for word in words if word in wanted] == wanted
    assert "The order of the rows is not a ranking" in " ".join(words)


def test_the_zero_line_is_called_base_rate():
    words = words_in(caterpillar_svg(Standings.of("T", [standing()])))

    assert words.count("base rate") == 2
    assert "0.00" not in words


def test_the_reader_band_is_turned_into_improvement():
    """One true claim at .5 = b: readers at .6 and .8 gain .25 - .16 and .25 - .04."""
    panel = Panel({"likely": (0.6, 0.8)}, {"likely": 0.1}, 2, 1)
    claim = Forecast("Ada", "e", Fraction(1, 2), 1, Fraction(1, 2), "likely")

    (own,) = score_table([claim], seed=1, readers=panel).speakers

    band = reader_interval(own)
    assert (band.low, band.high) == pytest.approx((0.09, 0.21))


def test_without_readers_there_is_no_reader_band():
    (own,) = score_table([Forecast("Ada", "e", Fraction(1, 2), 1)], seed=1).speakers

    assert reader_interval(own) is None
    assert Standing.of(own).readers is None


def test_a_small_lead_is_not_blown_up_to_the_width_of_the_page():
    svg = caterpillar_svg(Standings.of("T", [standing(mean=0.001, interval=None, readers=None)]))

    *_, dot = marks(svg, "circle")
    assert float(dot.get("cx")) == pytest.approx(210, abs=5)
    assert [word for word in words_in(svg) if word.startswith("+")] == [
        "+0.02",
        "+0.04",
        "+0.06",
    ] * 2


def test_a_whole_field_is_drawn_as_it_is_scored():
    rng = np.random.default_rng(7)
    rows = [
        Forecast(f"s{place}", f"e{event}", Fraction(int(rng.integers(0, 1001)), 1000), event % 2)
        for place in range(6)
        for event in range(2 + 4 * place)
    ]
    speakers = score_table(rows, seed=1).speakers

    shown = Standings.of("Everyone", map(Standing.of, speakers))
    table = caterpillar_table(shown)

    assert_inside(caterpillar_svg(shown))
    assert [(row[0], int(row[1]), int(row[2])) for row in table.rows] == [
        (own.speaker, own.n, own.events) for own in speakers
    ]


@settings(max_examples=60, deadline=None)
@given(standings, st.sampled_from(Order))
def test_all_marks_are_inside_and_the_table_has_every_row(rows, order):
    shown = Standings.of("T", rows, order=order)

    svg = caterpillar_svg(shown)
    table = caterpillar_table(shown)

    assert_inside(svg)
    assert len(table.rows) == len(rows)
    assert sum(int(row[1]) for row in table.rows) == sum(row.n for row in rows)
    assert svg == caterpillar_svg(Standings.of("T", rows, order=order))


def test_the_order_in_which_rows_are_given_does_not_matter():
    rows = [standing("Ada"), standing("Bo"), standing("Cy", Tier.UNRANKED)]

    assert caterpillar_svg(Standings.of("T", rows)) == caterpillar_svg(
        Standings.of("T", rows[::-1])
    )


def test_a_hostile_name_stays_a_name():
    shown = Standings.of(HOSTILE, [standing(HOSTILE)])

    assert_inside(caterpillar_svg(shown))
    assert_table(caterpillar_table(shown))
