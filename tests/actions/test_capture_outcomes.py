"""Capturing by address: one snapshot, whoever dies, and nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from django.core.files.storage import storages

from tests.actions.capturing import PAGE, WORDS, asked, bare, done, files
from tests.builders import (
    CODED,
    make_capture,
    make_claim,
    make_organisation,
    make_quotation,
    make_resolution,
    make_snapshot,
    make_source,
)
from tests.intake.servers import Site
from tracker.actions import captures
from tracker.actions.captures import perform
from tracker.actions.scores import rescore
from tracker.domain import errors
from tracker.domain.captures import MOST_ATTEMPTS
from tracker.intake.archive import get, put
from tracker.models import Organisation, ScoreItem, Snapshot, Source

pytestmark = pytest.mark.django_db


# --- succeeding ---


def test_a_page_becomes_a_snapshot_and_its_bytes_lie_in_the_archive(site: Site) -> None:
    site.put("/a", PAGE)
    site.redirect("/old", "/a")
    capture = asked(site.url("/old"))

    ended = done(capture)

    assert (ended.status, ended.reason, ended.http_status) == ("ok", "", 200)
    assert (ended.requested_url, ended.final_url) == (site.url("/old"), site.url("/a"))
    assert (ended.mime, ended.size) == ("text/html", len(PAGE))
    assert ended.bytes_sha256 == sha256(PAGE).hexdigest()
    assert get(storages["archive"], ended.bytes_sha256) == PAGE
    assert ended.snapshot is not None
    assert WORDS in ended.snapshot.text
    assert (ended.snapshot.source, ended.snapshot.method) == (capture.source, "fetch")
    assert ended.snapshot.captured_by == capture.requested_by


def test_the_same_text_is_one_snapshot_and_another_text_another(site: Site) -> None:
    source = bare()
    site.put("/a", PAGE)
    first = done(asked(site.url("/a"), source))

    again = done(asked(site.url("/a"), source))
    site.put("/a", PAGE.replace(b"besieged", b"relieved"))
    later = done(asked(site.url("/a"), source))

    assert again.snapshot == first.snapshot
    assert later.snapshot != first.snapshot
    assert source.snapshots.count() == 2


def test_a_capture_ends_when_it_has_ended_and_not_when_it_began(site: Site) -> None:
    site.put("/", PAGE)
    ticks = count()

    ended = perform(capture=asked(site.url()), clock=lambda: CODED + timedelta(seconds=next(ticks)))

    assert ended.snapshot is not None
    assert ended.finished_at is not None
    assert CODED < ended.snapshot.captured_at < ended.finished_at


def test_redirects_of_the_same_site_are_addresses_of_the_source(site: Site) -> None:
    site.put("/a", PAGE)
    site.redirect("/old", "/a")
    source = bare(url=site.url("/old"), canonical_url=f"https://127.0.0.1:{site.port}/old")

    ended = done(asked(site.url("/old"), source))

    address = source.addresses.get()
    assert (address.canonical_url, address.origin) == (
        f"https://127.0.0.1:{site.port}/a",
        "redirect",
    )
    assert "addresses" not in ended.found


def test_a_capture_that_has_ended_is_not_fetched_again(site: Site) -> None:
    site.put("/", PAGE)
    ended = done(asked(site.url()))

    assert done(ended) == ended
    assert len(site.asked) == 1


# --- workers that die ---


def test_a_worker_killed_while_fetching_leaves_one_snapshot(site: Site) -> None:
    site.put("/", PAGE)
    capture = asked(site.url())
    # What is on record when a worker is killed between its first transaction and its last.
    captures._begin(by=None, now=CODED, capture=capture)

    ended = done(capture)

    assert (ended.status, ended.attempts) == ("ok", 2)
    assert Snapshot.objects.count() == 1


def test_bytes_that_a_killed_worker_has_put_away_are_used(site: Site, folder: Path) -> None:
    site.put("/", PAGE)
    capture = asked(site.url())
    captures._begin(by=None, now=CODED, capture=capture)
    put(storages["archive"], PAGE)

    assert done(capture).status == "ok"
    assert len(files(folder)) == 1


def test_a_worker_given_up_for_dead_overwrites_nothing(site: Site) -> None:
    site.put("/", PAGE)
    capture = asked(site.url())
    slow = captures._begin(by=None, now=CODED, capture=capture)
    ended = done(capture)

    said = captures._fail(by=None, now=CODED, capture=slow, failure=errors.Conflict("Too late."))

    assert (said.status, said.snapshot) == ("ok", ended.snapshot)


def test_a_page_that_kills_every_worker_is_given_up() -> None:
    capture = make_capture(status="running", attempts=MOST_ATTEMPTS)

    ended = done(capture)

    assert ended.status == "failed"
    assert ended.reason.startswith("Every attempt was cut off")


# --- what the page says of itself ---


def test_what_people_have_filed_is_not_overwritten(site: Site) -> None:
    site.put("/", PAGE)
    outlet = make_organisation(name="Another paper")
    source = make_source(title="My title", outlet=outlet, bylines=["Bo Byline"])
    before = source.published_on

    done(asked(site.url(), source))

    source.refresh_from_db()
    assert (source.title, source.outlet, source.bylines) == ("My title", outlet, ["Bo Byline"])
    assert source.published_on == before


def test_what_the_source_lacks_is_filled_in(site: Site) -> None:
    site.put("/", PAGE)
    source = bare(title="My title")

    done(asked(site.url(), source))

    source.refresh_from_db()
    assert (source.title, source.bylines) == ("My title", ["Ada Byline"])
    assert str(source.published_on) == "2016-04-11"
    assert source.outlet == Organisation.objects.get(name="The Daily Wire")


GUESSES: dict[str, Callable[[], Source]] = {
    "the date is known in words": lambda: bare(published_words="Spring 2016"),
    "the page is dated in the future": lambda: bare(title="Future"),
}


@pytest.mark.parametrize("case", GUESSES)
def test_no_day_is_filled_in_where(case: str, site: Site) -> None:
    source = GUESSES[case]()
    year = b"2031" if source.title == "Future" else b"2016"
    site.put("/", PAGE.replace(b"2016-04-11", year + b"-04-11"))

    done(asked(site.url(), source))

    source.refresh_from_db()
    assert source.published_on is None


def test_an_outlet_whose_name_two_bear_is_left_to_people(site: Site) -> None:
    site.put("/", PAGE)
    for _ in range(2):
        make_organisation(name="The Daily Wire")
    source = bare()

    assert done(asked(site.url(), source)).status == "ok"
    source.refresh_from_db()
    assert source.outlet is None


def test_claims_of_the_source_count_for_the_outlet_that_was_filled_in(site: Site) -> None:
    site.put("/", PAGE)
    source = bare()
    claim = make_claim(quotation=make_quotation(snapshot=make_snapshot(source=source)))
    make_resolution(proposition=claim.proposition)
    rescore()

    done(asked(site.url(), source))

    outlet = Organisation.objects.get(name="The Daily Wire")
    assert ScoreItem.objects.get(claim=claim).outlet == outlet
