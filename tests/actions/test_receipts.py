"""An effect and its answer are there together or not at all, whoever asks twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.steps import at_once
from tests.builders import JUDGED, make_person, make_user
from tracker.actions.receipts import Answer, InProgress, KeyReused, Once, do_once, forget_receipts
from tracker.domain.errors import TrackerError
from tracker.models import Person, Receipt, User

DONE = Answer(201, {"Location": "/people/1/"}, b'{"id": 1}')


def once(user: User, fingerprint: str = "sent", hours: int = 0) -> Once:
    return Once(user, "key", fingerprint, JUDGED + timedelta(hours=hours))


def file() -> Answer:
    make_person()
    return DONE


@pytest.mark.django_db
def test_a_server_that_dies_before_it_answers_has_done_nothing() -> None:
    user = make_user()

    def die() -> Answer:
        file()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        do_once(once(user), die)

    assert not Person.objects.exists()
    assert do_once(once(user), file) == DONE


@pytest.mark.django_db
def test_an_answer_that_cannot_be_kept_takes_its_effect_back() -> None:
    with pytest.raises(TrackerError):
        do_once(once(make_user()), lambda: Answer(file().status + 300, {}, b""))

    assert not Person.objects.exists()


@pytest.mark.django_db
def test_another_request_under_the_same_key_is_refused() -> None:
    user = make_user()
    do_once(once(user), file)

    with pytest.raises(KeyReused):
        do_once(once(user, "other"), file)

    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_the_same_request_has_one_effect_and_one_answer() -> None:
    user = make_user()

    first, again = do_once(once(user), file), do_once(once(user, hours=23), file)

    assert again == Answer(first.status, first.headers, first.body, replayed=True)
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_keys_are_each_users_own() -> None:
    do_once(once(make_user()), file)
    do_once(once(make_user()), file)

    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_after_a_day_a_key_is_new_and_then_forgotten() -> None:
    user = make_user()
    do_once(once(user), file)

    assert not do_once(once(user, "other", hours=24), file).replayed
    assert forget_receipts(now=JUDGED + timedelta(hours=47)) == 0
    assert forget_receipts(now=JUDGED + timedelta(hours=48)) == 1
    assert not Receipt.objects.exists()


def test_a_twin_that_comes_meanwhile_is_told_to_come_again(committed: None) -> None:
    user = make_user()
    met: list[TrackerError] = []

    def met_by_a_twin() -> Answer:
        twins = at_once(lambda: do_once(once(user), file))
        met.extend(twin for twin in twins if isinstance(twin, TrackerError))
        return file()

    do_once(once(user), met_by_a_twin)

    assert [type(one) for one in met] == [InProgress]
    assert Person.objects.count() == 1


def test_of_many_twins_at_once_one_has_the_effect(committed: None) -> None:
    user = make_user()

    answers = at_once(*[lambda: do_once(once(user), file)] * 6)

    told = [one for one in answers if isinstance(one, Answer)]
    assert sum(not one.replayed for one in told) == 1
    assert all(isinstance(one, InProgress) for one in answers if not isinstance(one, Answer))
    assert Person.objects.count() == Receipt.objects.count() == 1
