"""Archive links, in an address, a paste and a fetch: the page itself, as it was then."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.actions.capturing import PAGE, WORDS, asked, bare, done
from tests.actions.steps import claim, log, source
from tests.builders import CODED, TEXT, make_source, make_user
from tests.intake.servers import Site
from tracker.actions.captures import retry_capture
from tracker.actions.documents import SnapshotDraft, find_source, recognise_source
from tracker.actions.records import edit
from tracker.models import Capture, Source

pytestmark = pytest.mark.django_db

OWN = "https://paper.example/a"
WHEN = datetime(2016, 4, 11, 8, 30, tzinfo=UTC)
STAMP = "20160411083000"
TOOLBAR = b'<div id="wm-ipp-base"><p>The Wayback Machine has 31 captures of this page.</p></div>'
ARCHIVES = ("web.archive.org", "perma.cc", "archive.ph")


@pytest.fixture
def archive(site: Site, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The public web archives, all on this machine."""
    known = socket.getaddrinfo

    def lookup(host: str, port: Any, *args: Any, **options: Any) -> Any:
        return known("127.0.0.1" if host in ARCHIVES else host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    settings.TRACKER_FETCH_ALLOW = [f"{host}:{site.port}" for host in ARCHIVES]
    return site


def wayback(site: Site, stamp: str = STAMP) -> str:
    return site.url(f"/web/{stamp}/{OWN}", host="web.archive.org")


def fetched(link: str, page: Source | None = None) -> Capture:
    ended = done(asked(link, page))
    assert (ended.status, ended.reason) == ("ok", "")
    return ended


def kept(capture: Capture) -> tuple[Any, ...]:
    assert capture.snapshot is not None
    return (capture.method, capture.snapshot.method, capture.snapshot.captured_at)


# --- in an address and in a paste ---


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(f"https://web.archive.org/web/{STAMP}/{OWN}", id="Wayback"),
        pytest.param(f"https://archive.ph/2016.04.11-083000/{OWN}", id="archive.today"),
        pytest.param(f"https://web.archive.org/web/2016id_/{OWN}#top", id="without a full time"),
    ],
)
def test_a_source_filed_by_an_archives_link_is_the_page_itself(link: str) -> None:
    filed = recognise_source(source(url=link))

    assert (filed.url, filed.canonical_url) == (OWN, OWN)
    assert recognise_source(source(url=OWN)) == filed
    assert find_source(link) == filed


@pytest.mark.parametrize(
    ("link", "method", "when"),
    [
        pytest.param(f"https://web.archive.org/web/{STAMP}/{OWN}", "wayback", WHEN, id="Wayback"),
        pytest.param(
            f"https://archive.is/2016.04.11-083000/{OWN}", "archive_today", WHEN, id="archive.today"
        ),
        pytest.param("https://perma.cc/AB12-CD34", "paste", CODED, id="a link that names no time"),
    ],
)
def test_a_text_pasted_from_an_archive_is_as_old_as_the_archive_says(
    link: str, method: str, when: datetime
) -> None:
    snapshot = log(claim(source=source(url=link))).quotation.snapshot

    assert (snapshot.method, snapshot.captured_at, snapshot.archive_url) == (method, when, link)


def test_what_a_person_says_of_the_time_is_believed() -> None:
    link = f"https://web.archive.org/web/{STAMP}/{OWN}"
    given = SnapshotDraft(text=TEXT, captured_at=CODED, archive_url=link)

    snapshot = log(claim(snapshot=given)).quotation.snapshot

    assert (snapshot.method, snapshot.captured_at, snapshot.archive_url) == ("wayback", CODED, link)


# --- in a fetch ---


def test_the_wayback_machine_hands_out_the_page_as_it_was(archive: Site) -> None:
    archive.put(f"/web/{STAMP}/{OWN}", PAGE.replace(b"<body>", b"<body>" + TOOLBAR))
    archive.put(f"/web/{STAMP}id_/{OWN}", PAGE)

    ended = fetched(wayback(archive), bare(url=OWN, canonical_url=OWN))

    assert [path for path, _ in archive.asked] == [f"/web/{STAMP}id_/{OWN}"]
    assert kept(ended) == ("wayback", "wayback", WHEN)
    assert ended.snapshot is not None
    assert ended.snapshot.archive_url == wayback(archive)
    assert WORDS in ended.snapshot.text
    assert "Wayback Machine" not in ended.snapshot.text
    assert ended.source.url == OWN


def test_a_link_without_a_time_leads_to_a_capture_that_has_one(archive: Site) -> None:
    archive.redirect(f"/web/2016id_/{OWN}", wayback(archive, f"{STAMP}id_"))
    archive.put(f"/web/{STAMP}id_/{OWN}", PAGE)

    assert kept(fetched(wayback(archive, "2016"))) == ("wayback", "wayback", WHEN)


def test_a_page_of_another_address_than_the_sources_is_proposed(archive: Site) -> None:
    archive.put(f"/web/{STAMP}id_/{OWN}", PAGE)

    ended = fetched(wayback(archive), make_source())

    assert ended.found["addresses"] == [OWN]


def test_a_date_after_the_archives_is_not_the_pages(archive: Site) -> None:
    archive.put(f"/web/{STAMP}id_/{OWN}", PAGE.replace(b"2016-04-11", b"2016-04-12"))

    ended = fetched(wayback(archive), bare(url=OWN, canonical_url=OWN))

    assert ended.source.published_on is None
    assert "published_on" not in ended.found


# --- links that name only themselves ---

MOMENT = {"Memento_Datetime": "Mon, 11 Apr 2016 08:30:00 GMT"}
LONG = b'<link rel="canonical" href="https://archive.ph/2016.04.11-083000/%s"></head>'


def perma(site: Site) -> str:
    site.put("/AB12-CD34", PAGE, Link=f'<{OWN}>; rel="original"', **MOMENT)
    return site.url("/AB12-CD34", host="perma.cc")


def perma_by_markup(site: Site) -> str:
    said = b'<link rel="canonical" href="%s"></head>' % OWN.encode()
    site.put("/AB12-CD34", PAGE.replace(b"</head>", said), **MOMENT)
    return site.url("/AB12-CD34", host="perma.cc")


def today(site: Site) -> str:
    site.put("/AbC1d", PAGE.replace(b"</head>", LONG % OWN.encode()))
    return site.url("/AbC1d", host="archive.ph")


SHORT: dict[str, tuple[str, Callable[[Site], str]]] = {
    "perma.cc by its headers": ("perma", perma),
    "perma.cc by its markup": ("perma", perma_by_markup),
    "archive.today by its markup": ("archive_today", today),
}


def test_an_archive_that_names_no_page_asks_a_person_to(archive: Site) -> None:
    archive.put("/AB12-CD34", PAGE, **MOMENT)
    link = archive.url("/AB12-CD34", host="perma.cc")
    filed = recognise_source(source(url=link))

    ended = done(asked(link, filed))

    assert (ended.status, ended.snapshot) == ("failed", None)
    assert "give the source the page's own address" in ended.reason
    editor = make_user(role="editor")
    edit(by=editor, record=filed, url=OWN, reason="As the archive's page shows.")
    again = done(retry_capture(by=editor, now=CODED, capture=ended))
    assert kept(again) == ("perma", "perma", WHEN)
    assert again.source.url == OWN


def test_an_archive_that_names_no_time_asks_for_a_better_link(archive: Site) -> None:
    archive.put("/AB12-CD34", PAGE, Link=f'<{OWN}>; rel="original"')

    ended = done(asked(archive.url("/AB12-CD34", host="perma.cc")))

    assert ended.status == "failed"
    assert "does not say when" in ended.reason


@pytest.mark.parametrize("case", SHORT)
def test_the_page_itself_says_whose_it_is(case: str, archive: Site) -> None:
    method, make = SHORT[case]
    link = make(archive)
    filed = recognise_source(source(url=link))
    assert filed.url == link

    ended = fetched(link, filed)

    assert kept(ended) == (method, method, WHEN)
    assert (ended.source.url, ended.source.canonical_url) == (OWN, OWN)
    assert find_source(OWN) == find_source(link) == filed
    assert ended.found["archive_url"] == link
    assert ended.found["captured_at"] == WHEN.isoformat()


def test_a_page_that_is_on_record_already_is_proposed_for_a_merge(archive: Site) -> None:
    known = make_source(url=OWN, canonical_url=OWN)
    filed = recognise_source(source(url=perma(archive)))

    ended = fetched(filed.url, filed)

    filed.refresh_from_db()
    assert filed.url == filed.canonical_url.replace("https:", "http:")
    assert ended.found["addresses"] == [OWN]
    assert known.snapshots.count() == 0
