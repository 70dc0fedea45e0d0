"""The two views that statistics read, against the judging rules that they restate in SQL."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.db import models

from tests.builders import (
    JUDGED,
    make_claim,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_user,
)
from tests.refusals import sql
from tracker.domain.judging import (
    Ballot,
    ConditionAnswer,
    Method,
    OutcomeAnswer,
    condition_from,
)
from tracker.models import ClaimAccount, CurrentResolution, Proposition, Resolution

pytestmark = pytest.mark.django_db
OUTCOMES = [*OutcomeAnswer]
CONDITIONS = [*ConditionAnswer]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_sql_scores_an_outcome_as_the_domain_does(outcome: OutcomeAnswer) -> None:
    assert sql("SELECT tracker_y(%s)", outcome) == [(outcome.y,)]


@pytest.mark.parametrize("required", [True, False], ids=["must hold", "must fail"])
@pytest.mark.parametrize("outcome", [None, *OUTCOMES])
@pytest.mark.parametrize("judged", CONDITIONS)
def test_sql_answers_a_condition_as_the_domain_does(
    judged: ConditionAnswer, outcome: OutcomeAnswer | None, required: bool
) -> None:
    answered = sql("SELECT tracker_condition(%s, %s, %s)", judged, outcome, required)

    assert answered == [(condition_from(judged, outcome, required=required),)]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_sql_voids_an_outcome_as_the_domain_does(
    condition: ConditionAnswer, outcome: OutcomeAnswer
) -> None:
    result = sql("SELECT tracker_result(%s, %s)", condition, outcome)

    assert result == [(Ballot(condition, outcome).result,)]


# --- the view of current resolutions --------------------------------------------------


def settle(combinations: list[tuple[Any, ...]], conditions: dict[Any, Proposition | None]) -> None:
    """One published proposition and resolution for each combination, in two statements."""
    editor = make_user(role="editor")
    propositions = Proposition.objects.bulk_create(
        Proposition(statement=str(n), condition=conditions[fate], condition_required=required)
        for n, (fate, required, _, _) in enumerate(combinations)
    )
    Resolution.objects.bulk_create(
        Resolution(
            proposition=proposition,
            condition=judged,
            outcome=outcome,
            annul_reason="duplicate" if outcome is OutcomeAnswer.ANNULLED else "",
            method=Method.AGREED,
            decided_by=editor,
            decided_at=JUDGED,
            reply_until=JUDGED,
            published_by=editor,
            published_at=JUDGED,
        )
        for proposition, (_, _, judged, outcome) in zip(propositions, combinations, strict=True)
    )


def test_the_view_equals_the_domain_for_every_combination() -> None:
    fates: dict[OutcomeAnswer | None, Proposition | None] = {
        outcome: make_resolution(
            outcome=outcome, annul_reason="duplicate" if outcome == "annulled" else ""
        ).proposition
        for outcome in OUTCOMES
    }
    fates[None] = make_proposition()
    combinations = list(product(fates, [True, False], CONDITIONS, OUTCOMES))
    settle(combinations, fates)

    rows = CurrentResolution.objects.filter(proposition__condition__isnull=False)
    seen = {
        int(statement): tuple(rest)
        for statement, *rest in rows.values_list(
            "proposition__statement", "condition", "outcome", "y"
        )
    }

    for number, (fate, required, judged, outcome) in enumerate(combinations):
        held = condition_from(judged, fate, required=required)
        result = Ballot(held, outcome).result
        assert seen[number] == (held, result, result.y), combinations[number]


def stand(proposition: Proposition) -> tuple[str, str, int | None]:
    row = CurrentResolution.objects.get(proposition=proposition)
    return row.condition, row.outcome, row.y


MET = {"condition": ConditionAnswer.MET}


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        pytest.param(OutcomeAnswer.CAME_TRUE, ("met", "came_true", 1), id="all came true"),
        pytest.param(
            OutcomeAnswer.DID_NOT, ("undeterminable", "void_condition", None), id="root failed"
        ),
        pytest.param(OutcomeAnswer.OPEN, ("met", "came_true", 1), id="root too early"),
    ],
)
def test_a_condition_of_a_condition_carries_up(
    root: OutcomeAnswer, expected: tuple[str, str, int | None]
) -> None:
    lowest = make_resolution(outcome=root).proposition
    middle = make_proposition(condition=lowest)
    top = make_proposition(condition=middle)
    make_resolution(proposition=middle, **MET)
    make_resolution(proposition=top, **MET)

    assert stand(top) == expected


def test_what_is_unpublished_or_superseded_does_not_stand() -> None:
    waiting = make_resolution(published=False)
    ((pk,),) = sql("SELECT nextval(pg_get_serial_sequence('tracker_resolution', 'id'))")
    old = make_resolution(superseded_by_id=pk)
    new = make_resolution(
        pk=pk, proposition=old.proposition, seq=2, change_reason="New.", outcome="did_not"
    )

    assert not CurrentResolution.objects.filter(proposition=waiting.proposition).exists()
    assert CurrentResolution.objects.get(proposition=old.proposition).id == new.pk


def test_a_condition_counts_only_once_it_is_published() -> None:
    condition = make_resolution(outcome="did_not", published=False).proposition
    hanging = make_proposition(condition=condition)
    make_resolution(proposition=hanging, **MET)
    assert stand(hanging) == ("met", "came_true", 1)

    editor = make_user(role="editor")
    Resolution.objects.filter(proposition=condition).update(
        published_at=JUDGED, published_by=editor
    )

    assert stand(hanging) == ("not_met", "void_condition", None)


# --- the view of accounts -------------------------------------------------------------


def resolved(**fields: Any) -> dict[str, models.Model]:
    return {"proposition": make_resolution(**fields).proposition}


ACCOUNTS: dict[str, Callable[[], Any]] = {
    "scored": lambda: make_claim(**resolved()),
    "open": lambda: make_claim(),
    "void": lambda: make_claim(**resolved(condition="not_met")),
    "ambiguous": lambda: make_claim(**resolved(outcome="ambiguous")),
    "partly": lambda: make_claim(**resolved(outcome="partly")),
    "annulled": lambda: make_claim(**resolved(outcome="annulled", annul_reason="duplicate")),
    "unscored_kind": lambda: make_claim(kind="opinion", **resolved()),
    "abstained": lambda: make_claim(polarity="abstains", **resolved()),
    "no_probability": lambda: make_claim(p=None, p_tier="", **resolved()),
    "paraphrase": lambda: make_claim(quotation=make_quotation(provenance="D"), **resolved()),
    "vague": lambda: make_claim(
        proposition=make_resolution(proposition=make_proposition(specificity=0)).proposition
    ),
    "update": lambda: make_claim(revises=make_claim(frozen=False), **resolved()),
    "withdrawn": lambda: make_claim(state="misquote", state_reason="It is.", **resolved()),
}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_claim_that_left_the_drafts_is_accounted_for(account: str) -> None:
    claim = ACCOUNTS[account]()

    assert ClaimAccount.objects.get(claim=claim).account == account


def test_a_draft_has_no_account_yet() -> None:
    claim = make_claim(frozen=False)

    assert not ClaimAccount.objects.filter(claim=claim).exists()


def test_an_account_is_kept_under_the_record_that_a_person_was_merged_into() -> None:
    winner = make_person()
    claim = make_claim(person=make_person(merged_into=winner))

    assert ClaimAccount.objects.get(claim=claim).person == winner
