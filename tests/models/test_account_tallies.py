"""What became of claims, counted: what the tally refuses, and what it holds of the items."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import make_claim, make_lexicon, make_person, make_resolution, make_term
from tests.refusals import refused, sql
from tracker.actions import tallies
from tracker.models import AccountItem, AccountTally, LastTally

pytestmark = pytest.mark.django_db
TALLY = {
    "kind": "person",
    "subject_id": 1,
    "account": "scored",
    "tier": "stated",
    "hindsight": False,
    "verdict": "",
    "lexicon_id": 0,
    "n": 2,
    "flagged": 0,
    "one_judge": 0,
}
REFUSED = {
    "account_tally_marks_within_n": {"flagged": 3},
    "tracker_accounttally_n_check": {"n": -1, "flagged": -1, "one_judge": -1},
    "tracker_accounttally_flagged_check": {"flagged": -1},
    "tracker_accounttally_one_judge_check": {"one_judge": -1},
}
# What counts the items, whatever is done to them.
COUNTING = ("account_item_counted", "account_item_recounted", "account_item_uncounted")


def counted(person: int) -> list[tuple[Any, ...]]:
    rows = AccountTally.objects.filter(kind="person", subject_id=person).order_by("account")
    return list(rows.values_list("account", "lexicon_id", "n", "flagged", "one_judge"))


@pytest.mark.parametrize("name", REFUSED)
def test_an_account_holds_only_what_can_be_counted(name: str) -> None:
    other = ["tracker_accounttally_flagged_check", "tracker_accounttally_one_judge_check"]

    with refused(name, *(other if "n" in REFUSED[name] else ())):
        AccountTally.objects.create(**{**TALLY, **REFUSED[name]})


def test_an_account_is_counted_once() -> None:
    AccountTally.objects.create(**TALLY)

    with refused("account_tally_once"):
        AccountTally.objects.create(**TALLY)


def test_scored_claims_are_counted_by_lexicon_with_their_marks() -> None:
    lexicon, person = make_lexicon(frozen=False), make_person()
    make_term(lexicon=lexicon, phrase="might", mode="score_flag_possibility")
    for phrase in ("likely", "might"):
        term = lexicon.terms.get(phrase=phrase)
        read = make_claim(person=person, hedge=phrase, hedge_term=term, p_tier="lexicon")
        make_resolution(proposition=read.proposition, method="single")
    make_claim(person=person, hedge_term=lexicon.terms.get(phrase="might"), p_tier="lexicon")

    assert counted(person.pk) == [("open", 0, 1, 0, 0), ("scored", lexicon.pk, 2, 1, 2)]


def test_items_are_counted_whoever_writes_them() -> None:
    claim = make_claim()
    open_ones = [("open", 0, 1, 0, 0)]
    assert counted(claim.person_id) == open_ones

    sql("UPDATE tracker_accountitem SET account = 'void' WHERE claim_id = %s", claim.pk)
    assert counted(claim.person_id) == [("void", 0, 1, 0, 0)]

    sql("DELETE FROM tracker_accountitem WHERE claim_id = %s", claim.pk)
    assert counted(claim.person_id) == []

    sql("SELECT tracker_account(ARRAY[%s])", claim.pk)
    assert counted(claim.person_id) == open_ones
    assert tallies.differences() == 0


def test_accounts_have_a_stamp_of_their_own() -> None:
    claim = make_claim()
    before = LastTally.objects.get()

    sql("UPDATE tracker_claim SET note = 'Seen.' WHERE id = %s", claim.pk)
    same = LastTally.objects.get()
    make_claim()
    after = LastTally.objects.get()

    assert (same.stamp, same.accounts) == (before.stamp, before.accounts)
    assert after.stamp == before.stamp
    assert after.accounts != before.accounts


def test_an_item_says_what_became_of_its_claim() -> None:
    claim = make_claim()

    assert str(AccountItem.objects.get(claim=claim)) == f"{claim.pk}: open"
    assert str(AccountTally.objects.filter(kind="person").get()) == "1 open"
