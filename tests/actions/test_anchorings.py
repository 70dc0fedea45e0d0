"""Anchorings: what a new capture does to the quotations of its page, and what people say of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.actions.steps import quotation, refused
from tests.builders import CODED, make_quotation, make_snapshot, make_source, make_user
from tracker.actions import anchorings
from tracker.actions.addresses import merge_sources
from tracker.actions.anchorings import accept, acknowledge, catch_up, follow, reanchor
from tracker.actions.documents import SnapshotDraft, capture, quote
from tracker.domain import errors
from tracker.models import Anchoring, Event, Quotation, Snapshot, Source

pytestmark = pytest.mark.django_db

SAID = "those in Aleppo might yet experience some of the worst this war has seen"
PAGE = f"Talks go on. “{SAID},” an analyst said on Monday."
SHARPENED = PAGE.replace("might yet", "will")
GONE = "The page you are looking for was removed. Try our front page, or search the archive."
NEXT_DAY = CODED + timedelta(days=1)


def quoted(text: str = PAGE, words: str = SAID, **fields: Any) -> Quotation:
    return make_quotation(snapshot=make_snapshot(text=text, **fields), exact=words)


def captured(source: Source, text: str, **fields: Any) -> Snapshot:
    draft = SnapshotDraft(text=text, **fields)
    return capture(by=make_user(), now=NEXT_DAY, source=source, draft=draft)


def alarm(text: str = SHARPENED) -> Anchoring:
    """What a changed page makes of one quotation."""
    captured(quoted().snapshot.source, text)
    return Anchoring.objects.alarms().latest("id")


# --- a new capture -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("newer", "state", "words", "distance"),
    [
        pytest.param(PAGE + " More follows.", "exact", SAID, 0, id="same place"),
        pytest.param("Updated at noon. " + PAGE, "moved", SAID, 0, id="elsewhere"),
        pytest.param(
            PAGE.replace("this war", "this\u00a0war"),
            "moved",
            SAID.replace("this war", "this\u00a0war"),
            1,
            id="another typography",
        ),
        pytest.param(SHARPENED, "changed", SAID.replace("might yet", "will"), 8, id="sharpened"),
        pytest.param(GONE, "orphan", "", 0, id="gone"),
    ],
)
def test_a_capture_says_what_became_of_each_quotation(
    newer: str, state: str, words: str, distance: int
) -> None:
    known = quoted()

    later = captured(known.snapshot.source, newer)

    found = Anchoring.objects.get()
    assert (found.quotation, found.snapshot, found.anchored_at) == (known, later, NEXT_DAY)
    assert (found.state, found.exact, found.distance) == (state, words, distance)
    if words:
        assert found.start is not None
        assert later.text[found.start : found.end] == words


def test_an_excerpt_loses_no_words() -> None:
    known = quoted()

    captured(known.snapshot.source, GONE, completeness="excerpt")

    assert not Anchoring.objects.exists()


def test_words_of_an_excerpt_are_sought_in_the_full_page() -> None:
    known = quoted(text=SAID, completeness="excerpt")

    captured(known.snapshot.source, PAGE)

    assert Anchoring.objects.get().state == "moved"


def test_a_merged_page_is_one_page_and_another_page_is_none_of_its_business() -> None:
    standing = make_source()
    merged, other = make_source(merged_into=standing), make_source()
    first, second = (quoted(source=page) for page in (standing, merged))
    quoted(source=other)

    captured(standing, SHARPENED)

    found = Anchoring.objects.values_list("quotation", "state")
    assert set(found) == {(first.pk, "changed"), (second.pk, "changed")}


def test_a_capture_is_compared_once() -> None:
    known = quoted()
    later = captured(known.snapshot.source, SHARPENED)

    captured(known.snapshot.source, SHARPENED)
    again = reanchor(snapshot=later, now=NEXT_DAY)

    assert (again, Anchoring.objects.count(), Event.objects.count()) == ([], 1, 1)


def test_words_that_are_quoted_late_are_compared_with_the_captures_since() -> None:
    first = make_snapshot(text=PAGE)
    captured(first.source, SHARPENED)
    captured(first.source, PAGE, completeness="excerpt")

    quote(by=make_user(), now=NEXT_DAY, snapshot=first, draft=quotation(exact=SAID))

    assert Anchoring.objects.get().state == "changed"


def test_a_new_quotation_of_the_only_capture_costs_two_queries() -> None:
    known = quoted()

    with CaptureQueriesContext(connection) as queries:
        assert follow(quotation=known, now=CODED) == []

    assert len(queries) == 2


def test_many_quotations_of_a_page_cost_a_fixed_number_of_queries() -> None:
    costs = []
    for count in (2, 40):
        page = make_snapshot(text=PAGE)
        for _ in range(count):
            make_quotation(snapshot=page, exact=SAID)
        later = make_snapshot(source=page.source, text="Moved on. " + PAGE)
        with CaptureQueriesContext(connection) as queries:
            made = reanchor(snapshot=later, now=NEXT_DAY)
        assert [one.state for one in made] == ["moved"] * count
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 7


# --- what takes long -----------------------------------------------------------------


def jobs() -> list[int]:
    """The captures that wait for a job, in the order of asking."""
    found = ProcrastinateJob.objects.filter(task_name=anchorings.JOB).order_by("id")
    return [job.args["snapshot_id"] for job in found]


def test_what_takes_long_is_left_to_a_job_that_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = make_snapshot(text=PAGE)
    for _ in range(3):
        make_quotation(snapshot=page, exact=SAID)
    monkeypatch.setattr(anchorings, "AT_ONCE", 2 * len(SHARPENED))
    monkeypatch.setattr(anchorings, "BATCH", 2)

    later = captured(page.source, SHARPENED)

    assert (jobs(), Anchoring.objects.count()) == ([later.pk], 0)
    assert catch_up(snapshot=later, now=NEXT_DAY) == 3
    assert catch_up(snapshot=later, now=NEXT_DAY) == 0
    assert Anchoring.objects.alarms().count() == Event.objects.count() == 3


def test_an_excerpt_leaves_nothing_to_a_job() -> None:
    known = quoted()
    excerpt = captured(known.snapshot.source, GONE, completeness="excerpt")

    assert catch_up(snapshot=excerpt, now=NEXT_DAY) == 0


def test_a_page_that_was_captured_often_is_compared_by_jobs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = make_snapshot(text=PAGE)
    later = [captured(first.source, f"{SHARPENED} Day {day}.").pk for day in range(2)]
    monkeypatch.setattr(anchorings, "CAPTURES_AT_ONCE", 1)

    quote(by=make_user(), now=NEXT_DAY, snapshot=first, draft=quotation(exact=SAID))

    assert (jobs(), Anchoring.objects.count()) == (later, 0)


def test_two_records_that_become_one_page_are_compared() -> None:
    ours, theirs = quoted(), make_snapshot(text=SHARPENED)
    editor = make_user(role="editor")

    merge_sources(
        by=editor,
        loser=theirs.source,
        winner=ours.snapshot.source,
        reason="One page.",
    )
    for pk in jobs():
        catch_up(snapshot=Snapshot.objects.get(pk=pk), now=NEXT_DAY)

    assert set(jobs()) == {ours.snapshot_id, theirs.pk}
    assert Anchoring.objects.get().state == "changed"


# --- what is announced ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("newer", "kind"),
    [(SHARPENED, "quotation.changed"), (GONE, "quotation.orphaned")],
    ids=["changed", "gone"],
)
def test_an_alarm_is_announced_by_ids_alone(newer: str, kind: str) -> None:
    raised = alarm(newer)

    event = Event.objects.get()
    assert (event.kind, event.noun, event.record) == (kind, "anchorings", raised.pk)
    assert event.facts == {"quotation": raised.quotation_id, "snapshot": raised.snapshot_id}


def test_words_that_stand_are_not_announced_nor_is_the_same_change_twice() -> None:
    page = quoted().snapshot.source
    captured(page, "Updated. " + PAGE)
    assert not Event.objects.exists()

    captured(page, SHARPENED)
    captured(page, SHARPENED + " More follows.")
    captured(page, GONE)

    assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == [
        "quotation.changed",
        "quotation.orphaned",
    ]
    assert Anchoring.objects.alarms().count() == 3


# --- what people say of it -----------------------------------------------------------


def test_a_judge_says_nothing_of_the_words() -> None:
    raised, judge = alarm(), make_user(role="judge")

    with refused(errors.NotPermitted):
        accept(by=judge, now=NEXT_DAY, anchoring=raised)
    with refused(errors.NotPermitted):
        acknowledge(by=judge, now=NEXT_DAY, anchoring=raised, note="Softened.")


def test_words_that_are_gone_cannot_be_accepted() -> None:
    raised, coder = alarm(GONE), make_user()

    with refused(errors.Conflict, "anchoring"):
        accept(by=coder, now=NEXT_DAY, anchoring=raised)


def test_a_change_is_acknowledged_with_a_note() -> None:
    raised, coder = alarm(), make_user()

    with refused(errors.CommentRequired, "note"):
        acknowledge(by=coder, now=NEXT_DAY, anchoring=raised, note=" ")
    seen = acknowledge(by=coder, now=NEXT_DAY, anchoring=raised, note=" “will” for “might”. ")

    assert (seen.state, seen.note) == ("changed", "“will” for “might”.")
    assert (seen.seen_by, seen.seen_at) == (coder, NEXT_DAY)
    assert not Anchoring.objects.alarms().exists()


def test_no_alarm_is_answered_where_there_is_none_or_twice() -> None:
    known, coder = quoted(), make_user()
    captured(known.snapshot.source, "Updated. " + PAGE)
    standing = Anchoring.objects.get()
    with refused(errors.Conflict, "anchoring"):
        acknowledge(by=coder, now=NEXT_DAY, anchoring=standing, note="Moved.")

    raised = alarm()
    accept(by=coder, now=NEXT_DAY, anchoring=raised)
    with refused(errors.Conflict, "anchoring"):
        accept(by=coder, now=NEXT_DAY, anchoring=raised)


def test_an_accepted_passage_is_the_same_words_in_this_and_every_later_capture() -> None:
    page, coder = quoted().snapshot.source, make_user()
    captured(page, SHARPENED)
    captured(page, "Updated. " + SHARPENED)
    first, second = Anchoring.objects.order_by("id")

    accept(by=coder, now=NEXT_DAY, anchoring=first, note="A correction by the speaker.")
    captured(page, "Updated again. " + SHARPENED)

    second.refresh_from_db()
    third = Anchoring.objects.latest("id")
    assert [one.state for one in (second, third)] == ["confirmed"] * 2
    assert (third.seen_by, third.note) == (coder, "A correction by the speaker.")
    assert Event.objects.filter(kind="quotation.changed").count() == 1
    assert Quotation.objects.get().exact == SAID


def test_what_was_said_of_certain_words_does_not_hold_for_others() -> None:
    page = quoted().snapshot.source
    captured(page, SHARPENED)
    accept(by=make_user(), now=NEXT_DAY, anchoring=Anchoring.objects.get())

    captured(page, PAGE.replace("might yet", "must"))

    assert Anchoring.objects.alarms().get().exact == SAID.replace("might yet", "must")
    assert Event.objects.filter(kind="quotation.changed").count() == 2
