from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import deadlines
from tracker.domain.deadlines import Basis, DateSpan, Deadline, Precision
from tracker.domain.errors import DeadlineBasisMismatch, DeadlineBeforeStatement

SAID = date(2016, 4, 11)
YEAR_END = date(2016, 12, 31)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize("basis", [Basis.STATED, Basis.DERIVED, Basis.CONVENTION])
def test_a_dated_basis_without_a_date_is_refused(basis: Basis) -> None:
    with pytest.raises(DeadlineBasisMismatch) as refusal:
        deadlines.check(Deadline(None, basis, review_on=YEAR_END), SAID)

    assert refusal.value.field == "deadline"


@pytest.mark.parametrize("basis", [Basis.EVENT_TRIGGERED, Basis.NONE])
def test_a_date_without_a_dated_basis_is_refused(basis: Basis) -> None:
    with pytest.raises(DeadlineBasisMismatch) as refusal:
        deadlines.check(Deadline(YEAR_END, basis), SAID)

    assert refusal.value.field == "deadline"


@pytest.mark.parametrize("basis", [Basis.EVENT_TRIGGERED, Basis.NONE])
def test_no_date_and_no_review_day_is_refused(basis: Basis) -> None:
    with pytest.raises(DeadlineBasisMismatch) as refusal:
        deadlines.check(Deadline(None, basis), SAID)

    assert refusal.value.field == "review_on"


def test_a_deadline_before_the_statement_is_refused() -> None:
    with pytest.raises(DeadlineBeforeStatement):
        deadlines.check(Deadline(date(2016, 4, 10), Basis.STATED), SAID)


@pytest.mark.parametrize(
    "deadline",
    [
        pytest.param(Deadline(YEAR_END, Basis.STATED), id="stated"),
        pytest.param(Deadline(YEAR_END, Basis.DERIVED, reason="Year of the talks"), id="derived"),
        pytest.param(Deadline(SAID, Basis.STATED), id="the-day-it-was-said"),
        pytest.param(Deadline(None, Basis.NONE, review_on=YEAR_END), id="none"),
        pytest.param(Deadline(None, Basis.EVENT_TRIGGERED, review_on=YEAR_END), id="event"),
    ],
)
def test_a_deadline_that_fits_its_basis_passes(deadline: Deadline) -> None:
    deadlines.check(deadline, SAID)


@pytest.mark.parametrize(
    ("said_on", "on"),
    [
        pytest.param(SAID, date(2017, 4, 11), id="same-day-next-year"),
        pytest.param(date(2016, 2, 29), date(2017, 2, 28), id="leap-day"),
    ],
)
def test_the_convention_is_twelve_months(said_on: date, on: date) -> None:
    deadline = deadlines.by_convention(said_on, "in due course")

    assert (deadline.on, deadline.basis, deadline.words) == (on, Basis.CONVENTION, "in due course")
    deadlines.check(deadline, said_on)


@given(DAYS, st.integers(0, 600))
def test_months_add_up_and_never_spill_into_the_next(day: date, months: int) -> None:
    later = deadlines.months_after(day, months)

    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day <= day.day


# --- sensitivity ---


@pytest.mark.parametrize("factor", [pytest.param(0, id="nought"), pytest.param(-1, id="negative")])
def test_a_horizon_cannot_shrink_to_nothing(factor: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        deadlines.sensitivity(Deadline(YEAR_END, Basis.STATED), SAID, factor)


@pytest.mark.parametrize(
    ("factor", "on"),
    [
        pytest.param(0.5, date(2016, 8, 21), id="half"),
        pytest.param(2, date(2018, 4, 11), id="double"),
    ],
)
def test_a_horizon_is_halved_and_doubled_from_the_statement(factor: float, on: date) -> None:
    end = date(2016, 12, 31) if factor < 1 else date(2017, 4, 11)

    assert deadlines.sensitivity(Deadline(end, Basis.CONVENTION), SAID, factor).on == on


def test_a_deadline_without_a_date_has_no_other_horizon() -> None:
    undated = Deadline(None, Basis.NONE, review_on=YEAR_END)

    assert deadlines.sensitivity(undated, SAID, 2) == undated


@given(DAYS, st.integers(0, 40_000), st.sampled_from([0.5, 2, 1_000_000]))
def test_another_horizon_is_never_before_the_statement(
    said_on: date, days: int, factor: float
) -> None:
    end = date.fromordinal(said_on.toordinal() + days)

    other = deadlines.sensitivity(Deadline(end, Basis.STATED), said_on, factor)

    deadlines.check(other, said_on)


# --- due ---


@pytest.mark.parametrize(
    ("deadline", "review_on", "today", "due"),
    [
        pytest.param(Deadline(YEAR_END, Basis.STATED), None, YEAR_END, False, id="on-the-day"),
        pytest.param(Deadline(YEAR_END, Basis.STATED), None, date(2017, 1, 1), True, id="next-day"),
        pytest.param(Deadline(YEAR_END, Basis.STATED), SAID, SAID, False, id="deadline-overrules"),
        pytest.param(Deadline(None, Basis.NONE), YEAR_END, YEAR_END, True, id="review-day"),
        pytest.param(Deadline(None, Basis.NONE), YEAR_END, SAID, False, id="before-review"),
        pytest.param(Deadline(None, Basis.NONE, review_on=SAID), None, SAID, True, id="own-review"),
        pytest.param(Deadline(None, Basis.NONE), None, YEAR_END, False, id="no-review"),
    ],
)
def test_a_claim_is_due_after_its_deadline_or_on_its_review_day(
    deadline: Deadline, review_on: date | None, today: date, due: bool
) -> None:
    assert deadlines.is_due(deadline, review_on, today) is due


# --- imprecise dates ---


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("last weekend", id="words"),
        pytest.param("2016-02-30", id="no-such-day"),
        pytest.param("2016-13", id="no-such-month"),
        pytest.param("2016-04-10/2016-04-09", id="backwards"),
        pytest.param("2016-4-1", id="without-zeros"),
        pytest.param("11/04/2016", id="other-order"),
        pytest.param("0000", id="no-year-nought"),
        pytest.param("on or before 2016", id="before-a-year"),
    ],
)
def test_what_is_no_date_has_no_span(text: str) -> None:
    assert deadlines.date_span(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        pytest.param("2016-04-11", SAID, SAID, Precision.DAY, id="day"),
        pytest.param("2016-02", date(2016, 2, 1), date(2016, 2, 29), Precision.MONTH, id="month"),
        pytest.param("2016", date(2016, 1, 1), YEAR_END, Precision.YEAR, id="year"),
        pytest.param(
            "2016-04-09/2016-04-10",
            date(2016, 4, 9),
            date(2016, 4, 10),
            Precision.INTERVAL,
            id="interval",
        ),
        pytest.param("2016-04 / 2016", date(2016, 4, 1), YEAR_END, Precision.INTERVAL, id="mixed"),
        pytest.param("on or before 2016-04-11", None, SAID, Precision.BEFORE, id="before"),
        pytest.param("undated, on or before 2016-04-11", None, SAID, Precision.BEFORE, id="tweet"),
    ],
)
def test_a_written_date_covers_its_days(
    text: str, first: date | None, last: date, precision: Precision
) -> None:
    assert deadlines.date_span(text) == DateSpan(first, last, precision, text)


@given(DAYS)
def test_every_day_is_its_own_span(day: date) -> None:
    assert deadlines.date_span(day.isoformat()) == DateSpan(day, day, Precision.DAY, str(day))
