"""Names in bulk: recognised as one by one, new ones given a slug that nobody has."""

from __future__ import annotations

import pytest

from tests.builders import make_person, make_topic
from tracker.actions.import_registers import Register, Topics
from tracker.domain.errors import AmbiguousName, NotFound
from tracker.models import Person

pytestmark = pytest.mark.django_db


def register(*names: str, slugs: tuple[str, ...] = ()) -> Register[Person]:
    found = Register(Person, "person", "people")
    found.learn(names, slugs)
    return found


def test_two_of_a_name_and_an_unknown_slug_are_refused() -> None:
    make_person(name="Ada")
    make_person(name="Bo", aliases=["ada"])
    people = register("ADA")

    with pytest.raises(AmbiguousName, match="Several people go by “ADA”"):
        people.recognise(2, "ADA", "")
    with pytest.raises(NotFound):
        people.recognise(2, "", "nobody")


def test_a_name_is_folded_and_a_new_one_is_known_from_then_on() -> None:
    known = make_person(name="José Núñez", slug="jose")
    make_person(name="Another", slug="ada-example")
    people = register("jose  nunez", "Ada Example", "A. E.", slugs=("jose",))

    first = people.recognise(2, "Ada Example", "", aliases=("A. E.",))

    assert people.recognise(3, "jose  nunez", "") == known == people.recognise(3, "", "jose")
    assert first.slug == "ada-example-2"
    assert people.recognise(3, "A. E.", "") is first
    assert people.known("A. E.", "") == first.pk


def test_a_topic_is_known_by_slug_or_by_name_in_any_case() -> None:
    topic = make_topic(name="Syria", slug="syria-war")
    topics = Topics()

    assert topics.recognise(2, "SYRIA") == topics.recognise(2, "syria-war") == topic.pk
    assert topics.recognise(2, " ") is None
    assert topics.recognise(3, "Iraq") == topics.recognise(4, "iraq")
