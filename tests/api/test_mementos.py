"""Mementos: found by any address and moment, read as text alone, by the protocol's own client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import requests
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from memento_client import MementoClient

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_proposition,
    make_quotation,
    make_round,
    make_snapshot,
    make_source,
)
from tracker.models import Address, Snapshot

PAGE = "https://example.org/news?id=7&x=a%20b"
HERE = "http://testserver"


def moment(day: int) -> datetime:
    return datetime(2016, 4, day, 12, 30, tzinfo=UTC)


def http(day: int) -> str:
    return f"{moment(day):%a, %d %b %Y %H:%M:%S} GMT"


@pytest.fixture
def page(db: None) -> list[Snapshot]:
    """A page with three snapshots, of the 1st, 11th and 21st."""
    source = make_source(url=PAGE, canonical_url=PAGE)
    return [
        make_snapshot(source=source, text=f"As of {day}: “é”.", captured_at=moment(day))
        for day in (1, 11, 21)
    ]


def gate(client: Door, url: str = PAGE, **headers: str) -> Any:
    return client.get(f"/timegate/{url}", **headers)


def text_of(snapshot: Snapshot) -> str:
    return f"{HERE}/api/v1/snapshots/{snapshot.pk}/text/"


# --- the text ------------------------------------------------------------------------


def test_a_snapshot_that_there_is_not_is_a_problem(coder: Door) -> None:
    answer = coder.read("snapshots/999999/text/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_snapshot_is_read_as_plain_text_that_can_do_nothing(
    coder: Door, page: list[Snapshot]
) -> None:
    answer = coder.read(f"snapshots/{page[1].pk}/text/")

    assert answer.content.decode() == page[1].text
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"


def test_a_snapshot_is_a_memento_of_its_page(coder: Door, page: list[Snapshot]) -> None:
    answer = coder.read(f"snapshots/{page[1].uuid}/text/")

    links = MementoClient.parse_link_header(answer["Link"])
    assert answer["Memento-Datetime"] == http(11)
    assert links[PAGE]["rel"] == ["original"]
    assert links[f"{HERE}/timegate/{PAGE}"]["rel"] == ["timegate"]
    assert links[f"{HERE}/timemap/link/{PAGE}"]["rel"] == ["timemap"]
    assert links[text_of(page[0])]["rel"] == ["first", "prev", "memento"]
    assert links[text_of(page[1])]["rel"] == ["memento"]
    assert links[text_of(page[2])]["rel"] == ["last", "next", "memento"]


def test_the_text_of_what_has_no_address_is_no_memento(coder: Door) -> None:
    snapshot = make_snapshot(source=make_source(url="", canonical_url=""))

    answer = coder.read(f"snapshots/{snapshot.pk}/text/")

    assert answer.status_code == 200
    assert "Memento-Datetime" not in answer.headers
    assert "Link" not in answer.headers


# --- TimeGate ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    ["yesterday", "2016-04-11", "", "Mon, 32 Apr 2016 12:00:00 GMT", "Mon, 11 Apr 99999", "\0é"],
)
def test_a_moment_that_is_none_is_refused(coder: Door, page: list[Snapshot], given: str) -> None:
    answer = gate(coder, HTTP_ACCEPT_DATETIME=given)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Accept-Datetime"
    assert answer.json()["errors"][0]["code"] == "bad_datetime"


@pytest.mark.parametrize(
    "url", ["https://example.org/unknown", "nonsense", "ftp://x", "https://[", "x" * 5000, "%00"]
)
@pytest.mark.parametrize("place", ["timegate", "timemap/link", "timemap/json"])
def test_a_page_that_is_not_on_record_is_a_problem(coder: Door, place: str, url: str) -> None:
    answer = coder.get(f"/{place}/{url}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_page_without_a_snapshot_is_not_there(coder: Door) -> None:
    assert gate(coder, make_source().url).status_code == 404


@pytest.mark.parametrize(("asked", "found"), [(None, 2), (1, 0), (5, 0), (8, 1), (30, 2)])
def test_the_gate_leads_to_the_nearest_or_the_newest(
    coder: Door, page: list[Snapshot], asked: int | None, found: int
) -> None:
    headers = {} if asked is None else {"HTTP_ACCEPT_DATETIME": http(asked)}

    answer = gate(coder, **headers)

    assert answer.status_code == 302
    assert answer["Location"] == text_of(page[found])
    assert "accept-datetime" in answer["Vary"].lower()
    assert "Memento-Datetime" not in answer.headers
    assert coder.get(answer["Location"])["Memento-Datetime"] == http((1, 11, 21)[found])


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        "http://www.example.org/news/?x=a%20b&id=7&utm_source=feed",
        "https:/example.org/news?id=7&x=a%20b",
        "example.org/news?id=7&x=a%20b",
        "https%3A%2F%2Fexample.org%2Fnews%3Fid%3D7%26x%3Da%2520b",
        "https://short.example/7",
        "https://elsewhere.example/copy",
    ],
    ids=["own", "tracked", "merged slash", "bare", "in one piece", "another", "merged source"],
)
def test_any_address_of_the_page_finds_it(coder: Door, page: list[Snapshot], url: str) -> None:
    source = page[0].source
    Address.objects.create(
        source=source,
        canonical_url="https://short.example/7",
        origin="redirect",
        added_at=timezone.now(),
    )
    copy = "https://elsewhere.example/copy"
    make_source(url=copy, canonical_url=copy, merged_into=source)

    assert gate(coder, url)["Location"] == text_of(page[2])


def test_snapshots_of_a_merged_source_are_mementos_of_the_one_that_stands(
    coder: Door, page: list[Snapshot]
) -> None:
    merged = make_source(merged_into=page[0].source)
    newest = make_snapshot(source=merged, captured_at=moment(29))

    assert gate(coder)["Location"] == text_of(newest)
    links = MementoClient.parse_link_header(coder.get(text_of(newest))["Link"])
    assert links[PAGE]["rel"] == ["original"]


# --- TimeMap -------------------------------------------------------------------------


def test_a_timemap_has_two_forms_and_no_third(coder: Door, page: list[Snapshot]) -> None:
    assert coder.get(f"/timemap/cdx/{PAGE}").status_code == 404


def test_a_timemap_lists_every_snapshot(coder: Door, page: list[Snapshot]) -> None:
    answer = coder.get(f"/timemap/link/{PAGE}")

    links = MementoClient.parse_link_header(answer.content.decode())
    assert answer["Content-Type"] == "application/link-format"
    mementos = [url for url, link in links.items() if "memento" in link["rel"]]
    assert mementos == [text_of(snapshot) for snapshot in page]
    assert links[f"{HERE}/timemap/link/{PAGE}"]["from"] == [http(1)]


def test_a_timemap_in_json_says_the_same(coder: Door, page: list[Snapshot]) -> None:
    found = coder.get(f"/timemap/json/{PAGE}").json()

    assert found["original_uri"] == PAGE
    assert found["timegate_uri"] == f"{HERE}/timegate/{PAGE}"
    assert [row["uri"] for row in found["mementos"]["list"]] == [text_of(one) for one in page]
    assert coder.get(found["timemap_uri"]["json_format"]).json() == found


def test_queries_do_not_grow_with_the_snapshots(coder: Door, page: list[Snapshot]) -> None:
    coder.get(f"/timemap/link/{PAGE}")
    with CaptureQueriesContext(connection) as queries:
        coder.get(f"/timemap/link/{PAGE}")

    assert len(queries) == 3  # the source, whether it may be seen, its snapshots


# --- who may -------------------------------------------------------------------------


def places(snapshot: Snapshot) -> list[str]:
    url = snapshot.source.url
    maps = [f"/timemap/{form}/{url}" for form in ("link", "json")]
    return [f"/api/v1/snapshots/{snapshot.pk}/text/", f"/timegate/{url}", *maps]


@pytest.mark.parametrize(("role", "status"), [("public", 401), ("stranger", 403)])
def test_mementos_are_for_those_with_a_role(
    door: Callable[[str], Door], page: list[Snapshot], role: str, status: int
) -> None:
    assert {door(role).get(place).status_code for place in places(page[0])} == {status}


def test_the_public_reads_no_text_even_where_reading_is_open(
    public: Door, page: list[Snapshot]
) -> None:
    make_claim(quotation=make_quotation(exact="As of 1", snapshot=page[0]))

    assert {public.get(place).status_code for place in places(page[0])} == {404}


def test_a_judge_finds_no_snapshot_of_a_page_under_judgement(
    judge: Door, page: list[Snapshot]
) -> None:
    quotation = make_quotation(exact="As of 1", snapshot=page[0])
    claim = make_claim(quotation=quotation, proposition=make_proposition())
    assert {judge.get(place).status_code for place in places(page[0])} == {200, 302}

    make_round(proposition=claim.proposition)

    # Nor the others: they hold the same words.
    for snapshot in page:
        assert {judge.get(place).status_code for place in places(snapshot)} == {404}


# --- the protocol's own client -------------------------------------------------------


class InProcess(requests.adapters.BaseAdapter):
    """Carries a client's requests to the API within this process; the page's server knows nothing.

    What the client asks of others is answered as a server without mementos does.
    """

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        response = requests.Response()
        response.request, response.url, response.status_code = request, str(request.url), 200
        response.raw = BytesIO()
        if response.url.startswith(HERE):
            asked = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in request.headers.items()}
            found = self.door.head(response.url.removeprefix(HERE), **asked)
            response.status_code = found.status_code
            response.headers.update(found.headers)
        return response

    def close(self) -> None:
        """Holds nothing open."""


@pytest.fixture
def client(coder: Door) -> MementoClient:
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, InProcess(coder))
    return MementoClient(timegate_uri=f"{HERE}/timegate/", session=session)


def test_a_memento_client_finds_the_nearest_and_its_neighbours(
    client: MementoClient, page: list[Snapshot]
) -> None:
    found = client.get_memento_info(PAGE, datetime(2016, 4, 12))

    assert found["timegate_uri"] == f"{HERE}/timegate/{PAGE}"
    mementos = found["mementos"]
    assert mementos["closest"]["uri"] == [text_of(page[1])]
    assert mementos["closest"]["datetime"] == datetime(2016, 4, 11, 12, 30)
    assert mementos["closest"]["http_status_code"] == 200
    for name, at in (("first", 0), ("prev", 0), ("next", 2), ("last", 2)):
        assert mementos[name]["uri"] == [text_of(page[at])]


def test_a_memento_client_knows_gate_memento_and_original(
    client: MementoClient, page: list[Snapshot]
) -> None:
    memento = client.session.head(text_of(page[0]))
    timegate = client.session.head(f"{HERE}/timegate/{PAGE}", allow_redirects=False)

    assert client.is_memento(memento.url, response=memento)
    assert client.is_timegate(timegate.url, response=timegate)
    assert client.get_original_uri(memento.url) == PAGE
