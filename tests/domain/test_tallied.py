"""Sums that do not know the base rate, against sums of claims that do."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.ranking import event_sums
from tracker.domain.scoring import improvement
from tracker.domain.shares import base_rates
from tracker.domain.tallied import EventGroup, ReferenceClass, sums_of

EVENTS = 5
CLAIM = st.tuples(
    st.integers(0, EVENTS - 1),
    st.integers(0, 1000),
    st.none() | st.integers(0, 1000),
)


def grouped(claims: list[tuple[int, int, int | None]], outcomes: list[int]) -> list[EventGroup]:
    """The groups as the database makes them: per event first, then per outcome and size."""
    by_event: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for event, p, base in claims:
        y = 1000 * outcomes[event]
        error = (p - y) ** 2
        gained = 0 if base is None else (base - y) ** 2
        by_event[event].append((int(base is None), gained - error, error))
    found = []
    for event, rows in by_event.items():
        m, t = sum(m for m, _, _ in rows), sum(t for _, t, _ in rows)
        found.append(
            EventGroup(
                y=outcomes[event],
                size=len(rows),
                events=1,
                m=m,
                t=t,
                mm=m * m,
                mt=m * t,
                tt=t * t,
                claim_mt=sum(m * t for m, t, _ in rows),
                claim_tt=sum(t * t for _, t, _ in rows),
                errors=sum(e for _, _, e in rows),
            )
        )
    return found


@given(st.lists(CLAIM), st.lists(st.integers(0, 1), min_size=EVENTS, max_size=EVENTS))
def test_sums_of_groups_equal_sums_of_claims(
    claims: list[tuple[int, int, int | None]], outcomes: list[int]
) -> None:
    reference = ReferenceClass(EVENTS, sum(outcomes))
    rates = base_rates([Fraction(y) for y in outcomes])
    unit = 10**6 * reference.scale

    exact = []
    for event, p, base in claims:
        b = rates[event] if base is None else Fraction(base, 1000)
        exact.append((str(event), improvement(Fraction(p, 1000), outcomes[event], b) * unit))

    assert all(d.denominator == 1 for _, d in exact)
    direct = event_sums(((event, d.numerator) for event, d in exact), unit=unit)
    assert sums_of(grouped(claims, outcomes), reference) == direct


def test_the_reference_class_is_counted_over_all_groups() -> None:
    sums = (0,) * 8

    found = ReferenceClass.of([EventGroup(1, 1, 3, *sums), EventGroup(0, 2, 4, *sums)])

    assert found == ReferenceClass(events=7, happened=3)
