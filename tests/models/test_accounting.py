"""Accounts follow whatever changes them, by raw SQL, too, and whoever does something beside it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from time import sleep
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from tests.builders import (
    FROZEN,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_snapshot,
    make_source,
    make_topic,
    make_user,
)
from tests.refusals import sql
from tracker.actions import tallies
from tracker.models import AccountItem, Claim
from tracker.models.account_tallies import ITEM_COLUMNS, ITEMS

TRIGGERS = (
    "claim_accounted",
    "claim_accounted_again",
    "proposition_accounts_claims",
    "resolution_accounts_claims",
    "resolution_accounts_claims_anew",
    "person_accounts_claims",
    "organisation_accounts_claims",
    "source_accounts_claims",
)
WAITING, PAUSE = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'", 0.01
HELD = f"SELECT {ITEM_COLUMNS} FROM tracker_accountitem"
DIFFERING = f"({HELD} EXCEPT {ITEMS}) UNION ALL ({ITEMS} EXCEPT {HELD})"


def world() -> Claim:
    """A frozen claim with all that its account hangs on, and one that hangs on its proposition."""
    outlet = make_organisation()
    snapshot = make_snapshot(source=make_source(outlet=outlet))
    given = make_proposition(topic=make_topic())
    make_claim(proposition=make_proposition(condition=given))
    return make_claim(
        quotation=make_quotation(snapshot=snapshot),
        organisation=make_organisation(),
        person=make_person(),
        proposition=given,
    )


def account_of(claim: Claim) -> tuple[Any, ...]:
    columns = ("account", "person_id", "organisation_id", "topic_id", "outlet_id", "hindsight")
    return tuple(AccountItem.objects.values_list(*columns).get(claim=claim))


def moved(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(proposition=make_proposition())


def merged_source(claim: Claim) -> None:
    whole = make_source(outlet=make_organisation())
    sql("UPDATE tracker_source SET merged_into_id = %s WHERE id <> %s", whole.pk, whole.pk)


def superseded(claim: Claim) -> None:
    before = make_resolution(proposition=claim.proposition)
    fields = {"proposition": claim.proposition, "seq": 2, "change_reason": "A source was missed."}
    with transaction.atomic():
        sql("UPDATE tracker_resolution SET superseded_by_id = id + 1 WHERE id = %s", before.pk)
        make_resolution(pk=before.pk + 1, outcome="ambiguous", **fields)


def published(claim: Claim) -> None:
    kept = make_resolution(proposition=claim.proposition, published=False, outcome="ambiguous")
    assert account_of(claim)[0] == "open"
    sql(
        "UPDATE tracker_resolution SET published_at = reply_until, published_by_id = decided_by_id"
        " WHERE id = %s",
        kept.pk,
    )


def merged_into(table: str, winner: Callable[[], Any], column: str) -> Callable[[Claim], None]:
    def merge(claim: Claim) -> None:
        whose = f"(SELECT {column} FROM tracker_accountitem WHERE claim_id = %s)"
        sql(f"UPDATE {table} SET merged_into_id = %s WHERE id = {whose}", winner().pk, claim.pk)

    return merge


def said(statement: str) -> Callable[[Claim], None]:
    return lambda claim: sql(statement, claim.pk) and None


OF_ITS_PROPOSITION = "id = (SELECT proposition_id FROM tracker_claim WHERE id = %s)"
CHANGES: dict[str, Callable[[Claim], None]] = {
    "a draft": lambda claim: make_claim(frozen=False) and None,
    "resolved": lambda claim: make_resolution(proposition=claim.proposition) and None,
    "published": published,
    "superseded": superseded,
    "another proposition": moved,
    "withdrawn": said(
        "UPDATE tracker_claim SET state = 'retracted', state_reason = 'Hers.' WHERE id = %s"
    ),
    "another kind": said("UPDATE tracker_claim SET kind = 'opinion' WHERE id = %s"),
    "in hindsight": said("UPDATE tracker_claim SET coded_after_outcome = TRUE WHERE id = %s"),
    "no number": said(
        "UPDATE tracker_claim SET p_low = NULL, p_point = NULL, p_high = NULL, p_tier = ''"
        " WHERE id = %s"
    ),
    "vague": said(f"UPDATE tracker_proposition SET specificity = 0 WHERE {OF_ITS_PROPOSITION}"),
    "no topic": said(f"UPDATE tracker_proposition SET topic_id = NULL WHERE {OF_ITS_PROPOSITION}"),
    "another person": merged_into("tracker_person", make_person, "person_id"),
    "another employer": merged_into("tracker_organisation", make_organisation, "organisation_id"),
    "another outlet": merged_into("tracker_organisation", make_organisation, "outlet_id"),
    "no outlet": said("UPDATE tracker_source SET outlet_id = NULL WHERE %s > 0"),
    "another page": merged_source,
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_accounts_are_those_of_the_record(change: Callable[[Claim], None]) -> None:
    claim = world()
    before = account_of(claim)

    change(claim)

    assert sql(DIFFERING) == []
    assert tallies.differences() == 0
    assert (account_of(claim) == before) is (change is CHANGES["a draft"])


@pytest.mark.django_db
def test_what_hangs_on_a_condition_follows_its_resolution() -> None:
    claim = world()
    hanging = Claim.objects.get(proposition__condition=claim.proposition)
    make_resolution(proposition=hanging.proposition, condition="met")
    assert account_of(hanging)[0] == "scored"

    make_resolution(proposition=claim.proposition, outcome="did_not")

    assert account_of(hanging)[0] == "void"
    assert sql(DIFFERING) == []


@pytest.mark.django_db
def test_a_claim_that_leaves_the_record_leaves_the_accounts() -> None:
    claim, twin = world(), make_claim()

    Claim.objects.filter(pk=claim.pk).update(state="merged", merged_into=twin)

    assert not AccountItem.objects.filter(claim=claim).exists()
    assert sql(DIFFERING) == []


@pytest.mark.usefixtures("committed")
@pytest.mark.django_db(transaction=True)
def test_a_claim_that_is_frozen_beside_its_resolution_is_accounted_for_by_both() -> None:
    claim = make_claim(frozen=False, kind="forecast", proposition=make_proposition())
    stated = "p_low = 800, p_point = 800, p_high = 800, p_tier = 'stated'"
    freezing = f"UPDATE tracker_claim SET state = 'frozen', frozen_at = %s, {stated}"
    editor, info = make_user(role="editor"), connection.connection.info
    resolving = Thread(
        target=lambda: (
            make_resolution(proposition=claim.proposition, decided_by=editor),
            connection.close(),
        )
    )
    with psycopg.connect(info.dsn, password=info.password) as other:
        other.execute(freezing.encode(), [FROZEN])
        resolving.start()
        while resolving.is_alive() and not sql(WAITING):
            sleep(PAUSE)
    resolving.join()

    assert account_of(claim)[0] == "scored"
    assert (sql(DIFFERING), tallies.differences()) == ([], 0)


@pytest.mark.django_db
def test_the_view_is_planned_once_a_session_and_not_for_every_claim() -> None:
    planned = sql("SELECT proconfig FROM pg_proc WHERE proname LIKE 'tracker\\_account%'")

    assert planned == [(["plan_cache_mode=force_generic_plan"],)] * 2
