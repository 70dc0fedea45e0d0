"""What a merge of two speakers would change, before it does."""

from __future__ import annotations

import pytest

from tests import builders
from tracker.actions.subject_mergers import plan
from tracker.domain.errors import Conflict

pytestmark = pytest.mark.django_db


def test_a_record_is_not_merged_into_itself_or_twice() -> None:
    ada = builders.make_person()
    gone = builders.make_person(merged_into=ada)

    for loser, winner in ((ada, ada), (gone, ada), (ada, gone)):
        with pytest.raises(Conflict, match="both still stand"):
            plan(loser, winner)


def test_names_that_are_known_already_are_no_news() -> None:
    winner = builders.make_person(name="Ada Example", aliases=["A. Example"])
    loser = builders.make_person(name="A. Example", aliases=["Ada E.", "Ada Example"])

    assert plan(loser, winner).aliases == ("Ada E.",)


def test_what_counts_for_the_one_that_stands_is_counted() -> None:
    winner, loser = builders.make_organisation(), builders.make_organisation(kind="media")
    builders.make_claim(person=None, organisation=loser)
    builders.make_claim(person=None, organisation=loser)
    builders.make_claim(person=None, organisation=winner)
    builders.make_affiliation(organisation=loser)
    builders.make_source(outlet=loser)
    builders.make_organisation(merged_into=loser)

    found = plan(loser, winner)

    assert (found.claims, found.claims_there, found.affiliations) == (2, 1, 1)
    assert (found.sources, found.merged_before) == (1, 1)
