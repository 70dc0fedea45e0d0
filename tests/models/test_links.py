"""Links, calendars and reminders: named speakers, one use, one in force, one a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.actions.steps import at_once
from tests.builders import JUDGED, make_reply, make_user
from tests.links import issue, make_feed, make_link
from tests.refusals import refused
from tracker.actions.calendars import make_calendar
from tracker.actions.reply_links import answer_by_link
from tracker.domain.replies import LinkUsed
from tracker.models import CalendarFeed, Digest, Reply, ReplyLink

pytestmark = pytest.mark.django_db
LATER = JUDGED + timedelta(days=1)


def twice(make: Callable[..., Any], **fields: Any) -> None:
    make(**fields)
    make(**fields)


def same_uuid(make: Callable[..., Any]) -> None:
    make(uuid=make().uuid)


def use_for_two() -> None:
    reply = make_reply()
    twice(make_link, resolution=reply.resolution, reply=reply)


def use_again(reply: Any) -> None:
    link = make_link()
    link.reply = make_reply(resolution=link.resolution)
    link.save()
    ReplyLink.objects.filter(pk=link.pk).update(reply=reply)


def make_digest(**fields: Any) -> Digest:
    return Digest.objects.create(**{"day": JUDGED.date(), "items": 1, "sent_at": JUDGED, **fields})


REFUSED: dict[str, Callable[[], Any]] = {
    "reply_link_names_speaker": lambda: make_link(person=None),
    "reply_link_expires_later": lambda: make_link(expires_at=JUDGED),
    "reply_link_never_deleted": lambda: make_link().delete(),
    "reply_link_used_once": lambda: use_again(make_reply()),
    "tracker_replylink_token_hash_key": lambda: twice(make_link, token_hash="0"),
    "tracker_replylink_reply_id_key": use_for_two,
    "tracker_replylink_uuid_key": lambda: same_uuid(make_link),
    "calendar_feed_one_in_force": lambda: twice(make_feed, user=make_user()),
    "calendar_feed_never_deleted": lambda: make_feed().delete(),
    "tracker_calendarfeed_token_hash_key": lambda: twice(make_feed, token_hash="0"),
    "tracker_calendarfeed_uuid_key": lambda: same_uuid(make_feed),
    "digest_once_a_day": lambda: twice(make_digest, user=make_user()),
    "tracker_digest_items_check": lambda: make_digest(user=make_user(), items=-1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_a_used_link_is_not_made_unused() -> None:
    with refused("reply_link_used_once"):
        use_again(None)


def test_a_revoked_calendar_leaves_room_for_another() -> None:
    old = make_feed(revoked_at=LATER)

    new = make_feed(user=old.user)

    assert list(CalendarFeed.objects.filter(user=old.user)) == [new, old]
    assert str(new) == f"{new.user}, 2026-07-01"


def test_history_keeps_what_became_of_a_link_and_never_its_hash() -> None:
    link = make_link()
    link.revoked_at = LATER
    link.save()

    events = list(link.history_events.order_by("pgh_id"))

    assert [event.revoked_at for event in events] == [None, LATER]
    assert not hasattr(events[0], "token_hash")


def test_names_tell_links_and_reminders_apart() -> None:
    link, digest = make_link(), make_digest(user=make_user(username="jonas"), items=3)

    assert str(link) == f"{link.person}: {link.resolution}"
    assert str(digest) == "jonas, 2026-07-01: 3"


# --- at the same moment --------------------------------------------------------------


def test_of_two_replies_by_one_link_at_once_one_is_kept(committed: None) -> None:
    link = issue().link
    words = {"author": "Ada", "text": "I said if."}

    came = at_once(
        *(lambda: answer_by_link(by=None, now=LATER, link=link, **words) for _ in range(2))
    )

    assert {type(one) for one in came} == {Reply, LinkUsed}
    assert Reply.objects.count() == 1


def test_of_two_calendars_at_once_the_later_is_in_force(committed: None) -> None:
    user = make_user(role="judge")

    made = at_once(*(lambda: make_calendar(by=user, now=LATER) for _ in range(2)))

    assert len(made) == CalendarFeed.objects.count() == 2
    assert CalendarFeed.objects.get(revoked_at=None).user == user
