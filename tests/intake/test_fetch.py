"""A page is fetched within limits, or refused with a reason that a person can act on."""

import gzip
import itertools
import time
import tracemalloc

import pytest

from tests.intake.fetching import HEAD, NOW, PAGE, Names, always, get, refused
from tests.intake.servers import serving, speaking
from tracker.intake.fetch import Limits, Reason


@pytest.fixture
def site():
    with serving() as running:
        yield running


# --- addresses that are none ---


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="empty"),
        pytest.param("press.test/page", id="no-scheme"),
        pytest.param("ftp://press.test/", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("gopher://127.0.0.1:6379/_FLUSHALL", id="gopher"),
        pytest.param("http://", id="no-host"),
        pytest.param("http:///page", id="empty-host"),
        pytest.param("http://press.test:99999/", id="no-such-port"),
        pytest.param("http://press%2etest/", id="escaped-host"),
        pytest.param("http://[fe80::1%25eth0]/", id="zone"),
        pytest.param("http://press.test/\x00", id="nul"),
        pytest.param("http://press.test/\r\nHost: inside", id="line-break"),
        pytest.param("http://reader:secret@press.test/", id="credentials"),
        pytest.param("http://press.test@127.0.0.1/", id="user-like-a-host"),
        pytest.param("http://press.test/" + "a" * 2_000, id="endless"),
    ],
)
def test_what_is_no_page_address_is_refused_before_any_look_up(url):
    names = Names()

    assert refused(url, resolver=names).reason is Reason.BAD_ADDRESS
    assert names.asked == []


@pytest.mark.parametrize("port", [22, 25, 6379, 11211])
def test_ports_of_other_services_are_blocked(port):
    names = Names(press_test=always("93.184.216.34"))

    assert refused(f"http://press.test:{port}/", resolver=names).reason is Reason.BLOCKED


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        pytest.param("file:///etc/passwd", Reason.BAD_ADDRESS, id="file"),
        pytest.param("http://user:secret@press.test/", Reason.BAD_ADDRESS, id="credentials"),
        pytest.param("http://[", Reason.BAD_ADDRESS, id="half-a-bracket"),
        pytest.param("http://press.test:x/", Reason.BROKEN, id="port-in-words"),
    ],
)
def test_a_redirect_to_what_is_no_page_address_is_refused(site, target, reason):
    site.redirect("/", target)

    assert refused(site.url(), allow=["127.0.0.1"]).reason is reason


# --- limits ---


def test_silence_meets_the_deadline_and_may_be_tried_again():
    with speaking(lambda visitor: visitor.recv(65_536) and time.sleep(0.3)) as server:
        failure = refused(f"http://{server}/", allow=[server], limits=Limits(seconds=0.1))

    assert failure.reason is Reason.TIMEOUT
    assert failure.retriable


def test_the_deadline_counts_all_hops_by_the_given_clock(site):
    site.redirect("/", "/")
    ticks = itertools.count(step=1.0)

    failure = refused(
        site.url(),
        allow=["127.0.0.1"],
        clock=lambda: next(ticks),
        limits=Limits(seconds=10, redirects=1_000),
    )

    assert failure.reason is Reason.TIMEOUT
    assert len(site.asked) < 10


@pytest.mark.parametrize("redirects", [0, 2, 5])
def test_too_many_redirects_are_refused(site, redirects):
    for n in range(redirects + 1):
        site.redirect(f"/{n}", f"/{n + 1}")

    failure = refused(site.url("/0"), allow=["127.0.0.1"], limits=Limits(redirects=redirects))

    assert failure.reason is Reason.REDIRECTS
    assert len(site.asked) == redirects + 1


def test_a_page_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(site):
    site.put("/", b"a" * 1_000)

    assert len(get(site.url(), allow=["127.0.0.1"], limits=Limits(bytes=1_000)).body) == 1_000
    failure = refused(site.url(), allow=["127.0.0.1"], limits=Limits(bytes=999))
    assert failure.reason is Reason.TOO_LARGE


def test_an_endless_page_stops_at_the_limit():
    def talk(visitor):
        visitor.recv(65_536)
        visitor.sendall(HEAD + b"\r\n")
        while True:
            visitor.sendall(b"a" * 65_536)

    with speaking(talk) as server:
        failure = refused(f"http://{server}/", allow=[server], limits=Limits(bytes=100_000))

    assert failure.reason is Reason.TOO_LARGE
    assert failure.message == "The page is larger than 0.1 MB: paste the passage instead."


def test_a_decompression_bomb_stops_at_the_limit(site):
    site.put("/", gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    tracemalloc.start()

    failure = refused(site.url(), allow=["127.0.0.1"], limits=Limits(bytes=1_000_000))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failure.reason is Reason.TOO_LARGE
    assert peak < 10_000_000


def test_packed_nothing_stops_at_the_limit_too(site):
    site.put("/", gzip.compress(b"") * 1_000, Content_Encoding="gzip")

    failure = refused(site.url(), allow=["127.0.0.1"], limits=Limits(bytes=10_000))

    assert failure.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        pytest.param(b"not gzip", "gzip", id="no-gzip"),
        pytest.param(gzip.compress(PAGE)[:-4], "gzip", id="broken-off"),
        pytest.param(gzip.compress(gzip.compress(PAGE)), "gzip, gzip", id="packed-twice"),
        pytest.param(PAGE, "br", id="unasked"),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_refused(site, body, encoding):
    site.put("/", body, Content_Encoding=encoding)

    assert refused(site.url(), allow=["127.0.0.1"]).reason is Reason.BROKEN


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="another-protocol"),
        pytest.param(HEAD + b"Content-Length: 10\r\n\r\nabc", id="body-broken-off"),
        pytest.param(HEAD + b"Content-Length: -1\r\n\r\n", id="negative-length"),
        pytest.param(HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n", id="endless-length"),
        pytest.param(HEAD + b"X: " + b"a" * 200_000 + b"\r\n\r\n", id="endless-header"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", id="broken-chunk"),
    ],
)
def test_a_broken_answer_is_refused(answer):
    def talk(visitor):
        visitor.recv(65_536)
        visitor.sendall(answer)

    with speaking(talk) as server:
        failure = refused(f"http://{server}/", allow=[server])

    assert failure.reason in {Reason.BROKEN, Reason.TOO_LARGE, Reason.UNREACHABLE}


# --- answers that are no page ---


@pytest.mark.parametrize(
    ("status", "retriable", "advice"),
    [
        pytest.param(401, False, "paste or upload", id="login"),
        pytest.param(403, False, "paste or upload", id="forbidden"),
        pytest.param(404, False, "archive's link", id="not-found"),
        pytest.param(410, False, "archive's link", id="gone"),
        pytest.param(429, True, "try again later", id="too-many"),
        pytest.param(500, True, "try again later", id="server-error"),
        pytest.param(503, True, "try again later", id="unavailable"),
        pytest.param(204, False, "paste or upload", id="empty"),
        pytest.param(206, False, "paste or upload", id="a-part"),
        pytest.param(304, False, "paste or upload", id="redirect-to-nowhere"),
    ],
)
def test_a_status_other_than_ok_says_what_to_do(site, status, retriable, advice):
    site.put("/", status=status)

    failure = refused(site.url(), allow=["127.0.0.1"])

    assert failure.reason is Reason.STATUS
    assert failure.retriable is retriable
    assert advice in failure.message
    assert failure.facts["status"] == status


@pytest.mark.parametrize(
    "kind", ["image/png", "application/octet-stream", "text/htmlx", "application/json", ""]
)
def test_what_is_no_text_is_refused(site, kind):
    site.put("/", PAGE, Content_Type=kind)

    assert refused(site.url(), allow=["127.0.0.1"]).reason is Reason.CONTENT_TYPE


# --- pages ---


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "TEXT/HTML; charset=utf-8",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
    ],
)
def test_a_page_is_fetched_as_it_is(site, kind):
    site.put("/page?a=1", PAGE, Content_Type=kind, Memento_Datetime="then", Set_Cookie="a=b")

    page = get(site.url("/page?a=1#top"), allow=[f"127.0.0.1:{site.port}"])

    headers = dict(page.headers)
    assert page.requested_url == page.final_url == site.url("/page?a=1")
    assert (page.status, page.content_type, page.body) == (200, kind, PAGE)
    assert page.fetched_at == NOW
    assert headers["memento-datetime"] == "then"
    assert "set-cookie" not in headers


def test_redirects_are_followed_and_cookies_kept_on_the_way(site):
    site.put("/old", status=301, Location="new#part", Set_Cookie="seen=1")
    site.put("/new", PAGE)

    page = get(site.url("/old"), allow=["127.0.0.1"])

    assert page.final_url == site.url("/new")
    assert site.asked[1][1]["Cookie"] == "seen=1"


def test_the_server_hears_the_name_and_no_secrets(site, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine press.test login reader password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.put("/", PAGE)
    names = Names(press_test=always("127.0.0.1"))

    get(site.url(host="press.test"), allow=[f"press.test:{site.port}"], resolver=names)

    ((_, headers),) = site.asked
    assert headers["Host"] == f"press.test:{site.port}"
    assert "Authorization" not in headers
    assert "expert-claim-tracker" in headers["User-Agent"]


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(gzip.compress(PAGE), id="one-member"),
        pytest.param(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), id="two-members"),
    ],
)
def test_a_packed_page_is_unpacked(site, packed):
    site.put("/", packed, Content_Encoding="gzip")

    assert get(site.url(), allow=["127.0.0.1"]).body == PAGE


def test_a_large_packed_page_arrives_whole(site):
    body = bytes(range(256)) * 20_000
    site.put("/", gzip.compress(body), Content_Encoding="gzip")

    assert get(site.url(), allow=["127.0.0.1"]).body == body
