from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.pictures import assert_inside
from tracker.domain.drawing import picture
from tracker.domain.time_axis import TimeAxis

FIRST, FACTS = date(2016, 4, 11), date(2017, 4, 11)
ordered = st.lists(st.dates(), min_size=3, max_size=3).map(sorted)


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST, date(2018, 4, 11)), (date(2017, 4, 1), date(2026, 11, 22))],
    ids=["judged-a-year-later", "facts-of-a-few-days"],
)
def test_an_axis_is_whole_where_the_facts_have_room(first, last):
    axis = TimeAxis.over(first, FACTS, last)

    assert not axis.broken
    assert axis(last) == axis.gap[0] == axis.gap[1]


def test_what_was_judged_ten_years_later_stands_behind_a_break():
    axis = TimeAxis.over(FIRST, FACTS, date(2026, 11, 22))

    left, right = axis.gap
    assert axis(FACTS) < left < right < axis(date(2026, 11, 22))
    assert axis.ticks()[date(2017, 1, 1)] == "2017-01"
    assert any(">later<" in words for words in axis.words(20))


@given(ordered, st.dates())
def test_days_keep_their_order_and_words_stay_inside(days, day):
    axis = TimeAxis.over(*days)

    assert axis(days[0]) <= axis(days[1]) <= axis(days[2])
    assert list(axis.ticks()) == sorted(axis.ticks())
    assert_inside(picture("T", "D", axis.words(20), height=40))
