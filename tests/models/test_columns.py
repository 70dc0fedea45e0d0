"""Rules that every noun shares: nothing is deleted, evidence never changes, one uuid a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import models

from tests import builders as b
from tests import duties as d
from tests.refusals import refused, sql
from tracker.models import Evidence, ScoreRun

pytestmark = pytest.mark.django_db
Maker = Callable[..., models.Model]


def make_evidence(**fields: Any) -> Evidence:
    return Evidence.objects.create(
        outcome=b.make_outcome(), proposition=b.make_proposition(), **fields
    )


def make_term(**fields: Any) -> models.Model:
    return b.make_term(lexicon=b.make_lexicon(frozen=False, phrases=()), **fields)


def make_score_run(**fields: Any) -> ScoreRun:
    day = datetime(2026, 7, 1, tzinfo=UTC)
    fields = {"as_of": day, "published_at": day, "seed": 1, "table": [], **fields}
    return ScoreRun.objects.create(published_by=b.make_user(role="editor"), **fields)


NEVER_DELETED: dict[str, Maker] = {
    "benchmark_never_deleted": b.make_benchmark,
    "citation_never_deleted": b.make_citation,
    "claim_never_deleted": b.make_claim,
    "dispute_never_deleted": b.make_dispute,
    "evidence_never_deleted": make_evidence,
    "hedge_term_never_deleted": make_term,
    "lexicon_never_deleted": b.make_lexicon,
    "organisation_never_deleted": b.make_organisation,
    "outcome_never_deleted": b.make_outcome,
    "person_never_deleted": b.make_person,
    "proposition_never_deleted": b.make_proposition,
    "quotation_never_deleted": b.make_quotation,
    "reading_never_deleted": b.make_reading,
    "relay_never_deleted": b.make_relay,
    "reply_never_deleted": b.make_reply,
    "resolution_never_deleted": b.make_resolution,
    "round_never_deleted": b.make_round,
    "score_run_never_deleted": make_score_run,
    "snapshot_never_deleted": b.make_snapshot,
    "source_never_deleted": b.make_source,
    "verdict_never_deleted": b.make_verdict,
}


@pytest.mark.parametrize("name", NEVER_DELETED)
def test_the_database_refuses_to_delete(name: str) -> None:
    record = NEVER_DELETED[name]()

    with refused(name):
        sql(f"DELETE FROM {record._meta.db_table} WHERE id = %s", record.pk)


IMMUTABLE: dict[str, tuple[Maker, str, Any]] = {
    "benchmark_immutable": (b.make_benchmark, "p", 999),
    "hedge_term_immutable": (make_term, "note", "changed"),
    "quotation_immutable": (b.make_quotation, "said_words", "last weekend"),
    "reading_immutable": (b.make_reading, "best", 710),
    "relay_immutable": (b.make_relay, "channel", "tweet"),
    "reply_immutable": (b.make_reply, "text", "changed"),
    "score_item_immutable": (b.make_score_item, "y", 0),
    "score_run_immutable": (make_score_run, "title", "changed"),
    "snapshot_immutable": (b.make_snapshot, "text", "changed"),
    "verdict_immutable": (b.make_verdict, "outcome", "did_not"),
}


@pytest.mark.parametrize("name", IMMUTABLE)
def test_the_database_refuses_to_change(name: str) -> None:
    make, column, value = IMMUTABLE[name]
    record = make()

    with refused(name):
        type(record)._default_manager.filter(pk=record.pk).update(**{column: value})


@pytest.mark.parametrize("name", IMMUTABLE)
def test_writing_the_same_values_again_is_no_change(name: str) -> None:
    record = IMMUTABLE[name][0]()

    record.save()

    assert type(record)._default_manager.filter(pk=record.pk).exists()


ONE_UUID: dict[str, Maker] = {
    "tracker_affiliation_uuid_key": b.make_affiliation,
    "tracker_assignment_uuid_key": d.make_assignment,
    "tracker_override_uuid_key": d.make_override,
    "tracker_benchmark_uuid_key": b.make_benchmark,
    "tracker_citation_uuid_key": b.make_citation,
    "tracker_claim_uuid_key": b.make_claim,
    "tracker_dispute_uuid_key": b.make_dispute,
    "tracker_evidence_uuid_key": make_evidence,
    "tracker_hedgeterm_uuid_key": make_term,
    "tracker_lexicon_uuid_key": b.make_lexicon,
    "tracker_organisation_uuid_key": b.make_organisation,
    "tracker_outcome_uuid_key": b.make_outcome,
    "tracker_person_uuid_key": b.make_person,
    "tracker_proposition_uuid_key": b.make_proposition,
    "tracker_quotation_uuid_key": b.make_quotation,
    "tracker_reading_uuid_key": b.make_reading,
    "tracker_relay_uuid_key": b.make_relay,
    "tracker_reply_uuid_key": b.make_reply,
    "tracker_resolution_uuid_key": b.make_resolution,
    "tracker_round_uuid_key": b.make_round,
    "tracker_scorerun_uuid_key": make_score_run,
    "tracker_snapshot_uuid_key": b.make_snapshot,
    "tracker_source_uuid_key": b.make_source,
    "tracker_topic_uuid_key": b.make_topic,
    "tracker_verdict_uuid_key": b.make_verdict,
}


@pytest.mark.parametrize("name", ONE_UUID)
def test_no_two_records_share_a_uuid(name: str) -> None:
    first: Any = ONE_UUID[name]()

    with refused(name):
        ONE_UUID[name](uuid=first.uuid)

    assert type(first).objects.get_by_natural_key(str(first.uuid)) == first


NEGATIVE: dict[str, tuple[Maker, dict[str, int]]] = {
    "tracker_benchmark_p_check": (b.make_benchmark, {"p": -1}),
    "tracker_claim_p_high_check": (b.make_claim, {"p_low": -3, "p_point": -2, "p_high": -1}),
    "tracker_claim_p_low_check": (b.make_claim, {"p_low": -1}),
    "tracker_claim_p_point_check": (b.make_claim, {"p_low": -3, "p_point": -2}),
    "tracker_hedgeterm_high_check": (make_term, {"low": -3, "point": -2, "high": -1}),
    "tracker_hedgeterm_low_check": (make_term, {"low": -1}),
    "tracker_hedgeterm_point_check": (make_term, {"low": -3, "point": -2}),
    "tracker_hedgeterm_respondents_check": (make_term, {"respondents": -1}),
    "tracker_hedgeterm_score_p_check": (make_term, {"score_p": -1}),
    "tracker_proposition_difficulty_check": (b.make_proposition, {"difficulty": -1}),
    "tracker_proposition_importance_check": (b.make_proposition, {"importance": -1}),
    "tracker_proposition_specificity_check": (b.make_proposition, {"specificity": -1}),
    "tracker_proposition_version_check": (b.make_proposition, {"version": -1}),
    "tracker_quotation_end_check": (b.make_quotation, {"start": -2, "end": -1}),
    "tracker_quotation_start_check": (b.make_quotation, {"start": -1}),
    "tracker_reading_best_check": (b.make_reading, {"low": -3, "best": -2}),
    "tracker_reading_high_check": (b.make_reading, {"low": -3, "best": -2, "high": -1}),
    "tracker_reading_low_check": (b.make_reading, {"low": -1}),
    "tracker_reading_own_belief_check": (b.make_reading, {"own_belief": -1}),
    "tracker_relay_step_check": (b.make_relay, {"step": -1}),
    "tracker_resolution_seq_check": (b.make_resolution, {"seq": -1}),
    "tracker_round_needed_check": (b.make_round, {"needed": -1}),
    "tracker_round_number_check": (b.make_round, {"number": -1}),
    "tracker_round_proposition_version_check": (b.make_round, {"proposition_version": -1}),
    "tracker_scoreitem_base_rate_check": (b.make_score_item, {"base_rate": -1}),
    "tracker_scoreitem_p_check": (b.make_score_item, {"p": -1}),
    "tracker_scoreitem_y_check": (b.make_score_item, {"y": -1}),
    "tracker_topic_judges_check": (b.make_topic, {"judges": -1}),
}
# Where a narrower rule forbids the same number, PostgreSQL names the first in the alphabet.
NARROWER = {
    "tracker_claim_p_point_check": "tracker_claim_p_low_check",
    "tracker_hedgeterm_point_check": "tracker_hedgeterm_low_check",
    "tracker_reading_high_check": "tracker_reading_best_check",
    "tracker_round_needed_check": "round_needs_1_to_5",
    "tracker_topic_judges_check": "topic_judges_1_to_5",
    "tracker_proposition_difficulty_check": "proposition_difficulty_1_5",
    "tracker_proposition_importance_check": "proposition_importance_1_3",
    "tracker_resolution_seq_check": "resolution_change_with_reason",
}


@pytest.mark.parametrize("name", NEGATIVE)
def test_no_count_is_negative(name: str) -> None:
    make, numbers = NEGATIVE[name]

    with refused(name, NARROWER.get(name, name)):
        make(**numbers)
