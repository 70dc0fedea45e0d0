"""Resolutions: published after the reply window, superseded with a reason, appealed to others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.steps import (
    LATER,
    answer,
    forecast,
    judged,
    log,
    open_for,
    published,
    refused,
    resolved,
)
from tests.builders import (
    JUDGED,
    make_claim,
    make_person,
    make_proposition,
    make_user,
)
from tracker.actions.claims import withdraw_claim
from tracker.actions.resolutions import file_dispute, publish, record_reply, resolve, rule_on
from tracker.actions.scores import Subject, differences, record_of
from tracker.domain import errors
from tracker.models import Claim, Proposition, Resolution, Round, ScoreItem, User

pytestmark = pytest.mark.django_db


def editor() -> User:
    return make_user(role="editor")


def accounts() -> list[str]:
    """What became of every claim, in the order of their ids."""
    return [claim.account.account for claim in Claim.objects.order_by("id")]


def proposition_of(claim: Claim) -> Proposition:
    assert claim.proposition is not None
    return claim.proposition


# --- resolving -----------------------------------------------------------------------


@pytest.mark.parametrize("outcomes", [("came_true", "did_not"), ()], ids=["split", "unanswered"])
def test_a_round_that_settles_nothing_is_not_resolved(outcomes: tuple[str, ...]) -> None:
    what, by = make_proposition(), editor()
    round = judged(what, *outcomes) if outcomes else open_for(what)

    with refused(errors.ForbiddenMove, "round"):
        resolve(by=by, now=JUDGED, round=round)


def test_judges_do_not_resolve() -> None:
    round, judge = judged(make_proposition(), "open", "open"), make_user(role="judge")

    with refused(errors.NotPermitted):
        resolve(by=judge, now=JUDGED, round=round)


def test_a_resolution_says_what_the_round_settled_and_opens_the_reply_window() -> None:
    round = judged(make_proposition(), "mostly", "came_true")

    made = resolve(by=editor(), now=JUDGED, round=round, late=True, occurred_on=JUDGED.date())

    assert (made.outcome, made.condition, made.method) == (
        "mostly",
        "not_applicable",
        "near_agreed",
    )
    assert made.rationale == "Two papers report it."
    assert made.reply_until == JUDGED + timedelta(days=7)
    assert (made.seq, made.late, made.published_at) == (1, True, None)
    round.refresh_from_db()
    assert (round.state, round.closed_at) == ("settled", JUDGED)


def test_a_round_is_resolved_once() -> None:
    first, by = resolved(make_proposition()), editor()

    with refused(errors.ForbiddenMove, "round"):
        resolve(by=by, now=JUDGED, round=first.round, change_reason="Again.")


def test_a_second_resolution_supersedes_the_first_with_a_reason() -> None:
    claim, by = make_claim(), editor()
    first = published(proposition_of(claim))
    round = judged(proposition_of(claim), "did_not", "did_not")

    with refused(errors.CommentRequired, "change_reason"):
        resolve(by=by, now=LATER, round=round, change_reason=" ")

    second = resolve(by=by, now=LATER, round=round, change_reason="A source was missed.")
    first.refresh_from_db()
    assert (first.superseded_by, second.seq, accounts()) == (second, 2, ["open"])
    publish(by=by, now=LATER, resolution=second, override_reason="The speaker agrees.")
    assert ScoreItem.objects.get().y == 0
    assert list(Resolution.objects.current()) == [second]
    with refused(errors.ResolutionPublished, "resolution"):
        publish(by=by, now=LATER, resolution=first)


# --- publishing ----------------------------------------------------------------------


def test_a_resolution_is_published_after_the_reply_window_or_with_a_reason() -> None:
    made, by = resolved(make_proposition()), editor()
    early = made.reply_until - timedelta(seconds=1)

    with refused(errors.ReplyWindowOpen, "override_reason"):
        publish(by=by, now=early, resolution=made, override_reason=" ")

    hurried = publish(by=by, now=early, resolution=made, override_reason="They replied.")
    assert (hurried.published_at, hurried.override_reason) == (early, "They replied.")
    other = resolved(make_proposition())
    assert publish(by=by, now=other.reply_until, resolution=other).published_by == by


def test_a_resolution_is_published_once_and_the_superseded_never() -> None:
    what, by = make_proposition(), editor()
    unpublished = resolved(what)
    second = published(what, "did_not", change_reason="A source was missed.")

    with refused(errors.ResolutionPublished, "resolution"):
        publish(by=by, now=LATER, resolution=second)
    with refused(errors.Conflict, "resolution"):
        publish(by=by, now=LATER, resolution=unpublished)


# --- replies and appeals -------------------------------------------------------------


def test_a_reply_is_kept_word_for_word() -> None:
    made, by = resolved(make_proposition()), editor()
    for empty in ("author", "text"):
        with refused(errors.RequiredField, empty):
            words = {"author": "Jo Doe", "text": "No.", empty: " "}
            record_reply(by=by, now=JUDGED, resolution=made, **words)

    reply = record_reply(
        by=by, now=JUDGED, resolution=made, author="Jo", text="I said “if”.", person=make_person()
    )

    assert (reply.text, reply.recorded_by) == ("I said “if”.", by)


COMPLAINT = {"ground": "evidence", "text": "A source was missed.", "filed_by": "Jo Doe"}


def test_what_is_not_published_cannot_be_disputed_nor_for_no_reason() -> None:
    waiting, made, by = resolved(make_proposition()), published(make_proposition()), editor()

    with refused(errors.Conflict, "resolution"):
        file_dispute(by=by, now=LATER, resolution=waiting, **COMPLAINT)
    for empty in COMPLAINT:
        with refused(errors.RequiredField, empty):
            file_dispute(by=by, now=LATER, resolution=made, **{**COMPLAINT, empty: ""})


UPHELD = {"ruling": "upheld", "reason": "Indeed."}
BAD: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "an unknown ruling": ({"ruling": "maybe"}, errors.UnknownValue, "ruling"),
    "no ruling at all": ({"ruling": "pending"}, errors.UnknownValue, "ruling"),
    "no reason": ({"reason": " "}, errors.CommentRequired, "reason"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_ruling_is_refused_whole(case: str) -> None:
    changes, error, field = BAD[case]
    by = editor()
    dispute = file_dispute(by=by, now=LATER, resolution=published(make_proposition()), **COMPLAINT)

    with refused(error, field):
        rule_on(
            **{
                "by": by,
                "now": LATER,
                "dispute": dispute,
                "ruling": "upheld",
                "reason": "Indeed.",
                **changes,
            }
        )


def test_an_appeal_that_is_upheld_is_judged_by_others() -> None:
    made, by = published(make_proposition()), editor()
    dispute = file_dispute(by=by, now=LATER, resolution=made, **COMPLAINT)
    assert made.round is not None
    judge = made.round.verdicts.order_by("id")[0].judge

    ruled = rule_on(by=by, now=LATER, dispute=dispute, ruling="upheld", reason="Indeed.")

    assert ruled.new_round is not None
    assert (ruled.new_round.reason, ruled.new_round.number) == ("appeal", 2)
    with refused(errors.SeparationOfDuties, "judge"):
        answer(ruled.new_round, by=judge)
    assert answer(ruled.new_round).stage == "independent"
    with refused(errors.Conflict, "dispute"):
        rule_on(by=by, now=LATER, dispute=dispute, ruling="rejected", reason="Or not.")


def test_an_appeal_that_is_rejected_opens_nothing() -> None:
    by = editor()
    dispute = file_dispute(by=by, now=LATER, resolution=published(make_proposition()), **COMPLAINT)

    ruled = rule_on(by=by, now=LATER, dispute=dispute, ruling="rejected", reason="Seen before.")

    assert (ruled.ruling, ruled.ruled_by, ruled.new_round) == ("rejected", by, None)
    assert Round.objects.count() == 1


# --- what hangs on a condition -------------------------------------------------------


def test_an_unmet_condition_voids_every_claim_that_hangs_on_it() -> None:
    condition = make_proposition()
    middle = make_proposition(condition=condition)
    claims = [
        make_claim(proposition=middle),
        make_claim(proposition=middle),
        make_claim(proposition=make_proposition(condition=middle)),
        make_claim(proposition=make_proposition(condition=condition, condition_required=False)),
        make_claim(),
    ]
    for what in dict.fromkeys(proposition_of(claim) for claim in claims):
        published(what)
    assert accounts() == ["scored"] * 5

    published(condition, "did_not")

    assert accounts() == ["void", "void", "void", "scored", "scored"]
    assert ScoreItem.objects.count() == 2
    assert differences() == 0
    assert record_of(Subject.PEOPLE, claims[2].person_id or 0).accounts == {"void": 1}


def test_a_condition_that_is_met_after_all_brings_the_claims_back() -> None:
    condition = make_proposition()
    make_claim(proposition=make_proposition(condition=condition))
    published(proposition_of(Claim.objects.get()))
    published(condition, "did_not")

    published(condition, "came_true", change_reason="A source was missed.")

    assert (accounts(), differences()) == (["scored"], 0)


def test_a_condition_that_nobody_can_tell_voids_too() -> None:
    condition = make_proposition()
    make_claim(proposition=make_proposition(condition=condition))
    published(proposition_of(Claim.objects.get()))

    published(condition, "ambiguous")

    assert accounts() == ["void"]


def test_a_retracted_claim_leaves_the_scores_and_stays_counted() -> None:
    claim = log(forecast())
    published(proposition_of(claim))
    assert accounts() == ["scored"]

    withdraw_claim(by=editor(), claim=claim, state="retracted", reason="The speaker took it back.")

    assert (accounts(), ScoreItem.objects.count(), differences()) == (["withdrawn"], 0, 0)
    assert record_of(Subject.PEOPLE, claim.person_id or 0).accounts == {"withdrawn": 1}
