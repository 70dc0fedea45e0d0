"""Peer scores from stored items equal those of the domain."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.builders import make_organisation, make_person
from tests.scoring import make_events, make_items
from tracker.actions.peers import peers_of
from tracker.actions.scores import Subject
from tracker.domain.peers import Peers, among_peers
from tracker.models.moments import reading
from tracker.models.selections import Selection

pytestmark = pytest.mark.django_db


def test_who_spoke_alone_has_no_peers() -> None:
    person = make_person()
    make_items(person, [(event, 700) for event in make_events("10")])

    assert peers_of(Subject.PEOPLE, person.pk) == Peers(0, None, None)


def test_repeated_claims_on_one_event_are_averaged_and_others_are_the_measure() -> None:
    a, b, c = make_person(), make_person(), make_person()
    first, second, third = make_events("101")
    house = make_organisation()
    make_items(a, [(first, 900), (second, 400), (third, 800)])
    make_items(b, [(first, 600), (second, 0)])
    make_items(c, [(first, 200)], organisation=house)

    found = peers_of(Subject.PEOPLE, a.pk)

    def p(permille: int) -> Fraction:
        return Fraction(permille, 1000)

    names = [str(person.pk) for person in (a, b, c)]
    heard = [
        (1, dict(zip(names, (p(900), p(600), p(200)), strict=True))),
        (0, dict(zip(names, (p(400), p(0)), strict=False))),
    ]
    assert found == among_peers(names[0], heard)
    assert (found.propositions, found.boldness) == (2, (p(500) + p(400)) / 2)
    assert peers_of(Subject.ORGANISATIONS, house.pk).propositions == 0


def test_peers_of_a_part_are_those_who_spoke_in_it() -> None:
    a, b = make_person(), make_person()
    events = make_events("11")
    make_items(a, [(event, 900) for event in events])
    make_items(b, [(events[0], 600)])
    make_items(b, [(events[1], 600)], hindsight=True)

    with reading(only=Selection(hindsight=False)):
        part = peers_of(Subject.PEOPLE, a.pk)

    assert (part.propositions, peers_of(Subject.PEOPLE, a.pk).propositions) == (1, 2)


def test_a_subject_that_says_two_things_of_one_event_is_heard_once() -> None:
    house, other = make_organisation(), make_organisation()
    (event,) = make_events("1")
    for p in (900, 700):
        make_items(make_person(), [(event, p)], organisation=house)
    make_items(make_person(), [(event, 500)], organisation=other)

    found = peers_of(Subject.ORGANISATIONS, house.pk)

    assert (found.propositions, found.boldness) == (1, Fraction(300, 1000))
