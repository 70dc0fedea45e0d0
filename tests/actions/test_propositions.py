"""Propositions: a deadline with its basis, conditions two deep, wording that is fixed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.steps import proposition, published, refused
from tests.builders import (
    CODED,
    DEADLINE,
    KNOWN,
    SAID,
    make_claim,
    make_outcome,
    make_proposition,
    make_topic,
    make_user,
)
from tracker.actions.propositions import (
    PropositionDraft,
    add_benchmark,
    edit_proposition,
    file_proposition,
    file_topic,
    freeze_proposition,
    see_event,
)
from tracker.actions.scores import differences
from tracker.domain import errors
from tracker.models import Benchmark, Proposition, ScoreItem, Topic

pytestmark = pytest.mark.django_db
EVE = SAID - timedelta(days=1)


def chain(length: int) -> PropositionDraft:
    """A proposition that hangs on one that hangs on one."""
    draft = proposition()
    for _ in range(length - 1):
        draft = proposition(condition=draft)
    return draft


BAD: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "an unknown id": ({"id": 0}, errors.NotFound, "proposition"),
    "no statement": ({"statement": " "}, errors.RequiredField, "statement"),
    "a NUL byte": ({"criteria": "a\0"}, errors.UnstorableText, "criteria"),
    "an unknown basis": ({"deadline_basis": "hope"}, errors.UnknownValue, "deadline_basis"),
    "a deadline without a basis": (
        {"deadline_basis": "none"},
        errors.DeadlineBasisMismatch,
        "deadline",
    ),
    "a basis without a deadline": (
        {"deadline": None, "deadline_basis": "stated", "review_on": DEADLINE},
        errors.DeadlineBasisMismatch,
        "deadline",
    ),
    "a deadline before the statement": (
        {"deadline": EVE},
        errors.DeadlineBeforeStatement,
        "deadline",
    ),
    "a condition due before the statement": (
        {"condition": proposition(deadline=EVE)},
        errors.DeadlineBeforeStatement,
        "deadline",
    ),
    "a specificity of 4": ({"specificity": 4}, errors.UnknownValue, "specificity"),
    "a difficulty of 0": ({"difficulty": 0}, errors.UnknownValue, "difficulty"),
    "an importance of -1": ({"importance": -1}, errors.UnknownValue, "importance"),
    "conditions three deep": ({"condition": chain(3)}, errors.ConditionOnItself, "condition"),
    "an unknown condition": (
        {"condition": PropositionDraft(id=0)},
        errors.NotFound,
        "proposition",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_proposition_is_refused_whole(case: str) -> None:
    changes, error, field = BAD[case]
    coder = make_user()

    with refused(error, field):
        file_proposition(by=coder, draft=proposition(**changes), said_on=SAID)


def test_conditions_by_id_are_no_way_past_the_depth() -> None:
    deepest = file_proposition(by=make_user(), draft=chain(3))
    coder = make_user()

    with refused(errors.ConditionOnItself, "condition"):
        file_proposition(by=coder, draft=proposition(condition=PropositionDraft(id=deepest.pk)))


def test_a_condition_is_sent_whole_or_by_its_id() -> None:
    first = file_proposition(by=make_user(), draft=chain(2))
    assert first.condition is not None
    known = PropositionDraft(id=first.condition_id)

    second = file_proposition(by=make_user(), draft=proposition(condition=known))

    assert second.condition == first.condition
    assert Proposition.objects.count() == 3


BASES = {
    "a date counts as stated": ({}, "stated"),
    "no date is none": ({"deadline": None}, "none"),
    "a convention": ({"deadline_basis": "convention"}, "convention"),
    "an event": ({"deadline": None, "deadline_basis": "event_triggered"}, "event_triggered"),
}


@pytest.mark.parametrize("case", BASES)
def test_the_basis_of_a_deadline(case: str) -> None:
    changes, basis = BASES[case]

    filed = file_proposition(by=make_user(), draft=proposition(**changes), said_on=SAID)

    assert filed.deadline_basis == basis


def test_a_fact_may_have_been_due_before_it_was_said() -> None:
    assert file_proposition(by=make_user(), draft=proposition(deadline=EVE)).deadline == EVE


def test_a_merged_proposition_is_recognised_as_the_one_that_stands() -> None:
    winner = make_proposition()
    loser = make_proposition(merged_into=winner)

    assert file_proposition(by=make_user(), draft=PropositionDraft(id=loser.pk)) == winner


# --- topics --------------------------------------------------------------------------


def test_a_topic_needs_a_name_and_a_slug_of_its_own() -> None:
    make_topic(slug="war")
    coder = make_user()

    with refused(errors.RequiredField, "name"):
        file_topic(by=coder, name=" ")
    with refused(errors.AlreadyLogged, "slug"):
        file_topic(by=coder, name="Wars", slug="war")

    assert file_topic(by=coder, name="War").slug == "war-2"


def test_a_topic_is_recognised_by_name_or_slug() -> None:
    topic = file_topic(by=make_user(), name="Syrian War")

    filed = [
        file_proposition(by=make_user(), draft=proposition(topic=name)).topic
        for name in ("syrian war", "syrian-war", "Siege")
    ]

    assert filed == [topic, topic, Topic.objects.get(name="Siege")]


# --- editing and freezing ------------------------------------------------------------

EDITS: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "an unknown column": ({"mood": "dark"}, errors.UnknownValue, "mood"),
    "the day of freezing": ({"frozen_at": CODED}, errors.UnknownValue, "frozen_at"),
    "an empty statement": ({"statement": ""}, errors.RequiredField, "statement"),
    "an unknown basis": ({"deadline_basis": "hope"}, errors.UnknownValue, "deadline_basis"),
    "a basis without a date": ({"deadline": None}, errors.DeadlineBasisMismatch, "deadline"),
    "a difficulty of 9": ({"difficulty": 9}, errors.UnknownValue, "difficulty"),
}


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_is_refused_whole(case: str) -> None:
    changes, error, field = EDITS[case]
    draft, coder = make_proposition(frozen=False), make_user()

    with refused(error, field):
        edit_proposition(by=coder, proposition=draft, **changes)


def test_nothing_hangs_on_itself() -> None:
    draft, coder = make_proposition(frozen=False), make_user()
    upper = make_proposition(frozen=False, condition=draft)

    for condition in (draft, upper):
        with refused(errors.ConditionOnItself, "condition"):
            edit_proposition(by=coder, proposition=draft, condition=condition)


@pytest.mark.parametrize(
    "changes",
    [
        {"statement": "It rains."},
        {"criteria": "None."},
        {"deadline": SAID},
        {"deadline_basis": "derived"},
        {"condition_required": False},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_frozen_proposition_keeps_its_wording(changes: dict[str, Any]) -> None:
    frozen, coder = make_proposition(), make_user()

    with refused(errors.Frozen, "proposition"):
        edit_proposition(by=coder, proposition=frozen, **changes)


def test_a_draft_is_edited_to_a_new_version_and_the_frozen_keeps_its_own() -> None:
    draft, frozen, coder = make_proposition(frozen=False), make_proposition(), make_user()

    edited = edit_proposition(by=coder, proposition=draft, statement="It rains.", reason="Clearer.")
    noted = edit_proposition(by=coder, proposition=frozen, note="Seen.", difficulty=3)

    assert (edited.statement, edited.version) == ("It rains.", 2)
    assert (noted.note, noted.difficulty, noted.version) == ("Seen.", 3, 1)


def test_a_proposition_is_frozen_only_when_it_and_its_conditions_are_complete() -> None:
    condition = make_proposition(frozen=False, criteria="")
    draft = make_proposition(frozen=False, condition=condition)
    coder = make_user()

    with refused(errors.NotReady, "proposition"):
        freeze_proposition(by=coder, now=CODED, proposition=draft)

    edit_proposition(by=coder, proposition=condition, criteria="It is dry.")
    assert freeze_proposition(by=coder, now=CODED, proposition=draft).frozen_at == CODED
    condition.refresh_from_db()
    assert condition.frozen_at == CODED


def test_an_event_that_was_seen_makes_the_proposition_due() -> None:
    waiting = make_proposition(deadline=None, deadline_basis="event_triggered")

    see_event(by=make_user(role="judge"), proposition=waiting)

    assert list(Proposition.objects.due(SAID)) == [waiting]


# --- what a claim is measured against ------------------------------------------------


def test_a_base_rate_has_a_range_a_method_and_is_older_than_the_outcome() -> None:
    what, coder = make_proposition(), make_user()
    make_outcome(proposition=what)
    fields: dict[str, Any] = {"p": 300, "as_of": SAID, "method": "Sieges a year."}

    for changes, error, field in (
        ({"p": 1001}, errors.ProbabilityOutOfRange, "p"),
        ({"method": " "}, errors.RequiredField, "method"),
        ({"kind": "hunch"}, errors.UnknownValue, "kind"),
        ({"as_of": KNOWN}, errors.Conflict, "as_of"),
    ):
        with refused(error, field):
            add_benchmark(by=coder, proposition=what, **{**fields, **changes})

    assert add_benchmark(by=coder, proposition=what, **fields) == Benchmark.objects.get()


def test_a_base_rate_or_topic_that_comes_late_reaches_the_scores() -> None:
    frozen, coder, topic = make_claim(), make_user(), make_topic()
    assert frozen.proposition is not None
    published(frozen.proposition)

    add_benchmark(by=coder, proposition=frozen.proposition, p=300, as_of=SAID, method="Counted.")
    edit_proposition(by=coder, proposition=frozen.proposition, topic=topic)

    item = ScoreItem.objects.get()
    assert (item.base_rate, item.topic, differences()) == (300, topic, 0)
