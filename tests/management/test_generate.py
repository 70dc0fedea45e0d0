"""Invented claims: refused beside true ones, the same for the same seed, and honestly scored."""

from __future__ import annotations

import io
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_claim, make_person
from tests.refusals import sql
from tracker.actions import scores
from tracker.management.inventions import World
from tracker.models import Claim, ClaimAccount, Lexicon, Person, Quotation, ScoreItem


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_claim, make_person], ids=["a claim", "a person"])
def test_invented_claims_never_mix_with_true_ones(make: Any) -> None:
    make()

    with pytest.raises(CommandError, match="no way to force it"):
        call_command("generate", "--claims", "5")


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", [("0", "5"), ("5", "0")], ids=["no claims", "nobody"])
def test_something_must_be_invented(numbers: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="at least one"):
        call_command("generate", "--claims", numbers[0], "--people", numbers[1])


@pytest.fixture
def world(db: None) -> None:
    """Three hundred claims of forty people."""
    call_command("generate", "--claims", "300", "--people", "40", stdout=io.StringIO())


def test_invented_claims_are_scored_and_tallied(world: None) -> None:
    accounts = set(ClaimAccount.objects.values_list("account", flat=True))

    assert Claim.objects.count() == 300
    assert Person.objects.count() == 40
    assert {"scored", "open", "void", "verdict_only"} <= accounts
    assert ScoreItem.objects.count() == ClaimAccount.objects.filter(account="scored").count()
    assert scores.differences() == 0


def test_invented_quotations_are_word_for_word_and_new_rows_follow(world: None) -> None:
    wrong = sql(
        "SELECT 1 FROM tracker_quotation q JOIN tracker_snapshot s ON s.id = q.snapshot_id"
        ' WHERE substr(s.text, q.start + 1, q."end" - q.start) <> q.exact'
    )

    assert wrong == []
    assert make_claim().pk == Quotation.objects.count() == 301


def test_a_few_people_say_most(world: None) -> None:
    spoken = sql("SELECT count(*) FROM tracker_claim GROUP BY person_id ORDER BY 1 DESC LIMIT 5")

    assert sum(count for (count,) in spoken) > 300 * 5 / 40 * 2


@pytest.mark.django_db
def test_the_same_seed_invents_the_same() -> None:
    claims = [invented(seed) for seed in (1, 1, 2)]

    assert claims[0] == claims[1]
    assert claims[0] != claims[2]


def invented(seed: int) -> list[list[Any]]:
    """The rows of twenty claims, as they would be sent."""
    lexicon = Lexicon.objects.latest_frozen()
    assert lexicon is not None, "every installation has one"
    terms = list(lexicon.terms.order_by("score_p", "phrase"))
    world = World(Random(seed), coder=1, terms=terms, people=9, claims=20)
    world.invent(20)
    return world.stack(Claim).rows
