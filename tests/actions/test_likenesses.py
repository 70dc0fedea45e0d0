"""What may be the same is asked anew each time; what a person has decided is not asked again."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import make_claim, make_organisation, make_person, make_proposition
from tests.pairs import make_duplicate, reworded, twins
from tracker.actions.likenesses import (
    LOOKED_AT,
    like_claim,
    like_proposition,
    like_words,
    likely_claims,
    likely_propositions,
)
from tracker.models import Claim, Proposition

pytestmark = pytest.mark.django_db


def found(proposition: Proposition) -> list[Proposition]:
    return [one.record for one in like_proposition(proposition)]


def said(claim: Claim) -> list[Claim]:
    return [one.record for one in like_claim(claim)]


# --- propositions --------------------------------------------------------------------


def test_other_words_are_no_likeness() -> None:
    first, _ = reworded()
    make_proposition(statement="The harbour reopens before March.")

    assert len(found(first)) == 1


def test_propositions_in_like_words_are_suggested_to_each_other() -> None:
    first, second = reworded()

    assert found(first) == [second]
    assert found(second) == [first]
    assert 0.6 <= like_proposition(first)[0].likeness <= 1


def test_a_near_identical_one_is_found_among_many_that_share_a_phrase() -> None:
    shared = "The mayor of {} resigns before the end of summer."
    Proposition.objects.bulk_create(
        Proposition(statement=shared.format(sha256(bytes([n // 256, n % 256])).hexdigest()[:8]))
        for n in range(LOOKED_AT + 100)
    )
    asked = make_proposition(statement=shared.format("Homs"))
    twin = make_proposition(statement=shared.format("Homs, Syria"))

    assert found(asked)[0] == twin


def test_a_merged_proposition_is_neither_asked_nor_suggested() -> None:
    first, second = reworded()
    second.merged_into = first
    second.save()

    assert found(first) == found(second) == []


def test_the_same_condition_and_days_come_first() -> None:
    condition = make_proposition(statement="Moscow keeps its word.")
    asked = make_proposition(statement="Aleppo is besieged.", condition=condition)
    makers: dict[str, dict[str, Any]] = {
        "both": {"condition": condition},
        "condition": {"condition": condition, "deadline": date(2031, 1, 1)},
        "neither": {"deadline": date(2031, 1, 1)},
    }
    made = {
        name: make_proposition(statement="Aleppo is besieged!", **fields)
        for name, fields in reversed(makers.items())
    }

    alike = like_proposition(asked)

    assert [one.record for one in alike] == [made[name] for name in makers]
    assert [(one.same_condition, one.same_window) for one in alike] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_a_condition_that_was_merged_is_the_same_condition() -> None:
    kept, gone = make_proposition(), make_proposition(statement="Moscow keeps its word.")
    first = make_proposition(statement="Aleppo is besieged.", condition=gone)
    make_proposition(statement="Aleppo is besieged!", condition=kept)
    Proposition.objects.filter(pk=gone.pk).update(merged_into=kept)
    first.refresh_from_db()

    assert like_proposition(first)[0].same_condition


@pytest.mark.parametrize("state", ["proposed", "rejected"])
def test_what_a_person_has_looked_at_is_not_suggested_again(state: str) -> None:
    first, second = reworded()
    decided: dict[str, Any] = {}
    made = make_duplicate(kept_proposition=second, dropped_proposition=first)
    if state == "rejected":
        decided = {"decided_by": make_claim().coder, "decided_at": made.proposed_at}
        type(made).objects.filter(pk=made.pk).update(state=state, **decided)

    assert found(first) == found(second) == []
    assert likely_propositions() == []


def test_words_that_are_being_written_meet_those_on_record() -> None:
    exact = make_proposition(statement="The dam breaks before May.")
    close = make_proposition(statement="The dam breaks before June.")

    met = like_words("The dam breaks before May")

    assert [one for one, _ in met] == [exact, close]
    assert 1.0 == met[0][1] > met[1][1] > 0.6
    assert like_words(" ") == like_words("\0") == like_words("An unheard-of thing.") == []


# --- claims --------------------------------------------------------------------------


def test_what_another_speaker_said_is_no_duplicate() -> None:
    proposition = make_proposition()
    first, _ = (make_claim(proposition=proposition) for _ in "ab")

    assert said(first) == []


def test_the_same_speaker_on_the_same_proposition_is_suggested() -> None:
    first, second = twins()

    assert said(first) == [second]
    assert like_claim(first)[0].likeness == 1.0


def test_a_speaker_is_known_under_every_merged_record() -> None:
    winner = make_person()
    loser = make_person(merged_into=winner)
    proposition = make_proposition()
    first = make_claim(person=winner, proposition=proposition)
    second = make_claim(person=loser, proposition=proposition)

    assert said(first) == [second]
    assert said(second) == [first]
    assert [(one.later, one.earlier) for one in likely_claims()] == [(second, first)]


def test_an_organisation_is_not_the_person_who_speaks_for_it() -> None:
    house, proposition = make_organisation(), make_proposition()
    for_itself = make_claim(organisation=house, proposition=proposition)
    make_claim(organisation=house, person=make_person(), proposition=proposition)

    assert said(for_itself) == []
    assert likely_claims() == []


def test_claims_on_like_propositions_are_suggested_under_one_condition_only() -> None:
    person, (one, other) = make_person(), reworded()
    conditional = make_proposition(statement=one.statement, condition=make_proposition())
    first, second, _ = (make_claim(person=person, proposition=p) for p in (one, other, conditional))

    assert said(first) == [second]


def test_an_update_of_a_claim_is_not_its_duplicate() -> None:
    first, second = twins()
    Claim.objects.filter(pk=second.pk).update(revises=first)
    second.refresh_from_db()

    assert said(first) == said(second) == []
    assert likely_claims() == []


@pytest.mark.parametrize("fields", [{"proposition": None}, {"failed_test": "T4"}], ids=str)
def test_a_claim_without_meaning_has_no_likeness(fields: dict[str, Any]) -> None:
    state = "considered" if "failed_test" in fields else "draft"

    assert said(make_claim(frozen=False, state=state, **fields)) == []


# --- the worklist, and what it costs -------------------------------------------------


def test_the_worklist_puts_the_most_alike_first() -> None:
    first, second = reworded()
    one, other = (make_proposition(statement="The dam breaks before May.") for _ in "ab")

    pairs = likely_propositions()

    assert [(p.later, p.earlier) for p in pairs] == [(other, one), (second, first)]


def test_suggestions_take_as_many_queries_whatever_is_on_record() -> None:
    first, _ = twins(proposition=reworded()[0])
    proposition = Proposition.objects.get(pk=first.proposition_id)

    def count() -> list[int]:
        counts = []
        for ask in (
            lambda: like_claim(Claim.objects.select_related("person").get(pk=first.pk)),
            lambda: like_proposition(proposition),
            likely_propositions,
            likely_claims,
        ):
            with CaptureQueriesContext(connection) as asked:
                ask()
            counts.append(len(asked))
        return counts

    before = count()
    for _ in range(5):
        twins(person=first.person, proposition=reworded()[1])

    assert all(now <= then for now, then in zip(count(), before, strict=True))
