"""Two people compared, from what is stored: the same as from the claims one by one."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest

from tests.builders import make_person
from tests.scoring import make_events, make_items
from tracker.actions.comparisons import compare
from tracker.actions.scores import Subject
from tracker.domain.comparing import Order, Spoken, difference
from tracker.domain.scoring import improvement
from tracker.domain.shares import base_rates
from tracker.models import Person, ScoreItem
from tracker.models.moments import reading
from tracker.models.selections import Selection

pytestmark = pytest.mark.django_db
OUTCOMES = "110101101001"


def make_pair(own: int = 900, other: int = 500) -> tuple[Person, Person]:
    """Who was sure and right of twelve events, and who said half of eight of them and of a few."""
    a, b = make_person(), make_person()
    events = make_events(OUTCOMES)
    make_items(a, [(e, own if e.outcome == "came_true" else 1000 - own) for e in events])
    make_items(b, [(event, other + n) for n, event in enumerate(events[:8])])
    make_items(b, [(event, 300) for event in make_events("10")], base_rate=250)
    return a, b


def by_hand(person: Person) -> dict[str, Spoken]:
    """A person's improvement per event, from the items of everybody."""
    items = list(ScoreItem.objects.all())
    outcomes = {item.proposition_id: Fraction(item.y) for item in items}
    rates = dict(zip(outcomes, base_rates(list(outcomes.values())), strict=True))
    found: dict[str, list[Fraction]] = defaultdict(list)
    for item in items:
        if item.person_id == person.pk:
            base = rates[item.proposition_id]
            if item.base_rate is not None:
                base = Fraction(item.base_rate, 1000)
            gained = improvement(Fraction(item.p, 1000), item.y, base)
            found[str(item.proposition_id)].append(gained)
    return {event: Spoken(len(ds), sum(ds, Fraction(0))) for event, ds in found.items()}


def test_who_has_spoken_to_too_few_events_is_not_compared() -> None:
    a, b = make_person(), make_person()
    events = make_events("101")
    make_items(a, [(event, 900) for event in events])
    make_items(b, [(event, 100) for event in events[:2]])

    found = compare(Subject.PEOPLE, a.pk, b.pk)

    assert (found.order, found.share, found.difference.mean) == (Order.TOO_FEW, None, None)
    assert (found.difference.events_a, found.difference.events_b) == (3, 2)
    assert found.difference.shared == 2


def test_who_has_said_nothing_is_not_compared() -> None:
    found = compare(Subject.PEOPLE, make_person().pk, make_person().pk)

    assert (found.order, found.a.score, found.b.score) == (Order.TOO_FEW, None, None)


def test_the_difference_is_that_of_the_claims_one_by_one() -> None:
    a, b = make_pair()

    found = compare(Subject.PEOPLE, a.pk, b.pk)

    assert found.difference == difference(by_hand(a), by_hand(b))
    assert found.difference.shared == 8
    assert (found.order, found.share) == (Order.A_ABOVE, 1.0)


def test_the_difference_is_that_of_the_two_scores() -> None:
    a, b = make_pair()

    found = compare(Subject.PEOPLE, a.pk, b.pk)

    assert found.a.score is not None
    assert found.b.score is not None
    means = found.a.score.improvement.mean, found.b.score.improvement.mean
    assert found.difference.mean == pytest.approx((means[0] or 0) - (means[1] or 0))
    assert (found.a.score.n, found.b.score.n) == (12, 10)


def test_from_the_other_side_it_is_turned_round() -> None:
    a, b = make_pair()

    there = compare(Subject.PEOPLE, a.pk, b.pk)
    back = compare(Subject.PEOPLE, b.pk, a.pk)

    assert there.difference.mean == -(back.difference.mean or 0)
    assert back.order == Order.B_ABOVE
    assert (there.share or 0) + (back.share or 0) == pytest.approx(1)


def test_nobody_stands_above_oneself() -> None:
    a, _ = make_pair()

    found = compare(Subject.PEOPLE, a.pk, a.pk)

    assert (found.difference.mean, found.share) == (0.0, 0.5)
    assert found.order == Order.NOT_DISTINGUISHABLE


def test_only_the_claims_that_are_selected_are_compared() -> None:
    a, b = make_pair()

    with reading(only=Selection(hindsight=False)):
        whole = compare(Subject.PEOPLE, a.pk, b.pk)
    with reading(only=Selection(lexicon=1)):
        part = compare(Subject.PEOPLE, a.pk, b.pk)

    assert (whole.order, part.order) == (Order.A_ABOVE, Order.TOO_FEW)
