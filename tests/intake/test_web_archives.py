"""What an archive's link and answer say of the page: its own address, and when it was captured."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.intake.fetching import NOW
from tracker.intake.fetch import Fetched
from tracker.intake.web_archives import (
    Kept,
    OriginalUnnamed,
    TimeUnnamed,
    kept,
    original_of,
    unchanged,
)

STAMP = "20160411083000"
WHEN = datetime(2016, 4, 11, 8, 30, tzinfo=UTC)
PAGE = "https://paper.example/a?id=1"
MOMENT = {"memento-datetime": "Mon, 11 Apr 2016 08:30:00 GMT"}
ORIGINAL = {"link": f'<{PAGE}>; rel="original", <https://perma.cc/AB12-CD34>; rel="memento"'}
PERMA = "https://perma.cc/AB12-CD34"
SHORT = "https://archive.ph/AbC1d"


def answered(url: str, **headers: str) -> Fetched:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Fetched(url, url, 200, "text/html", b"", named, NOW)


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        pytest.param(f"/web/{STAMP}/{PAGE}", f"/web/{STAMP}id_/{PAGE}", id="replay"),
        pytest.param(f"/web/{STAMP}if_/{PAGE}", f"/web/{STAMP}id_/{PAGE}", id="in a frame"),
        pytest.param(f"/web/{STAMP}id_/{PAGE}", f"/web/{STAMP}id_/{PAGE}", id="bare already"),
        pytest.param(f"/web/2016/{PAGE}", f"/web/2016id_/{PAGE}", id="only a year"),
        pytest.param(f"/web/*/{PAGE}", f"/web/2id_/{PAGE}", id="listing"),
        pytest.param(f"/web/{PAGE}", f"/web/2id_/{PAGE}", id="no time"),
    ],
)
def test_the_wayback_machine_is_asked_for_the_bare_bytes(link: str, asked: str) -> None:
    assert unchanged(f"https://web.archive.org{link}") == f"https://web.archive.org{asked}"


@pytest.mark.parametrize("link", [PAGE, PERMA, SHORT])
def test_what_is_no_wayback_link_is_asked_for_as_it_is(link: str) -> None:
    assert unchanged(link) == link


def test_an_archive_that_does_not_name_the_page_asks_for_a_person() -> None:
    with pytest.raises(OriginalUnnamed) as refusal:
        kept(PERMA, answered(PERMA, **MOMENT), [PERMA, "https://archive.ph/"])

    assert refusal.value.field == "url"
    assert "give the source the page's own address" in refusal.value.message


@pytest.mark.parametrize("said", [{}, {"memento-datetime": "last Monday"}], ids=["silent", "vague"])
def test_an_archive_that_does_not_say_when_asks_for_a_better_link(said: dict[str, str]) -> None:
    with pytest.raises(TimeUnnamed):
        kept(PERMA, answered(PERMA, **ORIGINAL, **said))


SAID: dict[str, tuple[str, Fetched, list[str]]] = {
    "the link": (
        f"http://web.archive.org/web/{STAMP}/{PAGE}",
        answered(f"http://web.archive.org/web/{STAMP}id_/{PAGE}"),
        [],
    ),
    "where the link led": (
        f"http://web.archive.org/web/2016/{PAGE}",
        answered(f"http://web.archive.org/web/{STAMP}id_/{PAGE}"),
        [],
    ),
    "the headers": (PERMA, answered(PERMA, **MOMENT, **ORIGINAL), []),
    "the markup's long link": (
        SHORT,
        answered(SHORT),
        [f"https://archive.ph/2016.04.11-083000/{PAGE}", SHORT],
    ),
    "the markup's own address": (PERMA, answered(PERMA, **MOMENT), [PERMA, PAGE]),
}


@pytest.mark.parametrize("case", SAID)
def test_page_and_time_are_told_by(case: str) -> None:
    link, answer, stated = SAID[case]

    found = kept(link, answer, stated)

    assert (found.original, found.captured_at) == (PAGE, WHEN)


def test_what_a_person_has_said_counts_where_the_archive_is_silent() -> None:
    found = kept(PERMA, answered(PERMA, **MOMENT), [PERMA], named=PAGE)

    assert (found.original, found.captured_at) == (PAGE, WHEN)


def test_the_link_that_is_kept_shows_the_page_to_people() -> None:
    raw = f"https://web.archive.org/web/{STAMP}id_/{PAGE}"

    assert kept(raw, answered(raw)) == Kept(PAGE, WHEN, raw.replace("id_", ""))


def test_the_page_is_named_before_it_is_read_where_link_or_headers_say_so() -> None:
    assert original_of(PERMA, answered(PERMA, **ORIGINAL)) == PAGE
    assert original_of(f"https://archive.ph/{PAGE}", answered(SHORT)) == PAGE
    assert original_of(SHORT, answered(SHORT)) == ""
    assert original_of(PERMA, answered(PERMA, link='<javascript:x>; rel="original"')) == ""
