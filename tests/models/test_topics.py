"""Topics: a tree, asked from any of its branches."""

from __future__ import annotations

import pytest

from tests.builders import make_topic
from tests.refusals import refused
from tracker.models import Topic

pytestmark = pytest.mark.django_db


def test_no_two_topics_share_a_slug() -> None:
    make_topic(slug="syria")

    with refused("tracker_topic_slug_key"):
        make_topic(slug="syria")


def test_a_topic_is_not_its_own_parent() -> None:
    topic = make_topic()

    with refused("topic_not_own_parent"):
        Topic.objects.filter(pk=topic.pk).update(parent=topic)


def test_within_holds_the_topic_and_all_below_it() -> None:
    war = make_topic()
    syria = make_topic(parent=war)
    aleppo = make_topic(parent=syria)
    make_topic()

    assert set(Topic.objects.within(war)) == {war, syria, aleppo}
    assert set(Topic.objects.within(aleppo)) == {aleppo}


def test_within_ends_although_parents_form_a_circle() -> None:
    first = make_topic()
    second = make_topic(parent=first)
    Topic.objects.filter(pk=first.pk).update(parent=second)

    assert set(Topic.objects.within(first)) == {first, second}


def test_a_topic_asks_for_one_to_five_judges() -> None:
    for judges in (0, 6):
        with refused("topic_judges_1_to_5"):
            make_topic(judges=judges)
