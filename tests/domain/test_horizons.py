from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.deadlines import Basis, check
from tracker.domain.horizons import propose

MONDAY = date(2016, 4, 11)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("The city will be besieged", id="no-horizon"),
        pytest.param("Russia denied on Monday that it was planning an operation", id="past-day"),
        pytest.param("Talks will begin on Monday", id="the-day-it-was-said"),
        pytest.param("They won a victory in January", id="past-month"),
        pytest.param("It will be known that by 2012 they had gone", id="before-the-statement"),
        pytest.param("They will leave in May or by 2018", id="two-horizons"),
        pytest.param("They will leave by 31 February 2017", id="no-such-day"),
        pytest.param("They will leave before May", id="before-a-month"),
        pytest.param("This year’s talks will fail", id="a-year-as-owner"),
        pytest.param("They will leave in the 2016-17 season", id="a-season"),
        pytest.param("They may leave", id="may-as-a-verb"),
        pytest.param("ultimately they will leave", id="ultimately"),
        pytest.param("It will last until 2020", id="a-lasting-state"),
    ],
)
def test_without_one_sure_horizon_nothing_is_proposed(text: str) -> None:
    assert propose(text, MONDAY) is None


@pytest.mark.parametrize(
    ("marked", "on"),
    [
        pytest.param("will hold elections [on Wednesday]", "2016-04-13", id="C02"),
        pytest.param("talks are set to begin [on Friday]", "2016-04-15", id="C28"),
        pytest.param("[by 2016-12-31]", "2016-12-31", id="iso"),
        pytest.param("It will fall [by 31 December 2016]", "2016-12-31", id="day"),
        pytest.param("will fall [on May 3, 2017]", "2017-05-03", id="american-day"),
        pytest.param("will fall [in March 2017]", "2017-03-31", id="month"),
        pytest.param("It will fall [in 2017]", "2017-12-31", id="year"),
        pytest.param("It will fall [before 2017]", "2016-12-31", id="before-a-year"),
        pytest.param("will fall [by the end of 2017]", "2017-12-31", id="year-end"),
        pytest.param("[by the end of the year]", "2016-12-31", id="this-year"),
        pytest.param("[by the end of next month]", "2016-05-31", id="month-end"),
        pytest.param("[by year’s end]", "2016-12-31", id="possessive"),
        pytest.param("[within six months]", "2016-10-11", id="six-months"),
        pytest.param("[within  a\nyear]", "2017-04-11", id="a-year"),
        pytest.param("[over the next 90 days]", "2016-07-10", id="90-days"),
        pytest.param("[in the next two weeks]", "2016-04-25", id="two-weeks"),
        pytest.param("He will go [next year]", "2017-12-31", id="next-year"),
        pytest.param("He will go [this week]", "2016-04-17", id="this-week"),
        pytest.param("He’ll go [tomorrow]", "2016-04-12", id="tomorrow"),
    ],
)
def test_words_that_fix_the_day_are_a_stated_deadline(marked: str, on: str) -> None:
    words = marked[marked.index("[") + 1 : marked.index("]")]

    proposal = propose(marked.replace("[", "").replace("]", ""), MONDAY)

    assert proposal is not None
    assert (proposal.on, proposal.words) == (date.fromisoformat(on), words)
    assert proposal.basis is Basis.STATED


@pytest.mark.parametrize(
    ("text", "on", "reason"),
    [
        pytest.param("It will be over by 2025", "2025-12-31", "end of that year", id="by-a-year"),
        pytest.param("It will fall by March", "2017-03-31", "next such month", id="month-alone"),
        pytest.param("It will fall by 1 March", "2017-03-01", "next such day", id="day-alone"),
        pytest.param("in the coming days", "2016-04-25", "two weeks", id="coming-days"),
        pytest.param("in the coming weeks", "2016-06-11", "two months", id="coming-weeks"),
        pytest.param("over the next few months", "2017-04-11", "a year", id="next-few-months"),
    ],
)
def test_words_that_leave_a_choice_are_a_derived_deadline(text: str, on: str, reason: str) -> None:
    proposal = propose(text, MONDAY)

    assert proposal is not None
    assert proposal.on == date.fromisoformat(on)
    assert proposal.basis is Basis.DERIVED
    assert reason in proposal.reason


@given(
    st.lists(
        st.sampled_from(
            ["will", "by", "in", "the", "end", "of", "next", "May", "31", "2017", "year"]
        )
    ),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
)
def test_every_proposal_passes_the_rules(words: list[str], said_on: date) -> None:
    text = " ".join(words)

    proposal = propose(text, said_on)

    if proposal is not None:
        check(proposal, said_on)
        assert proposal.words in text
        assert proposal.reason
