"""Claims: a speaker, a probability that is whole and in order, one stance per speaker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_round,
    make_verdict,
)
from tests.refusals import refused, sql
from tracker.models import Claim
from tracker.models.claims import ClaimState, FurtherQuotation

pytestmark = pytest.mark.django_db


def own(column: str) -> None:
    claim = make_claim()
    Claim.objects.filter(pk=claim.pk).update(**{column: claim})


def quote_twice() -> None:
    claim = make_claim()
    through: type[models.Model] = Claim.further_quotations.through
    ids = {"claim_id": claim.pk, "quotation_id": make_quotation().pk}
    through._default_manager.bulk_create([through(**ids), through(**ids)])


REFUSED: dict[str, Callable[[], Any]] = {
    "claim_kind_known": lambda: make_claim(kind="prophecy"),
    "claim_polarity_known": lambda: make_claim(polarity="shrugs"),
    "claim_tier_known": lambda: make_claim(p_tier="hunch"),
    "claim_state_known": lambda: make_claim(state="lost"),
    "claim_failed_test_known": lambda: make_claim(failed_test="T7"),
    "claim_has_speaker": lambda: make_claim(person=None),
    "claim_considered_names_test": lambda: make_claim(state=ClaimState.CONSIDERED),
    "claim_external_id_once": lambda: [make_claim(external_id="A1") for _ in "ab"],
    "claim_not_own_revision": lambda: own("revises"),
    "claim_not_own_distortion": lambda: own("distorts"),
    "tracker_claim_further_qu_claim_id_quotation_id_fe2e239b_uniq": quote_twice,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_an_organisation_speaks_for_itself() -> None:
    organisation = make_organisation()

    assert make_claim(organisation=organisation).speaker == organisation


def test_of_person_and_organisation_the_person_answers() -> None:
    person = make_person()

    assert make_claim(person=person, organisation=make_organisation()).speaker == person


@pytest.mark.parametrize("missing", ["proposition", "frozen_at", "kind"])
def test_a_frozen_claim_is_complete(missing: str) -> None:
    with refused("claim_frozen_is_complete"):
        make_claim(**{missing: "" if missing == "kind" else None})


def test_a_draft_may_lack_all_that_coding_adds() -> None:
    draft = make_claim(frozen=False)

    assert set(Claim.objects.drafts()) == {draft}
    assert not Claim.objects.frozen().exists()


@pytest.mark.parametrize("state", [ClaimState.RETRACTED, ClaimState.MISQUOTE])
def test_a_claim_is_withdrawn_with_a_reason(state: ClaimState) -> None:
    with refused("claim_withdrawn_with_reason"):
        make_claim(state=state)

    assert make_claim(state=state, state_reason="The paper corrected it.").pk


# --- probabilities -------------------------------------------------------------------

BROKEN = {
    "low above point": {"p_low": 801},
    "point above high": {"p_high": 799},
    "high above one": {"p_high": 1001},
    "a point alone": {"p_low": None, "p_high": None},
    "no low": {"p_low": None},
    "no point": {"p_point": None},
    "no high": {"p_high": None},
    "no tier": {"p_tier": ""},
    "a tier without numbers": {"p_low": None, "p_point": None, "p_high": None},
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_probability_is_whole_and_in_order(case: str) -> None:
    with refused("claim_probability_in_order"):
        make_claim(p=800, **BROKEN[case])


@pytest.mark.parametrize("p", [0, 1, 999, 1000])
def test_a_probability_runs_from_nought_to_one(p: int) -> None:
    assert make_claim(p=p).p_point == p


def test_a_claim_may_have_no_probability_at_all() -> None:
    assert make_claim(p=None, p_tier="").p_point is None


# --- one stance per speaker ----------------------------------------------------------


@pytest.mark.parametrize(
    "speaker",
    [
        pytest.param(lambda: {"person": make_person()}, id="a person"),
        pytest.param(lambda: {"organisation": make_organisation()}, id="an organisation"),
        pytest.param(
            lambda: {"person": make_person(), "organisation": make_organisation()}, id="both"
        ),
    ],
)
def test_a_speaker_takes_one_stance_on_a_proposition(
    speaker: Callable[[], dict[str, Any]],
) -> None:
    alike = {"proposition": make_proposition(), **speaker()}
    first = make_claim(**alike)

    with refused("claim_once_per_speaker"):
        make_claim(**alike)

    assert make_claim(**alike, revises=first).revises == first
    assert make_claim(**alike, frozen=False).state == ClaimState.DRAFT


def test_another_speaker_may_take_a_stance_on_the_same_proposition() -> None:
    proposition = make_proposition()

    make_claim(proposition=proposition)
    make_claim(proposition=proposition)

    assert proposition.claims.count() == 2


# --- separation of duties ------------------------------------------------------------


def test_who_judged_a_proposition_cannot_code_a_claim_on_it() -> None:
    verdict = make_verdict()

    with refused("claim_not_by_judge"):
        make_claim(proposition=verdict.round.proposition, coder=verdict.judge)


@pytest.mark.parametrize("column", ["proposition", "coder"])
def test_a_claim_is_not_moved_to_its_judge_either(column: str) -> None:
    verdict = make_verdict()
    whole = {"proposition": verdict.round.proposition, "coder": verdict.judge}
    other = {name: value for name, value in whole.items() if name != column}
    claim = make_claim(**other)

    with refused("claim_not_by_judge"):
        sql(
            f"UPDATE tracker_claim SET {column}_id = %s WHERE id = %s",
            whole[column].pk,
            claim.pk,
        )


def test_where_one_judge_is_enough_they_may_be_the_coder() -> None:
    round = make_round(needed=1)
    verdict = make_verdict(round=round)

    assert make_claim(proposition=round.proposition, coder=verdict.judge).coder == verdict.judge


def test_what_a_person_said_includes_what_merged_records_said() -> None:
    winner = make_person()
    loser = make_person(merged_into=winner)
    spoken = {make_claim(person=winner), make_claim(person=loser)}
    make_claim()

    assert set(Claim.objects.spoken_by(winner)) == spoken


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("further_quotation_immutable", lambda rows: rows.update(quotation=make_quotation())),
        ("further_quotation_never_deleted", lambda rows: rows.delete()),
    ],
    ids=["changed", "taken away"],
)
def test_a_further_quotation_stays(name: str, change: Callable[[Any], Any]) -> None:
    claim = make_claim()
    claim.further_quotations.add(make_quotation())

    with refused(name):
        change(FurtherQuotation.objects.filter(claim=claim))
