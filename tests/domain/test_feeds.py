"""Atom that a real parser reads, whatever words it carries."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.feeds import Entry, Feed, lasting, to_atom

ID = UUID("332f01a3-acb5-4dd8-951c-1c194f58ae09")
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
HERE = "https://tracker.example/feeds/claims.atom"


def entry(title: str = "A title", text: str = "Some text.") -> Entry:
    return Entry(ID, title, text, "https://tracker.example/1/", NOW, NOW, ("forecast",))


def feed(*entries: Entry) -> bytes:
    return to_atom(Feed(HERE, "The Desk: claims", "The Desk", entries))


def test_a_feed_without_entries_is_a_feed() -> None:
    found = feedparser.parse(feed())

    assert (found.bozo, found.version, found.entries) == (False, "atom10", [])
    assert feed() == feed()


def test_an_aspect_of_a_record_keeps_its_id_and_is_not_the_record() -> None:
    assert lasting(ID, "resolution") == lasting(ID, "resolution") != ID


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_words_come_out_as_they_went_in_or_with_a_mark_for_what_xml_cannot_hold(text: str) -> None:
    found = feedparser.parse(feed(entry(text=f"x{text}x")), sanitize_html=False)

    assert not found.bozo
    assert len(found.entries) == 1


def test_hostile_words_stay_words() -> None:
    hostile = "]]><script>alert('&amp;')</script>\0\x1b"

    (found,) = feedparser.parse(feed(entry(title=hostile, text=hostile))).entries

    assert found.content[0].type == "text/plain"
    assert found.content[0].value == "]]><script>alert('&amp;')</script>\ufffd\ufffd"
    assert b"<script" not in feed(entry(title=hostile, text=hostile))


def test_an_entry_tells_when_where_and_of_what_kind() -> None:
    (found,) = feedparser.parse(feed(entry())).entries

    assert found.id == f"urn:uuid:{ID}"
    assert (found.link, found.updated) == ("https://tracker.example/1/", "2026-07-01T09:00:00Z")
    assert [tag.term for tag in found.tags] == ["forecast"]
