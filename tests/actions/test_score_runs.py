"""Published tables: made once, never changed, and the same to the byte when computed again."""

from __future__ import annotations

import pytest

from tests.actions.steps import refused
from tests.actions.world import Step, World
from tests.builders import JUDGED, make_lexicon, make_user
from tests.moments import dated
from tracker.actions.score_runs import canonical, publish_run, sha256_of, table_as_of, verify_run
from tracker.actions.scores import Subject, report_on
from tracker.domain.errors import NotPermitted
from tracker.domain.score_tables import ScoreReport
from tracker.domain.score_wire import report_json
from tracker.domain.thresholds import DEFAULT_SEED, METHOD_VERSION
from tracker.models import ScoreRun

pytestmark = pytest.mark.django_db


def test_judges_do_not_publish_tables() -> None:
    judge = make_user(role="judge")

    with refused(NotPermitted):
        publish_run(by=judge, now=JUDGED, subject=Subject.PEOPLE, title="Sieges")


BEFORE: list[Step] = [("move", 0, ""), ("carry", 0, ""), ("publish", 0, "came_true")]
AFTERWARDS: list[Step] = [
    ("publish", 0, "did_not"),
    ("merge", 0, ""),
    ("move", 0, ""),
    ("carry", 0, ""),
    ("withdraw", 0, ""),
]


@pytest.mark.parametrize("subject", Subject)
def test_a_published_table_is_computed_again_to_the_byte_whatever_came_later(
    subject: Subject,
) -> None:
    world = World()
    for step in BEFORE:
        world.take(step)
    now = dated(world.now)
    publish_run(by=world.editor, now=now, subject=subject, title="Sieges")
    for step in AFTERWARDS:
        world.take(step)
        dated(world.now)

    kept = ScoreRun.objects.get()
    again = table_as_of(Subject(kept.subject), kept.as_of, seed=kept.seed)

    assert (kept.table["n"] > 0, kept.as_of) == (True, now)
    assert bytes_of(report_on(subject)) != bytes_of(again.report) == canonical(kept.table)
    assert (again.input_sha256, again.lexicon) == (kept.input_sha256, kept.lexicon)
    assert (kept.seed, kept.method_version) == (DEFAULT_SEED, METHOD_VERSION)


def bytes_of(report: ScoreReport) -> bytes:
    return canonical(report_json(report))


# --- verification --------------------------------------------------------------------


@pytest.fixture
def run(db: None) -> ScoreRun:
    world = World()
    for step in BEFORE:
        world.take(step)
    now = dated(world.now)
    return publish_run(by=world.editor, now=now, subject=Subject.PEOPLE, title="Sieges")


def kept(run: ScoreRun) -> ScoreRun:
    return ScoreRun.objects.get(pk=run.pk)


def test_a_published_table_is_found_to_be_what_it_says(run: ScoreRun) -> None:
    found = verify_run(kept(run))

    assert (found.identical, found.differs) == (True, ())
    assert found.published_sha256 == found.computed_sha256 == sha256_of(kept(run).table)


def test_a_table_that_was_tampered_with_is_found_out(run: ScoreRun) -> None:
    false = kept(run)
    false.table = {**false.table, "brier": 0.001}

    found = verify_run(false)

    assert (found.identical, found.differs) == (False, ("table.brier",))
    assert found.published_sha256 != found.computed_sha256


def test_what_else_it_rests_on_is_named_where_it_differs(run: ScoreRun) -> None:
    false = kept(run)
    false.lexicon = make_lexicon(frozen=False)
    false.method_version, false.input_sha256 = "0.9", "0" * 64

    assert verify_run(false).differs == ("method", "lexicon", "input")


def test_a_table_is_written_down_in_one_way() -> None:
    assert canonical({"b": [1, 0.5], "a": None}) == b'{"a":null,"b":[1,0.5]}'
