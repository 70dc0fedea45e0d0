from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.pictures import HOSTILE, assert_inside, assert_table, marks, words_in
from tracker.domain.judging import OutcomeAnswer
from tracker.domain.timeline import (
    ROWS_ON_A_PAGE,
    TimedClaim,
    Timeline,
    pages,
    timeline_svg,
    timeline_table,
)

SAID = date(2016, 4, 11)
AS_OF = date(2017, 1, 1)


def claim(words="the ceasefire might yet hold", said=SAID, **given):
    return TimedClaim(words, said, **given)


days = st.dates()
claims = st.lists(
    st.builds(
        TimedClaim,
        words=st.text(min_size=1, max_size=80),
        said=days,
        speaker=st.text(max_size=20),
        deadline=st.none() | days,
        occurred=st.none() | days,
        known=st.none() | days,
        resolved=st.none() | days,
        outcome=st.none() | st.sampled_from(OutcomeAnswer),
    ),
    max_size=20,
)


def test_no_claims_are_said_to_be_none():
    assert words_in(timeline_svg(Timeline.of("T", [], as_of=AS_OF))) == ["T", "No claims yet."]


def test_a_claim_that_nobody_judged_says_so_and_has_no_square():
    svg = timeline_svg(Timeline.of("T", [claim()], as_of=AS_OF))

    assert "Not judged yet" in words_in(svg)
    assert len(marks(svg, "rect")) == 1  # the legend's


def test_a_claim_without_a_deadline_is_dashed_to_the_end():
    with_one = timeline_svg(Timeline.of("T", [claim(deadline=date(2016, 5, 1))], as_of=AS_OF))
    without = timeline_svg(Timeline.of("T", [claim()], as_of=AS_OF))

    assert len(marks(with_one, "line", "l d")) == 1  # the legend's
    assert len(marks(without, "line", "l d")) == 2


def test_marks_of_one_day_stay_apart():
    shown = claim(occurred=SAID, known=SAID, resolved=SAID, outcome=OutcomeAnswer.CAME_TRUE)

    svg = timeline_svg(Timeline.of("T", [shown], as_of=AS_OF))

    said = float(marks(svg, "circle")[-1].get("cy"))
    judged = float(marks(svg, "rect")[-1].get("y"))
    fact = marks(svg, "polygon", "af")[-1].get("points").split()
    assert float(fact[0].split(",")[1]) < said < judged
    assert len(marks(svg, "polygon", "a l")) == 2  # the legend's and the claim's


def test_the_outcome_is_said_in_words():
    shown = claim(resolved=AS_OF, outcome=OutcomeAnswer.VOID_CONDITION)

    assert "Void: condition not met" in words_in(
        timeline_svg(Timeline.of("T", [shown], as_of=AS_OF))
    )


def test_claims_stand_in_the_order_in_which_they_were_said():
    later, first, second = claim("c", date(2016, 6, 1)), claim("a"), claim("b")

    rows = timeline_table(Timeline.of("T", [later, second, first], as_of=AS_OF)).rows

    assert [row[0] for row in rows] == ["a", "b", "c"]


def test_the_table_holds_every_date():
    shown = claim(
        speaker="Ford",
        deadline=date(2016, 12, 31),
        occurred=date(2016, 5, 2),
        known=date(2016, 5, 3),
        resolved=date(2016, 7, 1),
        outcome=OutcomeAnswer.DID_NOT,
    )

    (row,) = timeline_table(Timeline.of("T", [shown], as_of=AS_OF)).rows

    assert row[1:] == (
        "Ford",
        "2016-04-11",
        "2016-12-31",
        "2016-05-02",
        "2016-05-03",
        "2016-07-01",
        "Did not come true",
    )


@pytest.mark.parametrize(
    ("first", "as_of", "ticks"),
    [
        ((2016, 4, 11), (2016, 4, 20), ["2016-04-11", "2016-04-20"]),
        ((2016, 4, 11), (2016, 4, 11), ["2016-04-11"]),
        ((2016, 4, 11), (2016, 7, 2), ["2016-05", "2016-06", "2016-07"]),
        ((2015, 1, 1), (2017, 6, 1), ["2015-01", "2015-07", "2016-01", "2016-07", "2017-01"]),
        ((2011, 3, 15), (2016, 4, 11), ["2012", "2013", "2014", "2015", "2016"]),
        ((1, 1, 1), (9999, 12, 31), ["2000", "4000", "6000", "8000"]),
    ],
    ids=["days", "one-day", "months", "half-years", "years", "millennia"],
)
def test_the_axis_has_a_few_round_dates(first, as_of, ticks):
    shown = Timeline.of("T", [claim(said=date(*first))], as_of=date(*as_of))

    words = words_in(timeline_svg(shown))

    assert words[-len(ticks) :] == ticks


def test_forty_claims_are_pages_on_one_axis():
    shown = Timeline.of(
        "T", [claim(f"{n:02}", SAID + timedelta(n)) for n in range(40)], as_of=AS_OF
    )

    parts = pages(shown)

    assert [len(part.claims) for part in parts] == [10, 10, 10, 10]
    assert sum((part.claims for part in parts), ()) == shown.claims
    assert {(part.first, part.last, part.as_of) for part in parts} == {(SAID, AS_OF, AS_OF)}
    assert [part.title for part in parts] == [f"T ({part} of 4)" for part in (1, 2, 3, 4)]


@pytest.mark.parametrize("n", [0, 1, ROWS_ON_A_PAGE], ids=["none", "one", "full"])
def test_what_fits_is_one_page(n):
    shown = Timeline.of("T", [claim(str(place)) for place in range(n)], as_of=AS_OF)

    assert pages(shown) == (shown,)


@settings(max_examples=60, deadline=None)
@given(claims, days)
def test_all_marks_are_inside_and_the_table_has_every_claim(given_claims, as_of):
    shown = Timeline.of("T", given_claims, as_of=as_of)

    svg = timeline_svg(shown)
    table = timeline_table(shown)

    assert_inside(svg)
    assert_table(table)
    assert len(table.rows) == len(given_claims)
    assert sum(row[6] != "–" for row in table.rows) == sum(
        c.resolved is not None for c in given_claims
    )
    assert svg == timeline_svg(Timeline.of("T", given_claims, as_of=as_of))


def test_hostile_words_stay_words():
    assert_inside(
        timeline_svg(Timeline.of(HOSTILE, [claim(HOSTILE, speaker=HOSTILE)], as_of=AS_OF))
    )
