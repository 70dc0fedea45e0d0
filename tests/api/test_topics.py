"""Topics: a tree that is read from any branch."""

from __future__ import annotations

import pytest

from tests.api.conftest import Door
from tests.builders import make_topic
from tracker.api.topics import subtree


@pytest.mark.parametrize("by", ["slug", "pk"])
def test_a_topic_is_read_with_all_below_it(coder: Door, by: str) -> None:
    top = make_topic(name="Syria")
    middle = make_topic(name="Aleppo", parent=top)
    make_topic(name="Castello Road", parent=middle)
    make_topic(name="Weather")

    rows = coder.read("topics/", within=getattr(top, by)).json()["results"]

    assert [row["name"] for row in rows] == ["Aleppo", "Castello Road", "Syria"]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "nothing", "999", "\0"])
def test_what_is_no_topic_has_nothing_below_it(given: str) -> None:
    make_topic()

    assert not subtree(given).exists()


def test_a_topic_is_filed_and_moved(coder: Door, editor: Door) -> None:
    top = coder.send("topics/", {"name": "Syria"}).json()
    made = coder.send("topics/", {"name": "Aleppo"}).json()

    moved = editor.change(f"topics/{made['slug']}/", {"parent": top["slug"], "reason": "Narrower."})

    assert moved.json()["parent"]["id"] == top["id"]


def test_a_topic_is_not_its_own_parent(editor: Door) -> None:
    topic = make_topic()

    answer = editor.change(f"topics/{topic.pk}/", {"parent": topic.pk})

    assert answer.status_code == 409
