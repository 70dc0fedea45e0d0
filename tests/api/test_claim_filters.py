"""Claims can be narrowed to whatever a user would ask for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_term,
)
from tracker.actions.scores import rescore
from tracker.models import Claim, Lexicon


def ids(door: Door, **parameters: Any) -> set[int]:
    answer = door.read("claims/", **parameters)
    assert answer.status_code == 200, answer.json()
    return {row["id"] for row in answer.json()["results"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "nonsense"),
        ("kind", "forecast,nonsense"),
        ("account", "nonsense"),
        ("outcome", "nonsense"),
        ("provenance", "Z"),
        ("resolved", "maybe"),
        ("resolved_from", "2016-13-01"),
        ("nonsense", "1"),
    ],
)
def test_what_no_filter_names_or_takes_is_refused_by_name(
    coder: Door, name: str, value: str
) -> None:
    answer = coder.read("claims/", **{name: value})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == name


def test_several_values_stand_with_commas_or_one_by_one(coder: Door) -> None:
    ada, bo, cy = (make_claim(person=make_person(slug=slug)) for slug in ("ada", "bo", "cy"))
    Claim.objects.filter(pk=cy.pk).update(kind="opinion")

    assert ids(coder, speaker="ada,bo") == {ada.pk, bo.pk}
    assert ids(coder, speaker=["ada", "bo"]) == {ada.pk, bo.pk}
    assert ids(coder, kind=["opinion", "pledge_or_denial"]) == {cy.pk}
    assert ids(coder, kind="opinion,forecast") == {ada.pk, bo.pk, cy.pk}
    assert coder.read("claims/", kind="").status_code == 400


def test_an_organisation_stands_for_all_below_it_and_merged_into_it(coder: Door) -> None:
    top = make_organisation(slug="top")
    below = make_organisation(parent=make_organisation(parent=top))
    merged = make_organisation(merged_into=top)
    found = [make_claim(organisation=one) for one in (top, below, merged)]
    make_claim(organisation=make_organisation())

    assert ids(coder, organisation="top") == {claim.pk for claim in found}


def test_what_became_of_a_claim_can_be_asked_in_three_ways(coder: Door) -> None:
    settled, void, waiting = (make_claim() for _ in range(3))
    make_resolution(proposition=settled.proposition, outcome="came_true")
    make_resolution(proposition=void.proposition, outcome="void_condition", condition="not_met")
    make_resolution(proposition=waiting.proposition, published=False)
    rescore()

    assert ids(coder, account="scored") == {settled.pk}
    assert ids(coder, account="void,open") == {void.pk, waiting.pk}
    assert ids(coder, account="void,scored") == {void.pk, settled.pk}
    assert ids(coder, resolved="true") == {settled.pk, void.pk}
    assert ids(coder, resolved="false") == {waiting.pk}
    assert ids(coder, outcome="came_true,mostly") == {settled.pk}
    assert ids(coder, outcome="void_condition") == {void.pk}


def test_days_of_resolution_are_meant_with_both_ends(coder: Door) -> None:
    claim = make_claim()
    day = make_resolution(proposition=claim.proposition).published_at.date().isoformat()

    assert ids(coder, resolved_from=day, resolved_to=day) == {claim.pk}
    assert ids(coder, resolved_to="2000-01-01") == set()


def test_a_hedge_is_found_by_its_words_and_by_its_phrase(coder: Door) -> None:
    term = make_term(lexicon=Lexicon.objects.create(version="x", title="X"), phrase="might yet")
    by_phrase = make_claim(hedge="might just yet", hedge_term=term)
    by_words = make_claim(hedge="might yet")
    make_claim(hedge="surely")

    assert ids(coder, hedge="might yet") == {by_phrase.pk, by_words.pk}


def test_condition_grade_revision_and_hindsight_can_be_asked(coder: Door) -> None:
    first = make_claim(quotation=make_quotation(provenance="D"))
    conditional = make_claim(proposition=make_proposition(condition=make_proposition()))
    revised = make_claim(revises=first, coded_after_outcome=True)

    assert ids(coder, conditional="true") == {conditional.pk}
    assert ids(coder, provenance="D,E") == {first.pk}
    assert ids(coder, revision="true") == {revised.pk}
    assert ids(coder, coded_after_outcome="true") == {revised.pk}
