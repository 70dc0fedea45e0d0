"""Mementos: the nearest to a moment, linked as RFC 7089 has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memento_client import MementoClient

from tracker.domain.mementos import (
    Memento,
    Places,
    http_date,
    links,
    nearest,
    originals,
    timemap,
    timemap_json,
)

PAGE = "https://example.org/a?b=1,2"
PLACES = Places(PAGE, f"http://here/timegate/{PAGE}", f"http://here/timemap/link/{PAGE}", "json")
NOON = datetime(2016, 4, 11, 12, tzinfo=UTC)


def days(*numbers: int) -> list[Memento]:
    return [Memento(f"http://here/{n}", NOON + timedelta(days=n)) for n in numbers]


def relations(header: str) -> dict[str, list[str]]:
    """What each address is, as the Memento project's own client reads it."""
    found = MementoClient.parse_link_header(header)
    return {url: link["rel"] for url, link in found.items()}


@pytest.mark.parametrize(
    ("moment", "found"),
    [(None, 9), (-5, 0), (0, 0), (2, 0), (3, 4), (6.5, 4), (7, 9), (99, 9)],
)
def test_the_nearest_is_found_the_earlier_of_two(moment: float | None, found: int) -> None:
    at = None if moment is None else NOON + timedelta(days=moment)

    assert nearest(days(0, 4, 9), at).url == f"http://here/{found}"


@given(
    st.lists(st.datetimes(), min_size=1, max_size=8).map(sorted),
    st.datetimes(),
)
def test_nothing_is_nearer_than_the_nearest(moments: list[datetime], asked: datetime) -> None:
    mementos = [Memento(str(n), moment) for n, moment in enumerate(moments)]

    chosen = nearest(mementos, asked)

    assert all(abs(chosen.at - asked) <= abs(one.at - asked) for one in mementos)


def test_a_memento_is_linked_to_its_page_and_its_neighbours() -> None:
    mementos = days(0, 1, 2, 3, 4)

    found = relations(links(PLACES, mementos, mementos[2]))

    assert found == {
        PAGE: ["original"],
        PLACES.timegate: ["timegate"],
        PLACES.timemap: ["timemap"],
        "http://here/0": ["first", "memento"],
        "http://here/1": ["prev", "memento"],
        "http://here/2": ["memento"],
        "http://here/3": ["next", "memento"],
        "http://here/4": ["last", "memento"],
    }


def test_a_single_memento_is_the_first_and_the_last() -> None:
    (only,) = days(0)

    found = relations(links(PLACES, [only], only))

    assert found[only.url] == ["first", "last", "memento"]


def test_a_timemap_lists_all_with_their_moments() -> None:
    found = MementoClient.parse_link_header(timemap(PLACES, days(0, 1)))

    assert found["http://here/0"]["datetime"] == ["Mon, 11 Apr 2016 12:00:00 GMT"]
    assert found["http://here/1"]["rel"] == ["last", "memento"]
    assert found[PLACES.timemap]["until"] == ["Tue, 12 Apr 2016 12:00:00 GMT"]
    assert found[PLACES.timegate]["rel"] == ["timegate"]


def test_a_timemap_in_json_has_the_names_of_the_time_travel_service() -> None:
    found = timemap_json(PLACES, days(0, 1))

    assert found["mementos"]["first"] == {
        "datetime": "2016-04-11T12:00:00Z",
        "uri": "http://here/0",
    }
    assert len(found["mementos"]["list"]) == 2
    assert found["timemap_uri"] == {"link_format": PLACES.timemap, "json_format": "json"}


def test_moments_are_told_in_greenwich_time() -> None:
    moment = datetime(2016, 4, 11, 1, 30, 59, 999, tzinfo=timezone(timedelta(hours=3)))

    assert http_date(moment) == "Sun, 10 Apr 2016 22:30:59 GMT"


@pytest.mark.parametrize(
    ("path", "query", "first"),
    [
        ("https://example.org/a", "", "https://example.org/a"),
        ("https://example.org/a", "x=1&y=%20", "https://example.org/a?x=1&y=%20"),
        ("https:/example.org/a", "x=1", "https://example.org/a?x=1"),
        ("HTTP:///example.org/a", "", "HTTP://example.org/a"),
        ("example.org/a", "", "http://example.org/a"),
        ("https://example.org/a b%", "", "https://example.org/a%20b%25"),
        ("https://example.org/é", "", "https://example.org/%C3%A9"),
    ],
)
def test_the_address_in_a_path_is_read_with_its_query_and_both_slashes(
    path: str, query: str, first: str
) -> None:
    assert originals(path, query)[0] == first


def test_an_address_that_was_encoded_in_one_piece_is_read_as_well() -> None:
    found = originals("https://example.org/a?x=1", "")

    assert found == ("https://example.org/a%3Fx=1", "https://example.org/a?x=1")
