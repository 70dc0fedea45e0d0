"""One's calendar: made for oneself, revoked by a new one, of what one may judge."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.steps import published, refused
from tests.builders import (
    DEADLINE,
    JUDGED,
    make_claim,
    make_proposition,
    make_reading,
    make_resolution,
    make_user,
)
from tests.links import make_feed
from tracker.actions.calendars import (
    AHEAD,
    BACK,
    NOTED_EVERY,
    entries_for,
    find_calendar,
    make_calendar,
    revoke_calendar,
)
from tracker.actions.links import Purpose, new_token
from tracker.actions.propositions import edit_proposition
from tracker.domain import errors
from tracker.domain.calendars import Entry
from tracker.domain.replies import LinkGone, LinkUnknown
from tracker.models import CalendarFeed, Proposition, User

pytestmark = pytest.mark.django_db


def entries(user: User, now: Any = JUDGED) -> list[Entry]:
    return entries_for(user, now=now, address_of=lambda one: f"/{one.pk}/")


def statements(user: User, now: Any = JUDGED) -> list[str]:
    return [entry.statement for entry in entries(user, now)]


def test_who_has_no_role_has_no_calendar() -> None:
    stranger = make_user(role="")
    make_proposition()

    with refused(errors.NotPermitted):
        make_calendar(by=stranger, now=JUDGED)
    assert entries(stranger) == []


def test_an_address_is_revoked_by_its_owner_or_an_editor_and_once() -> None:
    feed, other = make_feed(), make_user(role="judge")

    with refused(errors.NotPermitted, "feed"):
        revoke_calendar(by=other, now=JUDGED, feed=feed)

    assert revoke_calendar(by=feed.user, now=JUDGED, feed=feed).revoked_at == JUDGED
    with refused(errors.Conflict, "feed"):
        revoke_calendar(by=feed.user, now=JUDGED, feed=feed)
    assert revoke_calendar(by=make_user(role="editor"), now=JUDGED, feed=make_feed()).revoked_at


def test_a_new_address_revokes_the_old_one() -> None:
    judge = make_user(role="judge")
    old, new = (make_calendar(by=judge, now=JUDGED) for _ in range(2))

    with pytest.raises(LinkGone):
        find_calendar(old.token, now=JUDGED)
    assert find_calendar(new.token, now=JUDGED) == new.link
    assert CalendarFeed.objects.count() == 2


def test_a_forged_address_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), pytest.raises(LinkUnknown):
        find_calendar("a" * 32 + "." + "b" * 43, now=JUDGED)
    with pytest.raises(LinkUnknown):
        find_calendar(new_token(Purpose.CALENDAR), now=JUDGED)


def test_who_has_left_reads_no_calendar() -> None:
    made = make_calendar(by=make_user(role="judge"), now=JUDGED)
    User.objects.update(is_active=False)

    with pytest.raises(LinkGone):
        find_calendar(made.token, now=JUDGED)


def test_a_reading_is_noted_once_an_hour() -> None:
    made = make_calendar(by=make_user(role="judge"), now=JUDGED)

    def noted(later: timedelta) -> Any:
        find_calendar(made.token, now=JUDGED + later)
        return CalendarFeed.objects.get().last_read_at - JUDGED

    assert noted(timedelta(0)) == noted(NOTED_EVERY - timedelta(seconds=1)) == timedelta(0)
    assert noted(NOTED_EVERY) == NOTED_EVERY


# --- what stands in it ---------------------------------------------------------------


def test_a_judge_is_shown_what_they_may_judge() -> None:
    judge = make_user(role="judge")
    free, coded, read = (make_claim(), make_claim(coder=judge), make_claim())
    make_reading(claim=read, reader=judge)

    assert free.proposition and coded.proposition and read.proposition
    assert statements(judge) == [free.proposition.statement]
    assert len(statements(make_user(role="editor"))) == len(statements(make_user())) == 3


def test_drafts_and_days_far_away_are_left_out() -> None:
    make_proposition(frozen=False)
    make_proposition(deadline=(JUDGED - BACK).date() - timedelta(days=1))
    make_proposition(deadline=(JUDGED + AHEAD).date() + timedelta(days=1))
    first = make_proposition(deadline=(JUDGED - BACK).date())
    last = make_proposition(deadline=(JUDGED + AHEAD).date())

    assert statements(make_user(role="editor")) == [first.statement, last.statement]


def test_an_entry_is_due_on_the_deadline_or_to_be_reviewed_on_its_day() -> None:
    due = make_proposition(review_on=DEADLINE - timedelta(days=30))
    review = make_proposition(deadline=None, review_on=DEADLINE - timedelta(days=1))

    found = entries(make_user(role="editor"))

    assert [(one.uuid, one.day, one.review) for one in found] == [
        (review.uuid, DEADLINE - timedelta(days=1), True),
        (due.uuid, DEADLINE, False),
    ]
    assert found[1].address == f"/{due.pk}/"


def test_every_change_counts_up_and_is_dated() -> None:
    editor, what = make_user(role="editor"), make_proposition()
    (before,) = entries(editor)

    edit_proposition(by=editor, proposition=what, reason="Asked.", note="Look again.")
    (edited,) = entries(editor)
    published(what)
    (settled,) = entries(editor)

    assert before.changes < edited.changes < settled.changes
    assert before.changed_at <= edited.changed_at
    assert (before.settled, edited.settled, settled.settled) == (False, False, True)


def test_what_was_settled_stays_cancelled_for_a_while() -> None:
    editor = make_user(role="editor")
    what = make_proposition(deadline=(JUDGED + AHEAD).date())
    make_resolution(proposition=what, published=False)

    assert [one.settled for one in entries(editor)] == [True]
    assert entries(editor, JUDGED + BACK + timedelta(days=1)) == []


def test_a_proposition_that_was_merged_is_cancelled() -> None:
    what = make_proposition()
    Proposition.objects.filter(pk=what.pk).update(merged_into=make_proposition())

    assert {one.uuid: one.settled for one in entries(make_user())}[what.uuid] is True


def test_as_many_entries_as_there_are_take_the_same_questions(
    django_assert_num_queries: Any,
) -> None:
    judge = make_user(role="judge")
    for _ in range(3):
        make_claim()

    with django_assert_num_queries(2):
        assert len(entries(judge)) == 3
