"""Scores as of an earlier moment; who sees what of the past, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.api.conftest import Door
from tests.api.past import at, coded_in_steps, ids, resolved_twice
from tests.builders import (
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_quotation,
    make_resolution,
    make_round,
    make_snapshot,
    make_source,
    make_topic,
    make_verdict,
)
from tests.moments import dated, hours
from tracker.actions.scores import rescore
from tracker.models import Claim, Resolution, User


@pytest.fixture
def coded(db: None) -> Claim:
    return coded_in_steps()


@pytest.fixture
def revised(db: None) -> tuple[Resolution, Resolution]:
    return resolved_twice()


# --- scores --------------------------------------------------------------------------


def test_a_score_of_the_past_is_computed_from_what_stood_then(
    coder: Door, revised: tuple[Resolution, Resolution]
) -> None:
    def read_at(n: int) -> tuple[Any, ...]:
        found = coder.read("scores/people/ada/", as_of=at(n)).json()
        assert found["as_of"] == hours(n).isoformat()
        return found["accounts"], found["brier"]

    assert coder.read("scores/people/ada/", as_of="2016-01-01").status_code == 404
    assert [read_at(n) for n in (1, 2, 3, 4)] == [
        ({"open": 1}, None),
        ({"scored": 1}, pytest.approx(0.04)),
        ({"open": 1}, None),
        ({"scored": 1}, pytest.approx(0.64)),
    ]


def test_the_table_of_the_past_names_who_stood_in_it(coder: Door, revised: Any) -> None:
    late = make_claim()
    dated(hours(5))

    def people_at(n: int) -> list[int]:
        rows = coder.read("scores/people/", as_of=at(n)).json()["results"]
        return [row["subject"]["id"] for row in rows]

    assert people_at(5) == [*people_at(4), late.person_id]


@pytest.mark.parametrize("kind", ["people", "organisations", "topics", "outlets"])
def test_as_of_now_scores_are_those_that_are_kept(coder: Door, kind: str) -> None:
    source = make_source(outlet=make_organisation())
    claim = make_claim(
        person=make_person(),
        organisation=make_organisation(),
        proposition=make_proposition(topic=make_topic()),
        quotation=make_quotation(snapshot=make_snapshot(source=source)),
    )
    make_resolution(proposition=claim.proposition)
    rescore()

    now = coder.read(f"scores/{kind}/").json()["results"]
    then = coder.read(f"scores/{kind}/", as_of=timezone.now().isoformat()).json()["results"]

    assert [row | {"as_of": ""} for row in now] == [row | {"as_of": ""} for row in then]
    assert now[0]["n"] == 1


@pytest.mark.parametrize("picture", ["ada/calibration.svg", "caterpillar.svg"])
def test_pictures_show_the_past_too(coder: Door, revised: Any, picture: str) -> None:
    drawn = {n: coder.read(f"scores/people/{picture}", as_of=at(n)).content for n in (1, 2, 4)}
    today = coder.read(f"scores/people/{picture}").content

    assert drawn[4] == today
    assert len(set(drawn.values())) > 1


# --- who sees what, and what it costs ------------------------------------------------


@pytest.fixture
def appealed(revised: tuple[Resolution, Resolution]) -> Resolution:
    """A published resolution whose proposition is judged anew."""
    make_round(proposition=revised[0].proposition)
    return revised[0]


def test_what_a_judge_must_not_see_now_was_hidden_then(judge: Door, appealed: Resolution) -> None:
    claim = Claim.objects.get()

    for n in range(5):
        assert judge.read(f"claims/{claim.pk}/", as_of=at(n)).status_code == 404
        assert judge.read(f"resolutions/{appealed.pk}/", as_of=at(n)).status_code == 404
        for path in ("claims/", "resolutions/"):
            assert ids(judge.read(path, as_of=at(n))) == []


def test_who_codes_and_judges_is_blind_to_the_past_too(coder: Door, appealed: Resolution) -> None:
    assert coder.user is not None
    assert coder.read(f"resolutions/{appealed.pk}/", as_of=at(4)).status_code == 200

    coder.user.groups.add(Group.objects.get(name="judge"))
    both = Door()
    both.force_authenticate(User.objects.get(pk=coder.user.pk))

    assert both.read(f"resolutions/{appealed.pk}/", as_of=at(4)).status_code == 404
    assert both.read("scores/people/", as_of=at(4)).status_code == 403


def test_a_claim_is_hidden_even_where_it_spoke_to_something_else_then(judge: Door) -> None:
    claim = make_claim(frozen=False, proposition=make_proposition())
    dated(hours(1))
    Claim.objects.update(proposition=make_round().proposition)
    dated(hours(2))

    assert judge.read(f"claims/{claim.pk}/", as_of=at(1)).status_code == 404
    assert ids(judge.read("claims/", as_of=at(1))) == []


def test_a_claim_that_spoke_to_what_is_judged_now_is_hidden_then(judge: Door) -> None:
    judged = make_round().proposition
    claim = make_claim(frozen=False, proposition=judged)
    dated(hours(1))
    Claim.objects.update(proposition=make_proposition())
    dated(hours(2))

    assert judge.read(f"claims/{claim.pk}/", as_of=at(1)).status_code == 404
    assert judge.read(f"claims/{claim.pk}/", as_of=at(2)).status_code == 200


@pytest.mark.parametrize(
    "path", ["people/", "people/ada/", "people/ada/calibration.svg", "people/caterpillar.svg"]
)
def test_scores_before_and_after_do_not_tell_a_judge_who_spoke(
    judge: Door, editor: Door, appealed: Resolution, path: str
) -> None:
    answer = judge.read(f"scores/{path}", as_of=at(4))
    free = editor.read(f"scores/{path}", as_of=at(4))
    make_verdict(round=appealed.proposition.rounds.get(), judge=judge.user)
    answered = judge.read(f"scores/{path}", as_of=at(4))

    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert answer.json()["errors"][0]["field"] == "as_of"
    assert (free.status_code, answered.status_code) == (200, 200)


def test_the_public_reads_of_the_past_what_was_published_then(public: Door, coded: Claim) -> None:
    seen = [n for n in range(5) if ids(public.read("claims/", as_of=at(n)))]

    assert seen == [3, 4]
    assert public.read(f"claims/{coded.pk}/", as_of=at(2)).status_code == 404


def test_the_public_finds_a_speaker_since_the_first_published_claim(
    public: Door, coder: Door, coded: Claim
) -> None:
    path = f"scores/people/{coded.person_id}/"

    found = [
        [door.read(path, as_of=at(n)).status_code for n in (0, 1, 3)] for door in (public, coder)
    ]

    assert found == [[404, 404, 200], [404, 200, 200]]


def asked(door: Door, path: str, **query: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert door.read(path, **query).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("path", ["claims/", "resolutions/"])
@pytest.mark.parametrize(("role", "more"), [("coder", 0), ("judge", 2)])
def test_the_past_costs_as_many_queries_however_much_there_is(
    door: Callable[[str], Door], path: str, role: str, more: int
) -> None:
    reader, then = door(role), timezone.now().isoformat()
    make_round(proposition=make_claim().proposition)
    make_resolution(proposition=make_claim().proposition)
    asked(reader, path, as_of=then)  # reads the roles and the views' texts, once and for all
    now, one = asked(reader, path), asked(reader, path, as_of=then)
    for _ in range(3):
        make_round(proposition=make_claim().proposition)
        make_resolution(proposition=make_claim().proposition)

    many = asked(reader, path, as_of=then)

    assert len(many) == len(one) == len(now) + more
