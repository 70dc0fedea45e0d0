"""The scoreboard of the workbench."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.actions.scores import rescore
from tracker.admin.navigation import sidebar
from tracker.admin.scoreboards import EXPLAINED, HEADINGS
from tracker.domain.ranking import Tier
from tracker.models import Person, Proposition


def speaker(name: str, events: int) -> Person:
    person = builders.make_person(name=name)
    for _ in range(events):
        claim = builders.make_claim(person=person)
        builders.make_resolution(proposition=claim.proposition)
    return person


def board(client: Client, **asked: str) -> str:
    rescore()
    answer = client.get(reverse("admin:tracker_scoreboard"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_tier_has_its_words() -> None:
    assert set(HEADINGS) == set(EXPLAINED) == set(Tier)


def test_who_has_no_role_does_not_see_the_board(client: Client, db: None) -> None:
    client.force_login(builders.make_user(role="", is_staff=True))

    assert client.get(reverse("admin:tracker_scoreboard")).status_code == 403


def test_a_judge_at_work_sees_no_scores(client: Client, db: None) -> None:
    speaker("Sibyl Unseen", 3)
    client.force_login(make_staff("judge"))

    shown = board(client)

    assert "Scores are not shown to judges" in shown
    assert "Sibyl Unseen" not in shown


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "parties"},
        {"standing": "best"},
        {"page": "0"},
        {"page": "²"},
        {"page": "9" * 30},
        {"q": "\0"},
        {"topic": "99999", "said_from": "yesterday"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_passed_over(editor: Client, asked: dict[str, str]) -> None:
    speaker("Ada", 1)

    assert "Ada" in board(editor, **asked)


def test_too_few_events_make_no_number_and_lead_to_the_claims(editor: Client) -> None:
    person = speaker("Ada", 2)

    shown = board(editor)

    assert "Fewer than 3 resolved events make no number" in shown
    assert '<th scope="col" class="t-num">Improvement</th>' not in shown
    assert f"/admin/tracker/person/{person.pk}/change/#claims" in shown
    assert "Read the 2 claims" in shown
    assert "t-picture" not in shown


def test_a_few_events_make_a_grey_number_without_a_rank(editor: Client) -> None:
    speaker("Ada", 3)

    shown = board(editor)

    assert "t-faint" in shown
    assert "90 % interval" in shown
    assert "Shrunken" not in shown
    assert 'id="caterpillar-people"' in shown


@pytest.mark.parametrize("kind", ["people", "organisations", "outlets", "topics"])
def test_every_kind_has_its_board(editor: Client, kind: str) -> None:
    claim = builders.make_claim(
        organisation=builders.make_organisation(name="organisations"),
        person=builders.make_person(name="people"),
        proposition=builders.make_proposition(topic=builders.make_topic(name="topics")),
        quotation=builders.make_quotation(
            snapshot=builders.make_snapshot(
                source=builders.make_source(outlet=builders.make_organisation(name="outlets"))
            )
        ),
    )
    assert claim.pk

    shown = board(editor, kind=kind)

    assert f">{kind}</a></th>" in shown
    assert f'aria-current="page">{kind.capitalize()}' in shown


@pytest.mark.parametrize("kind", ["people", "topics"])
def test_a_name_can_be_looked_for(editor: Client, kind: str) -> None:
    speaker("Ada", 1)
    speaker("Zoe", 1)

    found = board(editor, q="ZO") if kind == "people" else board(editor, kind=kind, q="ZO")

    assert (">Zoe</a>" in found) is (kind == "people")
    assert ">Ada</a>" not in found


def test_one_standing_can_be_asked_for(editor: Client) -> None:
    speaker("Ada", 1)
    speaker("Zoe", 3)

    shown = board(editor, standing="claims_only")

    assert ">Ada</a>" in shown
    assert ">Zoe</a>" not in shown
    assert 'href="?kind=people&amp;standing=unranked"' in shown


def test_the_board_and_its_file_count_the_claims_of_a_topic_and_of_days(editor: Client) -> None:
    topic = builders.make_topic(name="Harbours")
    ada = speaker("Ada", 3)
    Proposition.objects.filter(claims__person=ada).update(topic=topic)
    speaker("Zoe", 3)
    rescore()

    shown = board(editor, topic=str(topic.pk))

    assert ">Ada</a>" in shown
    assert ">Zoe</a>" not in shown
    assert f"caterpillar.svg?topic={topic.pk}" in shown
    assert ">Ada</a>" not in board(editor, topic=str(topic.pk), said_to="1999-12-31")
    file = editor.get(reverse("admin:tracker_scoreboard_export"), {"topic": topic.pk})
    assert [row.split(",")[2] for row in file.content.decode().splitlines()[1:]] == ["Ada"]


def test_a_long_board_has_pages(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.actions.scoreboards.ROWS", 1)
    speaker("Ada", 1)
    speaker("Zoe", 1)

    shown = board(editor, page="2")

    assert "Page 2 of 2" in shown
    assert 'href="?kind=people&amp;page=1"' in shown
    assert ">Ada</a>" not in shown


def test_the_board_is_marked_in_the_side_bar_and_the_list_beside_it_is_not(
    rf: RequestFactory, db: None
) -> None:
    request = rf.get(reverse("admin:tracker_scoreboard"))
    request.user = make_staff("coder")

    active = [i["title"] for group in sidebar(request) for i in group["items"] if i["active"]]

    assert active == ["Scoreboard"]


def test_a_board_asks_as_often_of_few_as_of_many(editor: Client) -> None:
    speaker("Ada", 3)
    board(editor)
    counts = []
    for n in range(2):
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("admin:tracker_scoreboard"))
        counts.append(len(queries))
        for k in range(3):
            speaker(f"Person {n}.{k}", 3)
        rescore()
        editor.get(reverse("admin:tracker_scoreboard"))

    assert counts[0] == counts[1]


def test_a_judge_at_work_gets_no_file_of_scores(client: Client, db: None) -> None:
    client.force_login(make_staff("judge"))

    assert client.get(reverse("admin:tracker_scoreboard_export")).status_code == 403


def test_the_file_holds_the_page_that_is_seen(editor: Client) -> None:
    speaker("=Ada", 3)
    speaker("Boris", 1)
    rescore()

    answer = editor.get(reverse("admin:tracker_scoreboard_export"), {"standing": "unranked"})

    header, *rows = csv.reader(io.StringIO(answer.content.decode()))
    (line,) = (dict(zip(header, row, strict=True)) for row in rows)
    assert (line["name"], line["standing"], line["events"]) == ("'=Ada", "unranked", "3")
    assert float(line["improvement_low"]) <= float(line["improvement"])
    assert line["shrunken"] == ""


def test_the_file_leaves_empty_what_too_few_events_say(editor: Client) -> None:
    speaker("Boris", 1)
    rescore()

    _, row = csv.reader(
        io.StringIO(editor.get(reverse("admin:tracker_scoreboard_export")).content.decode())
    )

    assert row[2:4] == ["Boris", "claims_only"]
    assert row[7:] == [""] * 6
