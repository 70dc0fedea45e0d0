"""What comes of a merge: words that join, claims that move, scores that follow."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from tests.actions.steps import at_once, forecast, log, proposition, published, quotation, refused
from tests.builders import (
    JUDGED,
    make_claim,
    make_organisation,
    make_outcome,
    make_person,
    make_proposition,
    make_quotation,
    make_reading,
    make_resolution,
    make_round,
    make_user,
)
from tests.pairs import WHY, merged, proposed, reworded, twins
from tracker.actions.claims import add_quotation, log_claim, withdraw_claim
from tracker.actions.duplicates import confirm
from tracker.actions.people import SpeakerDraft
from tracker.actions.propositions import PropositionDraft
from tracker.actions.rounds import hidden_from, open_round
from tracker.actions.scores import differences, rescore
from tracker.domain.errors import (
    AlreadyLogged,
    ForbiddenMove,
    TrackerError,
)
from tracker.models import Claim, ScoreItem
from tracker.models.claim_indexes import holds
from tracker.models.claims import ClaimState

pytestmark = pytest.mark.django_db


# --- claims --------------------------------------------------------------------------


def test_a_merged_claim_stays_and_its_words_join_the_first() -> None:
    first, second = twins()
    again = make_quotation(exact="Odesa will hold")
    add_quotation(by=make_user(), claim=second, quotation=again)
    reading = make_reading(claim=second)

    merged(first, second)

    second.refresh_from_db()
    assert (second.state, second.merged_into) == (ClaimState.MERGED, first)
    assert second.state_reason == WHY
    assert set(first.further_quotations.all()) == {second.quotation, again}
    assert list(second.further_quotations.all()) == [again]
    assert set(Claim.objects.filter(holds('"odesa will hold"'))) == {first, second}
    assert list(second.readings.all()) == [reading]


def test_what_was_merged_before_points_at_the_survivor() -> None:
    shared = {"person": make_person(), "proposition": make_proposition()}
    first, second, third = (
        make_claim(**shared, organisation=make_organisation()) for _ in range(3)
    )
    merged(second, third)

    merged(first, second)

    third.refresh_from_db()
    assert third.merged_into == first
    assert set(first.further_quotations.all()) == {second.quotation, third.quotation}


def test_only_the_first_utterance_counts_in_the_scores() -> None:
    first, second = twins()
    make_resolution(proposition=first.proposition)
    rescore()
    assert ScoreItem.objects.count() == 2

    merged(second, first)

    assert [item.claim for item in ScoreItem.objects.all()] == [first]
    assert differences() == 0


def test_a_merged_claim_is_marked_through_its_survivor_only() -> None:
    first, second = twins()
    merged(first, second)
    user = make_user()

    with refused(ForbiddenMove, "claim"):
        withdraw_claim(by=user, claim=second, state="retracted", reason="No.")


def test_words_for_a_merged_claim_go_to_its_survivor() -> None:
    first, second = twins()
    merged(first, second)
    second.refresh_from_db()
    again = make_quotation()

    assert add_quotation(by=make_user(), claim=second, quotation=again) == first
    assert again in first.further_quotations.all()


def test_a_repeat_meets_the_claim_that_says_it() -> None:
    first = log(forecast())
    assert first.person
    assert first.proposition
    known = {
        "speaker": SpeakerDraft(person_slug=first.person.slug),
        "proposition": PropositionDraft(id=first.proposition.pk),
        "quotation": quotation(said_on="2026-01-11"),
    }
    user = make_user()

    with refused(AlreadyLogged, "claim") as caught:
        log_claim(by=user, now=JUDGED, draft=forecast(**known))

    assert caught.value.facts["claim"] == first.pk
    assert log(forecast(**known, revises=first.pk)).revises == first


# --- propositions --------------------------------------------------------------------


def test_a_merged_proposition_hands_over_its_claims_and_evidence() -> None:
    kept, dropped = reworded()
    claim = make_claim(proposition=dropped)
    fact = make_outcome(proposition=dropped)
    hanging = make_proposition(frozen=False, condition=dropped)

    merged(kept, dropped)

    for record in (claim, dropped, hanging):
        record.refresh_from_db()
    assert dropped.merged_into == kept
    assert claim.proposition == hanging.condition == kept
    assert set(kept.outcomes.all()) == set(dropped.outcomes.all()) == {fact}


def test_two_claims_of_a_speaker_that_meet_become_the_earlier_one() -> None:
    kept, dropped = reworded()
    person = make_person()
    later = make_claim(proposition=kept, person=person, said_on=date(2026, 2, 1))
    earlier = make_claim(proposition=dropped, person=person, said_on=date(2026, 1, 2))

    merged(kept, dropped)

    for claim in (later, earlier):
        claim.refresh_from_db()
    assert (earlier.state, earlier.proposition) == (ClaimState.FROZEN, kept)
    assert (later.state, later.merged_into) == (ClaimState.MERGED, earlier)
    assert list(earlier.further_quotations.all()) == [later.quotation]


def test_the_history_says_why_a_claim_moved() -> None:
    kept, dropped = reworded()
    claim = make_claim(proposition=dropped)

    merged(kept, dropped)

    event = claim.history_events.order_by("-pgh_id").first()
    assert event.proposition_id == kept.pk
    assert event.pgh_context.metadata["reason"] == WHY


def test_claims_that_moved_are_scored_by_the_resolution_that_stands() -> None:
    mine, theirs = (log(forecast()) for _ in "ab")
    assert mine.proposition
    assert theirs.proposition
    kept, dropped = mine.proposition, theirs.proposition
    published(kept)
    published(dropped)

    merged(kept, dropped)

    assert {item.proposition for item in ScoreItem.objects.all()} == {kept}
    assert ScoreItem.objects.count() == 2
    assert dropped.resolutions.current().published().exists()
    call_command("rebuild_scores", "--check")


def test_claims_that_moved_wait_where_nothing_is_settled() -> None:
    theirs = log(forecast())
    assert theirs.proposition
    published(theirs.proposition)
    kept = make_proposition()

    merged(kept, theirs.proposition)

    assert not ScoreItem.objects.exists()
    assert differences() == 0


def test_a_frozen_claim_is_void_by_the_condition_that_survives() -> None:
    kept, dropped = reworded()
    claim = log(forecast(proposition=proposition(condition=PropositionDraft(id=dropped.pk))))
    assert claim.proposition
    published(claim.proposition, condition="met")
    assert ScoreItem.objects.filter(claim=claim).exists()
    published(kept, "did_not")

    merged(kept, dropped)

    assert not ScoreItem.objects.exists()
    assert claim.account.account == "void"
    assert differences() == 0


def test_the_survivor_voids_what_hung_on_the_merged_one_from_then_on() -> None:
    kept, dropped = reworded()
    claim = log(forecast(proposition=proposition(condition=PropositionDraft(id=dropped.pk))))
    assert claim.proposition
    published(claim.proposition, condition="met")
    merged(kept, dropped)
    assert ScoreItem.objects.filter(claim=claim).exists()

    published(kept, "did_not")

    assert not ScoreItem.objects.exists()
    assert differences() == 0


def test_claims_under_a_merged_condition_are_hidden_while_the_survivor_is_judged() -> None:
    kept, dropped = reworded()
    hanging = make_proposition(condition=dropped)
    below = make_proposition(condition=hanging)
    merged(kept, dropped)
    make_round(proposition=kept)

    assert set(hidden_from(make_user(role="judge"))) == {kept, hanging, below}


def test_what_was_merged_before_follows_to_the_survivor() -> None:
    first, second, third = (make_proposition() for _ in range(3))
    merged(second, third)

    merged(first, second)

    third.refresh_from_db()
    assert third.merged_into == first


def test_a_claim_on_a_merged_proposition_is_logged_on_the_survivor() -> None:
    kept, dropped = reworded()
    merged(kept, dropped)

    claim = log(forecast(proposition=PropositionDraft(id=dropped.pk)))

    assert claim.proposition == kept


def test_a_round_on_a_merged_proposition_judges_the_survivor() -> None:
    kept, dropped = reworded()
    merged(kept, dropped)
    dropped.refresh_from_db()

    opened = open_round(by=make_user(role="editor"), now=JUDGED, proposition=dropped)

    assert opened.proposition == kept


# --- at the same moment --------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_told() -> None:
    made = proposed(*reworded())
    one, other = make_user(), make_user()

    done = at_once(
        lambda: confirm(by=one, now=JUDGED, duplicate=made),
        lambda: confirm(by=other, now=JUDGED, duplicate=made),
    )

    assert sorted(type(result).__name__ for result in done) == ["Conflict", "Duplicate"]


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_is_logged_during_a_merge_stands_on_the_survivor() -> None:
    kept, dropped = reworded()
    made = proposed(kept, dropped)
    coder, other = make_user(), make_user()
    draft = forecast(proposition=PropositionDraft(id=dropped.pk))

    done = at_once(
        lambda: confirm(by=coder, now=JUDGED, duplicate=made),
        lambda: log(draft, by=other),
    )

    assert not [result for result in done if isinstance(result, TrackerError)]
    assert Claim.objects.get().proposition == kept
