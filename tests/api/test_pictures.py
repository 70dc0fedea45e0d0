"""Pictures of scores: there for every subject, in words where there is too little to draw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.builders import make_claim, make_person, make_resolution, make_round, make_verdict
from tracker.actions import scores
from tracker.api.pictures import MEDIA_TYPES, VIEWS, CaterpillarPicture
from tracker.models import Person

SVG = "{http://www.w3.org/2000/svg}"
OF_A_SUBJECT = [view.name for view in VIEWS if view is not CaterpillarPicture]
ALL = [f"sibyl/{name}" for name in OF_A_SUBJECT] + ["caterpillar"]


@pytest.fixture
def sibyl(db: None) -> Person:
    """A person with three scored claims, on three events."""
    person = make_person(name="Sibyl <script>", slug="sibyl")
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
        *[(f"scores/people/999999/{name}.{shape}", 404) for name in OF_A_SUBJECT
          for shape in MEDIA_TYPES],
        ("scores/parties/1/calibration.svg", 404),
        ("scores/parties/caterpillar.svg", 404),
        ("scores/people/caterpillar.svg?size=9", 400),
        ("scores/people/caterpillar.svg?hindsight=perhaps", 400),
        ("scores/people/caterpillar.svg?standing=best", 400),
        ("scores/people/caterpillar.svg?page=0", 400),
        ("scores/people/caterpillar.svg?page=%C2%B2", 400),
        ("scores/people/caterpillar.svg?page=99999999999999999999", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_as_json(editor: Door, path: str, status: int) -> None:
    answer = editor.read(path)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ALL)
def test_nobody_who_has_not_come_in_sees_a_picture(
    door: Callable[[str], Door], sibyl: Person, path: str
) -> None:
    assert door("public").read(f"scores/people/{path}.svg").status_code == 401


@pytest.mark.parametrize("name", OF_A_SUBJECT)
def test_a_person_is_drawn_by_id_and_by_slug(editor: Door, sibyl: Person, name: str) -> None:
    by_id = picture(editor, f"scores/people/{sibyl.pk}/{name}.svg")
    by_slug = picture(editor, f"scores/people/{sibyl.slug}/{name}.svg")

    assert "Sibyl <script>" in by_id.findtext(f"{SVG}title", "")
    assert ElementTree.tostring(by_id) == ElementTree.tostring(by_slug)


@pytest.mark.parametrize("name", OF_A_SUBJECT)
@pytest.mark.parametrize("kind", ["people", "organisations", "outlets", "topics"])
def test_without_a_claim_the_picture_says_so_in_words(editor: Door, kind: str, name: str) -> None:
    claim = make_claim(frozen=False)
    subject = {
        "people": claim.person,
        "organisations": claim.quotation.snapshot.source.outlet,
    }.get(kind)
    if subject is None:
        assert editor.read(f"scores/{kind}/1/{name}.svg").status_code == 404
        return

    drawn = picture(editor, f"scores/{kind}/{subject.pk}/{name}.svg")

    assert drawn.findtext(f"{SVG}desc")


def test_a_table_is_drawn_with_names_and_without_ranks(editor: Door, sibyl: Person) -> None:
    drawn = picture(editor, "scores/people/caterpillar.svg")

    words = " ".join(drawn.itertext())
    assert "Sibyl <script>" in words
    assert "ot enough evidence to rank" in words


def test_of_a_long_table_one_standing_and_one_page_can_be_drawn(
    editor: Door, sibyl: Person
) -> None:
    claim = make_claim()

    few = picture(editor, "scores/people/caterpillar.svg?standing=claims_only&page=7")

    words = " ".join(few.itertext())
    assert str(claim.person) in words
    assert "Sibyl" not in words


@pytest.mark.parametrize("path", ALL)
def test_the_data_behind_a_picture_is_a_table(editor: Door, sibyl: Person, path: str) -> None:
    answer = editor.read(f"scores/people/{path}.json")

    found = answer.json()
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert found["caption"].startswith(found["title"])
    assert found["rows"] or path == "sibyl/hedges"
    assert all(len(row) == len(found["headers"]) for row in found["rows"])
    assert found["svg"] == f"http://testserver/api/v1/scores/people/{path}.svg"


@pytest.mark.parametrize("path", ALL)
def test_the_page_to_embed_holds_picture_and_table(editor: Door, sibyl: Person, path: str) -> None:
    answer = editor.read(f"scores/people/{path}.html")

    page = answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert page.count('role="img"') == 1
    assert '<th scope="col">' in page
    assert "<script>" not in page


def test_a_picture_keeps_what_was_asked_for(editor: Door, sibyl: Person) -> None:
    found = editor.read("scores/people/caterpillar.json", standing="unranked").json()

    assert found["svg"].endswith("/caterpillar.svg?standing=unranked")


# --- who may keep it, and show it where ----------------------------------------------


@pytest.mark.parametrize("shape", MEDIA_TYPES)
def test_what_takes_a_login_stays_with_who_asked(editor: Door, sibyl: Person, shape: str) -> None:
    answer = editor.read(f"scores/people/sibyl/timeline.{shape}")

    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("shape", MEDIA_TYPES)
def test_what_is_open_to_all_is_shown_anywhere(public: Door, sibyl: Person, shape: str) -> None:
    answer = public.read(f"scores/people/sibyl/timeline.{shape}")

    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer


def test_staff_is_answered_privately_where_the_public_reads(
    public: Door, editor: Door, sibyl: Person
) -> None:
    answer = editor.read("scores/people/sibyl/score.svg")

    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Vary"].split(", ")[:2] == ["Authorization", "Cookie"]


def test_a_picture_runs_nothing_and_fetches_nothing(public: Door, sibyl: Person) -> None:
    answer = public.read("scores/people/sibyl/calibration.svg")

    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ALL)
def test_who_has_the_picture_already_is_told_so(editor: Door, sibyl: Person, path: str) -> None:
    address = f"/api/v1/scores/people/{path}.svg"
    first = editor.get(address)

    again = editor.get(address, headers={"If-None-Match": first["ETag"]})
    other = editor.get(address, headers={"If-None-Match": '"else"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"
    assert other.status_code == 200


# --- blindness, and cost -------------------------------------------------------------


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("shape", MEDIA_TYPES)
def test_a_judge_with_an_answer_to_give_sees_no_picture(
    judge: Door, sibyl: Person, path: str, shape: str
) -> None:
    """The strip below a curve would name the hidden probability: "1 at most, at 61.7 %"."""
    round = make_round()
    address = f"scores/people/{path}.{shape}"

    refused = judge.read(address)
    make_verdict(round=round, judge=judge.user)

    assert refused.status_code == 403
    assert "Sibyl" not in refused.content.decode()
    assert judge.read(address).status_code == 200


@pytest.mark.parametrize("path", ["people/", "people/sibyl/"])
def test_a_judge_with_an_answer_to_give_sees_no_figure_behind_a_picture(
    judge: Door, sibyl: Person, path: str
) -> None:
    """The Brier score of one claim is (p - y) squared, which is as good as p."""
    round = make_round()

    refused = judge.read(f"scores/{path}")
    make_verdict(round=round, judge=judge.user)

    assert refused.status_code == 403
    assert judge.read(f"scores/{path}").status_code == 200


def test_what_is_not_frozen_is_not_on_the_public_timeline(public: Door, sibyl: Person) -> None:
    make_claim(person=sibyl, frozen=False)

    assert len(public.read("scores/people/sibyl/timeline.json").json()["rows"]) == 3


@pytest.mark.parametrize("path", ALL)
def test_a_picture_asks_as_often_of_few_claims_as_of_many(
    editor: Door, sibyl: Person, path: str
) -> None:
    def asked() -> int:
        scores.rescore()
        with CaptureQueriesContext(connection) as queries:
            picture(editor, f"scores/people/{path}.svg")
        return len(queries)

    asked()
    few = asked()
    people: list[Any] = [sibyl, sibyl, make_person()]
    for person in people:
        make_claim(person=person, proposition=make_resolution().proposition)

    assert asked() == few <= 16
