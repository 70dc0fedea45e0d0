from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.pictures import HOSTILE, assert_inside, assert_table, marks, words_in
from tracker.domain.calibration import corp, null_band
from tracker.domain.calibration_picture import Calibration, calibration_svg, calibration_table
from tracker.domain.scoring import Counts

TABLE = {200: (8, 1), 400: (5, 3), 750: (6, 4), 950: (9, 9)}


def calibration(table=TABLE, *, events=12, subject="Ada", void=0, scale=1000):
    counts = Counts.of(table, scale=scale)
    band = null_band(counts, seed=1, draws=40)
    return Calibration(subject, corp(counts), band, counts.n, events, void)


tables = st.dictionaries(
    st.integers(0, 1000),
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
)


def test_a_curve_without_its_null_band_is_refused():
    counts = Counts.of(TABLE)

    with pytest.raises(ValueError, match="null band"):
        Calibration("Ada", corp(counts), None, counts.n, 12)


@pytest.mark.parametrize("events", [1, 2])
def test_too_few_events_are_words_and_no_curve(events):
    shown = calibration({400: (1, 0), 950: (1, 0)}, events=events)

    svg = calibration_svg(shown)

    assert marks(svg, "polyline") == marks(svg, "polygon") == marks(svg, "circle") == []
    assert "No curve" in " ".join(words_in(svg))
    assert "MCB" not in svg
    assert calibration_table(shown).rows == (
        ("40 %", "1", "–", "–", "–"),
        ("95 %", "1", "–", "–", "–"),
    )


def test_no_claims_are_said_to_be_none():
    svg = calibration_svg(Calibration("Ada", None, None, 0, 0))

    assert "No scored claims yet" in " ".join(words_in(svg))
    assert calibration_table(Calibration("Ada", None, None, 0, 0)).rows == ()


@pytest.mark.parametrize(("events", "grey"), [(3, True), (9, True), (10, False)])
def test_few_events_are_greyed_dashed_and_said(events, grey):
    svg = calibration_svg(calibration(events=events))

    dashed = marks(svg, "polyline", "d")
    assert bool(dashed) is grey
    assert ("shown in grey" in " ".join(words_in(svg))) is grey
    assert bool(marks(svg, "g", "g")) is grey


def test_the_caption_names_all_three_parts_and_what_luck_alone_gives():
    shown = calibration(void=3)

    words = " ".join(words_in(calibration_svg(shown)))

    assert "28 claims about 12 events; 3 void" in words
    assert f"(MCB) {float(shown.corp.mcb):.3f}, lower is better. By luck alone" in words
    assert f"(DSC) {float(shown.corp.dsc):.3f}" in words
    assert f"(UNC) {float(shown.corp.unc):.3f}" in words


def test_one_issued_value_still_shows_a_curve_and_a_band():
    svg = calibration_svg(calibration({500: (12, 7)}))

    assert len(marks(svg, "polygon")) == 2
    assert len(marks(svg, "circle")) == 2  # one in the legend
    assert_inside(svg)


def test_a_step_is_drawn_at_the_frequency_of_its_block():
    """Values .2 and .4 with 1 of 2 and 0 of 2 pool to 1/4; .9 stands alone at 1."""
    svg = calibration_svg(calibration({200: (2, 1), 400: (2, 0), 900: (2, 2)}))

    (curve,) = marks(svg, "polyline")
    heights = [float(pair.split(",")[1]) for pair in curve.get("points").split()]
    frame = [float(grid.get("y1")) for grid in marks(svg, "line", "l t q")]
    assert heights[0] == heights[1] == sorted(set(frame))[-2]
    assert heights[-1] == min(frame)


def test_many_issued_values_are_a_curve_without_dots_and_all_in_the_table():
    shown = calibration({value: (2, value % 2) for value in range(0, 1000, 10)})

    assert len(marks(calibration_svg(shown), "circle")) == 1  # the legend's
    assert len(calibration_table(shown).rows) == 100


def test_values_finer_than_the_grid_find_their_band():
    shown = calibration({value: (1, value % 2) for value in range(1100)}, scale=1100)

    rows = calibration_table(shown).rows

    assert len(rows) == 1100
    assert all("–" not in row for row in rows)


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(0, 40), st.integers(0, 3))
def test_all_marks_are_inside_and_the_table_counts_every_claim(table, events, void):
    shown = calibration(table, events=events, void=void)

    svg = calibration_svg(shown)
    rows = calibration_table(shown)

    assert_inside(svg)
    assert_table(rows)
    assert sum(int(row[1]) for row in rows.rows) == shown.n
    assert svg == calibration_svg(calibration(table, events=events, void=void))


def test_a_hostile_name_stays_a_name():
    assert_inside(calibration_svg(calibration(subject=HOSTILE)))


def test_the_table_holds_the_curve():
    shown = calibration()

    rows = calibration_table(shown).rows

    assert [row[0] for row in rows] == ["20 %", "40 %", "75 %", "95 %"]
    assert rows[0][2] == "12.5 %"
    assert shown.corp.curve[0].q == Fraction(1, 8)
