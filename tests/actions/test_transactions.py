"""Actions: allowed to roles, refused by name, one effect however many try at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from tests.actions.steps import (
    LATER,
    answer,
    at_once,
    claim,
    judged,
    log,
    open_for,
    proposition,
    refused,
    resolved,
    source,
)
from tests.builders import (
    JUDGED,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_user,
)
from tracker.actions.people import OrganisationDraft, SpeakerDraft, file_person
from tracker.actions.records import merge
from tracker.actions.resolutions import publish, resolve
from tracker.actions.scores import differences
from tracker.actions.transactions import action, refusals
from tracker.domain import errors
from tracker.domain.roles import Verb
from tracker.models import Claim, Organisation, Person, Resolution, Round, Source, User, Verdict

# --- who may, and how the database's refusals are told -------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("stranger", [AnonymousUser(), object()], ids=["nobody", "no user"])
def test_who_is_no_user_may_do_nothing(stranger: Any) -> None:
    with refused(errors.NotPermitted):
        file_person(by=stranger, name="Jane Doe")


@action(Verb.LOG)
def broken(*, by: User, work: Callable[[], Any]) -> None:
    """Does half of the work, then what the database refuses."""
    make_person()
    work()


REFUSALS: dict[str, tuple[Callable[[], Any], type[errors.TrackerError], str]] = {
    "a rule with an error of its own": (
        lambda: make_claim(person=None),
        errors.UnknownSpeaker,
        "A claim needs a speaker",
    ),
    "a rule without one": (
        lambda: make_proposition(importance=9),
        errors.RuleViolated,
        "proposition_importance_1_3",
    ),
    "a name past what an index takes": (
        lambda: make_person(name="".join(chr(0x4E00 + n) for n in range(9_000))),
        errors.UnstorableText,
        "too long",
    ),
    "a slug past its column": (lambda: make_person(slug="x" * 201), errors.UnstorableText, "long"),
    "a NUL byte": (lambda: make_person(name="\0"), errors.UnstorableText, "cannot be stored"),
    "a lone surrogate": (
        lambda: make_person(name="\ud800"),
        errors.UnstorableText,
        "cannot be stored",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", REFUSALS)
def test_what_the_database_refuses_is_told_in_our_words_and_undone(case: str) -> None:
    work, error, words = REFUSALS[case]
    coder = make_user()

    with refused(error) as caught:
        broken(by=coder, work=work)

    assert words in caught.value.message


@pytest.mark.django_db
def test_a_trigger_speaks_for_itself() -> None:
    what = make_proposition()

    with pytest.raises(errors.Frozen, match="keeps its wording"), refusals(), transaction.atomic():
        what.statement = "It rains."
        what.save()


# --- at the same moment --------------------------------------------------------------


def types(results: list[Any]) -> list[type]:
    return sorted((type(result) for result in results), key=lambda t: t.__name__)


@pytest.mark.django_db(transaction=True)
def test_two_who_log_the_same_new_names_at_once_file_them_once() -> None:
    coders = [make_user(), make_user()]
    speaker = SpeakerDraft(
        person="José Doe", organisation=OrganisationDraft(name="Institute"), role="analyst"
    )
    draft = claim(
        source=source(url="https://paper.example/same", outlet=OrganisationDraft(name="Paper")),
        speaker=speaker,
        proposition=proposition(topic="War"),
    )

    logged = at_once(*(lambda by=coder: log(draft, by=by) for coder in coders))

    assert types(logged) == [Claim, Claim]
    assert (Source.objects.count(), Person.objects.count()) == (1, 1)
    assert Organisation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_file_the_same_slug_at_once_file_one_and_one_is_told() -> None:
    coder = make_user()

    filed = at_once(*(lambda: file_person(by=coder, name="Jo", slug="jo") for _ in range(2)))

    assert types(filed) == [errors.AlreadyLogged, Person]


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_crosswise_at_once_leave_one_that_stands() -> None:
    boss, one, other = make_user(role="editor"), make_organisation(), make_organisation()

    at_once(
        lambda: merge(by=boss, loser=one, winner=other, reason="One house."),
        lambda: merge(by=boss, loser=other, winner=one, reason="One house."),
    )

    assert Organisation.objects.exclude(merged_into=None).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("second", "state"), [("came_true", "agreed"), ("did_not", "split")])
def test_two_judges_at_once_bring_about_one_move(second: str, state: str) -> None:
    round = open_for(make_proposition())
    one, other = make_user(role="judge"), make_user(role="judge")

    at_once(lambda: answer(round, by=one), lambda: answer(round, second, by=other))

    round.refresh_from_db()
    assert (round.state, round.verdicts.count()) == (state, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_openings_and_of_three_verdicts_at_once_one_is_too_many() -> None:
    what, boss = make_proposition(), make_user(role="editor")
    judges = [make_user(role="judge") for _ in range(3)]

    opened = at_once(*(lambda: open_for(what, by=boss) for _ in range(2)))
    round = Round.objects.get()
    answers = at_once(*(lambda by=judge: answer(round, by=by) for judge in judges))

    assert types(opened) == [Round, errors.RoundOpen]
    assert types(answers) == [errors.RoundClosed, Verdict, Verdict]


@pytest.mark.django_db(transaction=True)
def test_a_round_that_two_resolve_at_once_is_resolved_once() -> None:
    round, boss = judged(make_proposition(), "open", "open"), make_user(role="editor")

    made = at_once(*(lambda: resolve(by=boss, now=JUDGED, round=round) for _ in range(2)))

    assert types(made) == [errors.ForbiddenMove, Resolution]


@pytest.mark.django_db(transaction=True)
def test_a_resolution_that_two_publish_at_once_is_published_once() -> None:
    frozen = make_claim()
    assert frozen.proposition is not None
    made, boss = resolved(frozen.proposition), make_user(role="editor")

    done = at_once(*(lambda: publish(by=boss, now=LATER, resolution=made) for _ in range(2)))

    assert types(done) == [Resolution, errors.ResolutionPublished]
    assert differences() == 0


@pytest.mark.django_db(transaction=True)
def test_a_condition_published_at_the_same_moment_still_voids_the_claim() -> None:
    condition = make_proposition()
    frozen = make_claim(proposition=make_proposition(condition=condition))
    assert frozen.proposition is not None
    boss = make_user(role="editor")
    pair = [resolved(condition, "did_not"), resolved(frozen.proposition, condition="met")]

    at_once(*(lambda made=made: publish(by=boss, now=LATER, resolution=made) for made in pair))

    assert Claim.objects.get(pk=frozen.pk).account.account == "void"
    assert differences() == 0
