"""Tags of records: a change is made on the state that was seen, and what is known is not resent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.steps import at_once
from tests.api.conftest import Door
from tests.api.test_base import by_token, world
from tests.builders import make_person, make_topic, make_user
from tracker.api.preconditions import tag_of, tags_of
from tracker.api.root import PLACES
from tracker.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> str:
    return f"topics/{make_topic(name='Syria').pk}/"


def test_who_changes_a_record_says_what_they_have_seen(editor: Door, topic: str) -> None:
    answer = editor.change(topic, {"name": "Levant"}, seen=None)

    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    assert "If-Match" in answer.json()["detail"]
    assert editor.read(topic).json()["name"] == "Syria"


@pytest.mark.parametrize(
    "header", ["", "abc", '"abc', '"a" "b"', '*, "a"', '"a", b', "'a'", 'w/"a"', '"\x7f"']
)
def test_what_is_no_list_of_tags_is_refused_by_name(editor: Door, topic: str, header: str) -> None:
    answer = editor.change(topic, {"name": "Levant"}, seen=header)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "If-Match"


def test_who_has_seen_an_older_state_gets_the_current_one(editor: Door, topic: str) -> None:
    seen = editor.read(topic)["ETag"]
    editor.change(topic, {"name": "Levant"}, seen=seen)

    answer = editor.change(topic, {"note": "Mine."}, seen=seen)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (412, "precondition_failed")
    now = editor.read(topic)
    assert problem["facts"] == {"etag": now["ETag"], "current": now.json()}
    assert answer["ETag"] == now["ETag"]
    assert now.json()["note"] == ""


def test_a_weak_tag_matches_nothing_and_says_why(editor: Door, topic: str) -> None:
    seen = editor.read(topic)["ETag"]

    answer = editor.change(topic, {"name": "Levant"}, seen=f"W/{seen}")

    assert answer.status_code == 412
    assert "without W/" in answer.json()["detail"]


def test_the_tag_of_a_part_is_that_of_the_whole_record(editor: Door, topic: str) -> None:
    part = editor.read(topic, fields="name")

    assert part.json() == {"name": "Syria"}
    assert part["ETag"] == editor.read(topic)["ETag"]
    again = editor.get(f"/api/v1/{topic}?fields=name", headers={"If-None-Match": part["ETag"]})
    assert again.status_code == 304
    assert editor.change(topic, {"name": "Levant"}, seen=part["ETag"]).status_code == 200
    assert editor.read(topic, fields="parent")["ETag"] != part["ETag"]


def test_the_state_that_was_seen_is_changed_and_has_a_new_tag(editor: Door, topic: str) -> None:
    seen = editor.read(topic)["ETag"]

    answer = editor.change(topic, {"name": "Levant"}, seen=f'"other", {seen}')

    assert answer.status_code == 200, answer.content
    assert answer["ETag"] == editor.read(topic)["ETag"] != seen
    assert editor.change(topic, {"note": "A."}, seen=answer["ETag"]).status_code == 200
    assert editor.change(topic, {"note": "B."}, seen="*").status_code == 200


def test_what_is_made_comes_with_its_tag(coder: Door) -> None:
    made = coder.send("people/", {"name": "Ada"})

    assert made["ETag"] == coder.get(made["Location"])["ETag"]


def test_of_two_who_change_the_same_state_at_once_one_is_told(committed: None) -> None:
    topic = make_topic(name="Syria")
    where = f"topics/{topic.pk}/"
    doors = [Door(), Door()]
    for door in doors:
        door.force_authenticate(make_user(role="editor"))
    seen = doors[0].read(where)["ETag"]

    answers: list[Any] = at_once(
        lambda: doors[0].change(where, {"name": "First"}, seen=seen),
        lambda: doors[1].change(where, {"name": "Second"}, seen=seen),
    )

    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (200, 412)
    assert lost.json()["facts"]["current"]["name"] == won.json()["name"]
    assert Topic.objects.get().name == won.json()["name"]


@pytest.mark.parametrize("noun", PLACES)
def test_what_the_client_has_is_not_sent_again(noun: str) -> None:
    world()
    editor = by_token("editor")
    for path in (f"{noun}/", f"{noun}/{editor.read(f'{noun}/').json()['results'][0]['id']}/"):
        first = editor.read(path)

        again = editor.get(f"/api/v1/{path}", headers={"If-None-Match": f'"x", W/{first["ETag"]}'})

        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"] == tag_of(first.content)
        assert again["Cache-Control"] == first["Cache-Control"] == "private, no-cache"
        assert {"Authorization", "Accept", "Cookie"} <= set(first["Vary"].split(", "))


@pytest.mark.parametrize("known", ['"other"', "nonsense", ""])
def test_who_has_something_else_gets_the_record(editor: Door, topic: str, known: str) -> None:
    answer = editor.get(f"/api/v1/{topic}", headers={"If-None-Match": known})

    assert answer.status_code == 200


def test_a_record_that_changes_behind_another_has_another_tag(editor: Door) -> None:
    person = make_person(name="Ada")
    first = editor.read(f"people/{person.pk}/")["ETag"]
    editor.change(f"people/{person.pk}/", {"note": "Moved."})

    assert editor.read(f"people/{person.pk}/")["ETag"] != first


def test_a_star_stands_for_every_state() -> None:
    found: Any = tags_of(" * ", "If-Match")

    assert found is None
    assert tags_of('"a",W/"b" , "",', "If-Match") == {'"a"', 'W/"b"', '""'}
