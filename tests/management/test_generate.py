"""Invented claims: refused beside true ones, the same for the same seed, and honestly scored."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.builders import make_claim, make_person
from tests.refusals import sql
from tracker.actions import claim_indexes, scores
from tracker.models import Claim, ClaimAccount, ClaimIndex, Person, Quotation, ScoreItem


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


@pytest.mark.django_db
def test_speakers_need_a_lexicon_to_take_words_from() -> None:
    # As a replica: otherwise the database refuses to thaw one.
    sql("SET LOCAL session_replication_role = replica")
    sql("UPDATE tracker_lexicon SET frozen_at = NULL")

    with pytest.raises(CommandError, match="no frozen lexicon"):
        call_command("generate", "--claims", "5")


@pytest.fixture
def world(db: None) -> None:
    """Three hundred claims of forty people."""
    call_command(
        *("generate", "--claims", "300", "--people", "40"),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )


def test_invented_claims_are_scored_and_tallied(world: None) -> None:
    accounts = set(ClaimAccount.objects.values_list("account", flat=True))

    assert Claim.objects.count() == 300
    assert Person.objects.count() == 40
    assert {"scored", "open", "void", "verdict_only"} <= accounts
    assert ScoreItem.objects.count() == ClaimAccount.objects.filter(account="scored").count()
    assert scores.differences() == 0
    assert claim_indexes.rebuild() == 0


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


def test_what_is_spoken_of_can_be_searched(world: None) -> None:
    (common,) = sql("SELECT count(*) FROM tracker_quotation WHERE exact LIKE '%ceasefire%'")
    words = sql(
        "SELECT count(*) FROM (SELECT regexp_split_to_table(lower(exact), '\\W+')"
        " FROM tracker_quotation GROUP BY 1) w"
    )

    assert common[0] > 3
    assert words[0][0] > 300


def test_whoever_is_numbered_later_spoke_later(world: None) -> None:
    days = list(Claim.objects.order_by("pk").values_list("said_on", flat=True))

    assert days == sorted(days)
    assert days[0] < days[-1]


@pytest.mark.django_db
def test_words_can_be_left_out() -> None:
    call_command(
        *("generate", "--claims", "20", "--people", "9", "--no-words"),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )

    assert not ClaimIndex.objects.exists()


@pytest.mark.django_db
def test_the_same_seed_invents_the_same() -> None:
    first, again, other = invented(1), invented(1), invented(2)

    assert first == again
    assert first != other


def invented(seed: int) -> list[list[Any]]:
    """The rows of twenty claims and of all they rest on, in a database that forgets them."""
    tables = "person", "proposition", "benchmark", "resolution", "snapshot", "quotation", "claim"
    with transaction.atomic():
        call_command(
            *("generate", "--claims", "20", "--people", "9", "--seed", str(seed)),
            stdout=io.StringIO(),
            stderr=io.StringIO(),
        )
        rows = [
            sql(f"SELECT row_to_json(t) FROM tracker_{table} t ORDER BY id") for table in tables
        ]
        transaction.set_rollback(True)
    return [[without_coder(row) for (row,) in found] for found in rows]


def without_coder(row: dict[str, Any]) -> dict[str, Any]:
    """The row without the account that wrote it, whose number is not drawn."""
    written_by = {"coder_id", "decided_by_id", "published_by_id", "captured_by_id"}
    return {name: value for name, value in row.items() if name not in written_by}
