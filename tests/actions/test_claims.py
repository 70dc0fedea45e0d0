"""Claims: logged in one transaction or not at all, coded later, frozen, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.actions.bad_claims import REFUSED
from tests.actions.steps import (
    census,
    claim,
    forecast,
    log,
    proposition,
    published,
    refused,
)
from tests.builders import (
    CODED,
    SAID,
    make_claim,
    make_proposition,
    make_quotation,
    make_snapshot,
    make_user,
    make_verdict,
)
from tracker.actions.claims import (
    add_quotation,
    code_claim,
    freeze_claim,
    log_claim,
    missing,
    withdraw_claim,
)
from tracker.actions.documents import QuotationDraft
from tracker.actions.people import OrganisationDraft, SpeakerDraft
from tracker.actions.propositions import PropositionDraft
from tracker.domain import errors
from tracker.models import Claim

pytestmark = pytest.mark.django_db
EVE = SAID - timedelta(days=1)

# --- what is refused leaves nothing behind -------------------------------------------


@pytest.mark.parametrize("case", REFUSED)
def test_a_claim_is_refused_whole(case: str) -> None:
    changes, error, field = REFUSED[case]
    coder = make_user()

    with refused(error, field):
        log_claim(by=coder, now=CODED, draft=claim(**changes))


@pytest.mark.parametrize("role", ["judge", ""])
def test_only_coders_and_editors_log(role: str) -> None:
    stranger = make_user(role=role)

    with refused(errors.NotPermitted):
        log(by=stranger)


def test_a_known_proposition_that_was_due_before_the_statement_is_refused() -> None:
    past = make_proposition(deadline=EVE)
    coder = make_user()

    with refused(errors.DeadlineBeforeStatement, "deadline"):
        log(forecast(proposition=PropositionDraft(id=past.pk)), by=coder)


def test_an_assertion_of_fact_may_be_about_the_past() -> None:
    draft = forecast(proposition=proposition(deadline=EVE), kind="assertion_of_fact")

    assert log(draft).state == "frozen"


def test_a_speaker_takes_one_stance_on_a_proposition() -> None:
    first, coder = log(forecast()), make_user()
    again = forecast(
        proposition=PropositionDraft(id=first.proposition_id),
        speaker=SpeakerDraft(person=str(first.person)),
    )

    with refused(errors.AlreadyLogged, "claim"):
        log(again, by=coder)

    assert log(replace(again, revises=first.pk)).revises == first


def test_an_external_id_is_given_once() -> None:
    log(claim(external_id="A1"))
    coder = make_user()

    with refused(errors.AlreadyLogged, "external_id"):
        log(claim(external_id="A1"), by=coder)


def test_who_judged_a_proposition_cannot_code_claims_on_it() -> None:
    verdict = make_verdict(judge=make_user(role="editor"))
    draft = claim(proposition=PropositionDraft(id=verdict.round.proposition_id))

    with refused(errors.SeparationOfDuties, "coder"):
        log(draft, by=verdict.judge)


# --- logged now, coded later ---------------------------------------------------------


def test_source_quotation_and_speaker_are_enough_for_a_draft() -> None:
    draft = log()

    assert draft.state == "draft"
    assert draft.said_on == SAID
    assert missing(draft) == (
        "Say what kind of claim it is.",
        "Name the proposition that the claim speaks to.",
    )


LACKS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "criteria": (
        "forecast",
        {"criteria": ""},
        ("The proposition needs criteria: what world would make it wrong?",),
    ),
    "deadline": (
        "forecast",
        {"deadline": None},
        ("The proposition needs a deadline, or a day on which to review it.",),
    ),
    "condition": ("conditional_forecast", {}, ("A conditional forecast needs its condition.",)),
    "criteria of the condition": (
        "conditional_forecast",
        {"condition": proposition(criteria="")},
        ("Its condition: The proposition needs criteria: what world would make it wrong?",),
    ),
}


@pytest.mark.parametrize("case", LACKS)
def test_what_is_missing_is_said_in_sentences(case: str) -> None:
    kind, changes, sentences = LACKS[case]
    coder = make_user()
    draft = log(claim(kind=kind, proposition=proposition(**changes)), by=coder)

    with refused(errors.NotReady, "claim") as caught:
        freeze_claim(by=coder, now=CODED, claim=draft)

    assert missing(draft) == sentences
    assert caught.value.facts["missing"] == list(sentences)


def test_a_draft_is_coded_later_and_frozen_with_its_condition() -> None:
    draft, coder = log(), make_user()
    condition = proposition()

    coded = code_claim(
        by=coder,
        now=CODED,
        claim=draft,
        kind="conditional_forecast",
        hedge="likely",
        proposition=proposition(condition=condition),
    )
    frozen = freeze_claim(by=coder, now=CODED, claim=coded)

    assert missing(frozen) == ()
    assert frozen.frozen_at == CODED
    assert frozen.proposition is not None and frozen.proposition.condition is not None
    assert frozen.proposition.frozen_at == frozen.proposition.condition.frozen_at == CODED
    assert freeze_claim(by=coder, now=CODED + timedelta(1), claim=frozen).frozen_at == CODED


@pytest.mark.parametrize(
    "changes", [{"kind": "opinion"}, {"p_point": 10}, {"proposition": proposition()}], ids=str
)
def test_a_frozen_claim_takes_notes_only(changes: dict[str, Any]) -> None:
    frozen, coder = log(forecast()), make_user()

    with refused(errors.ForbiddenMove, "claim"):
        code_claim(by=coder, now=CODED, claim=frozen, **changes)

    assert code_claim(by=coder, now=CODED, claim=frozen, note="Seen twice.").note == "Seen twice."


def test_a_draft_takes_no_unknown_fields() -> None:
    draft, coder = log(), make_user()

    with refused(errors.UnknownValue, "person"):
        code_claim(by=coder, now=CODED, claim=draft, person=None)


def test_a_claim_that_fails_a_test_is_kept_as_considered() -> None:
    coder = make_user()

    assert log(claim(failed_test="T3")).state == "considered"
    later = code_claim(by=coder, now=CODED, claim=log(), failed_test="T4", state_reason="Vague.")
    assert (later.state, later.failed_test, missing(later)) == ("considered", "T4", ())


# --- withdrawn, quoted again ---------------------------------------------------------


def test_a_claim_is_withdrawn_with_a_reason_and_as_something() -> None:
    frozen, coder = make_claim(), make_user()

    with refused(errors.CommentRequired, "reason"):
        withdraw_claim(by=coder, claim=frozen, state="misquote", reason=" ")
    with refused(errors.UnknownValue, "state"):
        withdraw_claim(by=coder, claim=frozen, state="draft", reason="Wrong.")

    withdrawn = withdraw_claim(by=coder, claim=frozen, state="misquote", reason="Corrected.")
    assert (withdrawn.state, withdrawn.state_reason) == ("misquote", "Corrected.")


def test_another_utterance_is_added_to_the_claim_and_the_first_stays_the_scored_one() -> None:
    first, again = make_claim(), make_quotation()

    add_quotation(by=make_user(), claim=first, quotation=again)

    assert list(first.further_quotations.all()) == [again]
    assert Claim.objects.get().quotation == first.quotation


# --- cost and concurrency ------------------------------------------------------------


def test_a_logged_claim_costs_a_fixed_number_of_queries() -> None:
    log(forecast())
    draft = forecast(
        hedge="likely",
        proposition=proposition(condition=proposition(), topic="War"),
        kind="conditional_forecast",
        speaker=SpeakerDraft(person="Jo Doe", organisation=OrganisationDraft(name="Institute")),
    )
    coder = make_user()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        log(draft, by=coder)

    assert len(queries) <= 61


def test_what_is_known_is_logged_again_without_new_rows_but_the_claim_and_its_event() -> None:
    snapshot = make_snapshot()
    known = forecast()
    first = log(known)
    before = census()

    log(
        replace(
            known,
            proposition=PropositionDraft(id=first.proposition_id),
            quotation=QuotationDraft(id=first.quotation_id),
            freeze=False,
        )
    )

    changed = {name for name, rows in census().items() if rows != before[name]}
    assert snapshot.source != first.quotation.snapshot.source
    assert changed == {
        "tracker_claim",
        "tracker_claimhistoryevent",
        "tracker_claimindex",
        "tracker_event",
        "tracker_user",
        "tracker_userhistoryevent",
        "tracker_user_groups",
    } & set(before)


def test_a_published_claim_is_scored() -> None:
    frozen = log(forecast())
    assert frozen.proposition is not None

    published(frozen.proposition)

    frozen.refresh_from_db()
    assert (frozen.score_item.p, frozen.score_item.y) == (800, 1)
