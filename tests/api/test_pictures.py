"""Pictures of scores: there for every subject, in words where there is too little to draw."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from tests.api.conftest import Door
from tests.builders import make_claim, make_person, make_resolution
from tracker.actions import scores
from tracker.models import Person

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def sibyl(db: None) -> Person:
    """A person with three scored claims, on three events."""
    person = make_person(name="Sibyl <script>")
    for _ in range(3):
        make_claim(person=person, proposition=make_resolution().proposition)
    scores.rescore()
    return person


def picture(door: Door, path: str) -> ElementTree.Element:
    answer = door.read(path)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("scores/people/999999/calibration.svg", 404),
        ("scores/parties/1/calibration.svg", 404),
        ("scores/parties/caterpillar.svg", 404),
        ("scores/people/caterpillar.svg?size=9", 400),
        ("scores/people/caterpillar.svg?hindsight=perhaps", 400),
    ],
)
def test_what_cannot_be_drawn_is_refused_as_json(editor: Door, path: str, status: int) -> None:
    answer = editor.read(path)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_nobody_who_has_not_come_in_sees_a_picture(door: Callable[[str], Door]) -> None:
    assert door("public").read("scores/people/caterpillar.svg").status_code == 401


def test_a_person_is_drawn_by_id_and_by_slug(editor: Door, sibyl: Person) -> None:
    by_id = picture(editor, f"scores/people/{sibyl.pk}/calibration.svg")
    by_slug = picture(editor, f"scores/people/{sibyl.slug}/calibration.svg")

    assert "Sibyl <script>" in by_id.findtext(f"{SVG}title", "")
    assert ElementTree.tostring(by_id) == ElementTree.tostring(by_slug)


def test_without_a_scored_claim_the_picture_says_so_in_words(editor: Door) -> None:
    drawn = picture(editor, f"scores/people/{make_person().pk}/calibration.svg")

    assert drawn.findtext(f"{SVG}desc")


def test_a_table_is_drawn_with_names_and_without_ranks(editor: Door, sibyl: Person) -> None:
    drawn = picture(editor, "scores/people/caterpillar.svg")

    words = " ".join(drawn.itertext())
    assert "Sibyl <script>" in words
    assert "not enough" in words
