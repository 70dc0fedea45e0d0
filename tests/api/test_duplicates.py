"""Duplicates over REST: suggested, proposed, previewed, confirmed, followed ever after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door, claim_body
from tests.builders import (
    make_claim,
    make_person,
    make_proposition,
    make_quotation,
    make_round,
    make_verdict,
)
from tests.pairs import make_duplicate, merged, proposed, reworded, twins
from tracker.models import Claim, Proposition


def body(kept: Any, dropped: Any, **fields: Any) -> dict[str, Any]:
    noun = "claim" if isinstance(kept, Claim) else "proposition"
    return {f"kept_{noun}": kept.pk, f"dropped_{noun}": dropped.pk, "reason": "So it is.", **fields}


# --- proposals -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"reason": ""}, 400, "invalid"),
        ({"reason": " "}, 422, "comment_required"),
        ({"dropped_proposition": 10**9}, 422, "unknown"),
        ({"kept_claim": None}, 400, "invalid"),
        ({"likeness": 1}, 400, "invalid"),
    ],
    ids=["no reason", "a blank", "an unknown record", "null", "an unknown field"],
)
def test_what_is_no_pair_is_refused(
    coder: Door, fields: dict[str, Any], status: int, code: str
) -> None:
    answer = coder.send("duplicates/", body(*reworded(), **fields))

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("left_out", ["kept_proposition", "dropped_proposition"])
def test_half_a_pair_is_refused(coder: Door, left_out: str) -> None:
    sent = body(*reworded())
    del sent[left_out]

    answer = coder.send("duplicates/", sent)

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_value")
    assert "kept_proposition and dropped_proposition" in answer.json()["detail"]


def test_a_refusal_says_what_to_do_first(coder: Door) -> None:
    person = make_person()
    one, other = make_claim(person=person), make_claim(person=person)

    answer = coder.send("duplicates/", body(one, other))

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "merge or code these first" in answer.json()["detail"]


def test_a_proposal_shows_what_confirming_would_do(coder: Door) -> None:
    kept, dropped = reworded()
    person = make_person()
    later = make_claim(proposition=kept, person=person, said_on=date(2026, 2, 1))
    earlier = make_claim(proposition=dropped, person=person, said_on=date(2026, 1, 2))

    made = coder.send("duplicates/", body(kept, dropped))

    assert made.status_code == 201
    assert made.json()["preview"] == {
        "obstacles": [],
        "moved": [earlier.pk],
        "merged": [{"dropped": later.pk, "kept": earlier.pk}],
        "outcomes": [],
        "conditional": [],
        "notes": [],
    }
    assert made.json()["likeness"] == pytest.approx(1.0)
    assert Proposition.objects.get(pk=dropped.pk).merged_into is None


def test_somebody_else_confirms(coder: Door, door: Callable[[str], Door]) -> None:
    kept, dropped = reworded()
    path = f"duplicates/{coder.send('duplicates/', body(kept, dropped)).json()['id']}"

    own = coder.send(f"{path}/confirm/")
    done = door("coder").send(f"{path}/confirm/", {"reason": "Word for word."})
    again = door("coder").send(f"{path}/reject/", {"reason": "No."})

    assert (own.status_code, own.json()["code"]) == (409, "separation_of_duties")
    assert (done.status_code, done.json()["state"]) == (200, "merged")
    assert (done.json()["preview"], done.json()["decision_reason"]) == (None, "Word for word.")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_proposals_are_found_by_state_and_by_what_they_are_about(coder: Door) -> None:
    made = make_duplicate()
    rejected = make_duplicate()
    coder.send(f"duplicates/{rejected.pk}/reject/", {"reason": "No."})
    first, second = twins()
    claims = make_duplicate(kept_claim=first, dropped_claim=second)

    for query, expected in (
        ({"state": "proposed"}, [claims.pk, made.pk]),
        ({"state": "rejected"}, [rejected.pk]),
        ({"proposition": made.dropped_proposition_id}, [made.pk]),
        ({"claim": first.pk}, [claims.pk]),
    ):
        rows = coder.read("duplicates/", **query).json()["results"]
        assert [row["id"] for row in rows] == expected


def test_the_public_sees_no_proposal(public: Door) -> None:
    made = make_duplicate()

    assert public.read("duplicates/").json()["results"] == []
    assert public.read(f"duplicates/{made.pk}/").status_code == 404


# --- suggestions and utterances ------------------------------------------------------


def test_a_proposition_lists_what_says_the_same(coder: Door) -> None:
    first, second = reworded()

    found = coder.read(f"propositions/{first.pk}/similar/").json()

    assert [row["proposition"]["id"] for row in found] == [second.pk]
    assert (found[0]["same_condition"], found[0]["same_window"]) == (True, True)


def test_a_claim_lists_what_its_speaker_said_again(coder: Door) -> None:
    first, second = twins()

    found = coder.read(f"claims/{first.pk}/similar/").json()

    assert [row["claim"]["id"] for row in found] == [second.pk]
    assert found[0]["claim"]["words"] == second.quotation.exact


@pytest.mark.parametrize("noun", ["claims", "propositions"])
def test_suggestions_take_as_many_queries_however_many_there_are(coder: Door, noun: str) -> None:
    person, first = make_person(), reworded()[0]
    claim = make_claim(person=person, proposition=first)
    path = f"{noun}/{claim.pk if noun == 'claims' else first.pk}/similar/"

    def count() -> int:
        make_claim(person=person, proposition=reworded()[1])
        coder.read(path)
        with CaptureQueriesContext(connection) as asked:
            assert coder.read(path).json()
        return len(asked)

    assert count() == count()


def test_utterances_come_by_date_after_the_one_that_is_scored(coder: Door) -> None:
    claim = make_claim(quotation=make_quotation(said_last=date(2026, 1, 10)))
    for day in (date(2026, 3, 1), date(2026, 2, 1)):
        claim.further_quotations.add(make_quotation(said_last=day))

    found = coder.read(f"claims/{claim.pk}/utterances/").json()

    assert [row["said_last"] for row in found] == ["2026-01-10", "2026-02-01", "2026-03-01"]
    assert found[0]["id"] == claim.quotation_id
    assert found[0]["source"]["title"] == claim.quotation.snapshot.source.title


# --- what was merged -----------------------------------------------------------------


def test_a_merged_claim_answers_at_its_own_address(coder: Door) -> None:
    first, second = twins()
    update = make_claim(revises=second, distorts=second)
    merged(first, second)

    found = coder.read(f"claims/{second.pk}/").json()
    listed = [row["id"] for row in coder.read("claims/").json()["results"]]
    asked = [row["id"] for row in coder.read("claims/", state="merged").json()["results"]]

    assert (found["state"], found["merged_into"]) == ("merged", first.pk)
    assert sorted(listed) == [first.pk, update.pk]
    assert asked == [second.pk]
    links = coder.read(f"claims/{update.pk}/").json()
    assert (links["revises"], links["distorts"]) == (first.pk, first.pk)


def test_a_merged_proposition_answers_at_its_own_address(coder: Door) -> None:
    kept, dropped = reworded()
    merged(kept, dropped)

    found = coder.read(f"propositions/{dropped.pk}/").json()
    listed = [row["id"] for row in coder.read("propositions/").json()["results"]]
    asked = coder.read("propositions/", merged="true").json()["results"]

    assert found["merged_into"] == kept.pk
    assert listed == [kept.pk]
    assert [row["id"] for row in asked] == [dropped.pk]


def test_a_repeat_is_told_which_claim_says_it(coder: Door, frozen: dict[str, Any]) -> None:
    again = claim_body(
        source__url="https://example.org/b", proposition={"id": frozen["proposition"]["id"]}
    )
    before = Claim.objects.count()

    answer = coder.send("claims/", again)

    assert (answer.status_code, answer.json()["code"]) == (409, "already_logged")
    assert f"Claim {frozen['id']} says this already" in answer.json()["detail"]
    assert answer.json()["facts"]["claim"] == frozen["id"]
    assert Claim.objects.count() == before


# --- blindness -----------------------------------------------------------------------


def test_a_judge_learns_of_no_pair_that_they_have_yet_to_judge(judge: Door) -> None:
    first, second = twins()
    claims = make_duplicate(kept_claim=first, dropped_claim=second)
    words = make_duplicate(kept_proposition=first.proposition, dropped_proposition=reworded()[0])
    shown = make_duplicate()
    round = make_round(proposition=first.proposition)
    paths = [f"duplicates/{one.pk}/" for one in (claims, words)]
    paths += [f"claims/{first.pk}/similar/", f"claims/{first.pk}/utterances/"]

    assert [judge.read(path).status_code for path in paths] == [404] * 4
    assert [row["id"] for row in judge.read("duplicates/").json()["results"]] == [shown.pk]

    make_verdict(round=round, judge=judge.user)
    assert [judge.read(path).status_code for path in paths] == [200] * 4


def test_a_judge_is_shown_no_hidden_claim_beside_another(judge: Door) -> None:
    person, (one, other) = make_person(), reworded()
    open_one = make_claim(person=person, proposition=one)
    make_claim(person=person, proposition=other)
    make_round(proposition=other)

    assert judge.read(f"claims/{open_one.pk}/similar/").json() == []


def test_who_codes_and_judges_proposes_nothing_about_what_they_judge(judge: Door) -> None:
    assert judge.user is not None
    judge.user.groups.add(Group.objects.get(name="coder"))
    judged, other = make_proposition(), make_proposition()
    make_claim(proposition=judged)
    waiting = proposed(*reworded())
    make_round(proposition=judged)

    answer = judge.send("duplicates/", body(other, judged))

    assert (answer.status_code, answer.json()["code"]) == (409, "separation_of_duties")
    assert judge.send(f"duplicates/{waiting.pk}/confirm/").status_code == 200
