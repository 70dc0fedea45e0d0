"""How lists are searched."""

from __future__ import annotations

import pytest

from tests import builders
from tracker.admin.searches import named_like, quoted_like, said_by_or_like, worded_like
from tracker.models import Claim, Person, Quotation, Topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("term", "found"),
    [("lister", True), ("charles lis", True), ("chuck", True), ("(", False), ("a\0b", False)],
)
def test_a_person_is_found_by_parts_of_the_name_or_an_alias(term: str, found: bool) -> None:
    person = builders.make_person(name="Charles Lister", aliases=["Chuck"])

    assert (person in named_like(Person.objects.all(), term)) is found


def test_every_word_must_stand_somewhere() -> None:
    topic = builders.make_topic(name="Russia in Syria")

    assert not worded_like(Topic.objects.all(), "syria iraq", "name").exists()
    assert topic in worded_like(Topic.objects.all(), "syria russia", "name")


def test_a_claim_is_found_by_its_speaker_or_its_words() -> None:
    claim = builders.make_claim(
        person=builders.make_person(name="Boris Zilberman"),
        quotation=builders.make_quotation(exact="They are hostage"),
    )
    builders.make_claim()

    for term in ("zilberman", "zilb", "hostage", "They hostages", '"are hostage"'):
        assert list(said_by_or_like(Claim.objects.all(), term)) == [claim]
    for term in ("iraq", "(", "x\0q", "zilberman iraq"):
        assert not said_by_or_like(Claim.objects.all(), term).exists()
    assert said_by_or_like(Claim.objects.all(), " ").count() == 2


@pytest.mark.parametrize("few", [0, 2_000], ids=["many are like that", "few are"])
def test_the_many_are_asked_for_and_the_few_are_named(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("tracker.admin.searches.FEW", few)
    monkeypatch.setattr("tracker.models.claim_indexes.FEW", few)
    ada = builders.make_person(name="Ada Example")
    quotation = builders.make_quotation(exact="They are hostage")
    claim = builders.make_claim(person=ada, quotation=quotation)
    further = builders.make_quotation(exact="They will be bargained for")
    claim.further_quotations.add(further)
    builders.make_claim()

    for term in ("ada", "hostage"):
        assert list(said_by_or_like(Claim.objects.all(), term)) == [claim]
    assert list(quoted_like(Quotation.objects.all(), "hostage they")) == [quotation]
    assert list(quoted_like(Quotation.objects.all(), "bargained they")) == [further]
    assert not quoted_like(Quotation.objects.all(), "hostage elsewhere").exists()
