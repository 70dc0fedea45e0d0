"""Published tables: who publishes, who reads, and what a check of them says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import make_claim, make_person, make_resolution, make_round, make_verdict
from tests.runs import make_run
from tracker.actions.score_runs import sha256_of
from tracker.actions.scores import rescore
from tracker.models import Person, ScoreRun

BODY = {"title": "Sieges", "kind": "people"}


@pytest.fixture
def person(db: None) -> Person:
    person = make_person(slug="ada")
    for outcome in ("came_true", "did_not", "came_true"):
        claim = make_claim(person=person)
        make_resolution(proposition=claim.proposition, outcome=outcome)
    rescore()
    return person


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_only_editors_publish(door: Callable[[str], Door], person: Person, role: str) -> None:
    answer = door(role).send("score-runs/", BODY)

    assert answer.status_code == 403
    assert not ScoreRun.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "people"}, "title"),
        ({**BODY, "title": ""}, "title"),
        ({**BODY, "kind": "ghosts"}, "kind"),
        ({**BODY, "seed": 3}, "seed"),
    ],
    ids=["no title", "an empty title", "no such kind", "a seed of one's own"],
)
def test_what_cannot_be_published_is_refused_by_name(
    editor: Door, person: Person, body: dict[str, Any], field: str
) -> None:
    answer = editor.send("score-runs/", body)

    assert answer.status_code == 400
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]
    assert not ScoreRun.objects.exists()


def test_a_table_is_published_listed_and_read(editor: Door, public: Door, person: Person) -> None:
    made = editor.send("score-runs/", BODY)

    body = made.json()
    assert (made.status_code, body["title"], body["kind"]) == (201, "Sieges", "people")
    assert made["Location"] == body["url"]
    assert body["table"]["n"] == 3
    assert [speaker["speaker"] for speaker in body["table"]["speakers"]] == [str(person.pk)]
    listed = public.read("score-runs/").json()["results"]
    assert [row["id"] for row in listed] == [body["id"]]
    assert "table" not in listed[0]
    shown = public.read(f"score-runs/{body['id']}/").json()
    assert shown == body | {"published_by": None, "url": shown["url"]}


def test_where_the_public_does_not_read_it_reads_no_tables(
    door: Callable[[str], Door], settings: Any, db: None
) -> None:
    settings.TRACKER_PUBLIC_READ = False
    run = make_run()

    for path in ("score-runs/", f"score-runs/{run.pk}/", f"score-runs/{run.pk}/verify/"):
        assert door("public").read(path).status_code in (401, 403)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_published_table_is_never_changed(editor: Door, method: str) -> None:
    run = make_run()

    assert getattr(editor, method)(f"/api/v1/score-runs/{run.pk}/").status_code == 405


def test_a_table_is_the_same_when_it_is_computed_again(
    editor: Door, coder: Door, person: Person
) -> None:
    run = editor.send("score-runs/", BODY).json()

    found = coder.read(f"score-runs/{run['id']}/verify/").json()

    assert (found["identical"], found["differs"]) == (True, [])
    assert found["published_sha256"] == found["computed_sha256"] == sha256_of(run["table"])


def test_a_table_that_is_not_what_the_record_says_is_found_out(
    editor: Door, person: Person
) -> None:
    true = ScoreRun.objects.get(pk=editor.send("score-runs/", BODY).json()["id"])
    kept = ("method_version", "lexicon", "as_of", "seed")
    same = {name: getattr(true, name) for name in kept}
    false = make_run(**same, table=true.table | {"brier": 0.0})

    found = editor.read(f"score-runs/{false.pk}/verify/").json()

    assert (found["identical"], found["differs"]) == (False, ["input", "table.brier"])
    assert found["published_sha256"] != found["computed_sha256"]


def test_tables_before_and_after_do_not_tell_a_judge_who_spoke(judge: Door, editor: Door) -> None:
    run, under_way = make_run(), make_round()
    paths = (f"score-runs/{run.pk}/", f"score-runs/{run.pk}/verify/")

    assert [judge.read(path).status_code for path in paths] == [404, 404]
    assert judge.read("score-runs/").json()["results"] == []
    assert editor.read(paths[0]).status_code == 200

    make_verdict(round=under_way, judge=judge.user)
    assert judge.read(paths[0]).status_code == 200
