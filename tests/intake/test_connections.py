"""No connection reaches an address that is not public, however it is named or found."""

import socket
import ssl
import time
from pathlib import Path

import pytest

from tests.intake.fetching import HEAD, PAGE, Names, always, get, refused
from tests.intake.servers import serving, speaking
from tracker.intake.fetch import Limits, Reason

CERTIFICATE = Path(__file__).parent / "certificates" / "press.test.pem"


@pytest.fixture
def site():
    with serving() as running:
        yield running


# --- addresses that must not be reached ---


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("2130706433", id="decimal"),
        pytest.param("017700000001", id="octal"),
        pytest.param("0x7f000001", id="hexadecimal"),
        pytest.param("0x7f.0.0.1", id="hexadecimal-parts"),
        pytest.param("127.1", id="short"),
        pytest.param("0", id="zero"),
        pytest.param("127.0.0.1.", id="final-dot"),
        pytest.param("169.254.169.254", id="metadata"),
        pytest.param("2852039166", id="metadata-decimal"),
        pytest.param("0xa9fea9fe", id="metadata-hexadecimal"),
        pytest.param("[::1]", id="v6-loopback"),
        pytest.param("[::]", id="v6-unspecified"),
        pytest.param("[::ffff:127.0.0.1]", id="mapped"),
        pytest.param("[::ffff:7f00:1]", id="mapped-hexadecimal"),
        pytest.param("[::ffff:169.254.169.254]", id="mapped-metadata"),
        pytest.param("[64:ff9b::169.254.169.254]", id="nat64-metadata"),
        pytest.param("[2002:7f00:1::]", id="6to4"),
        pytest.param("[2001:0:7f00:1::f5ff:fffe]", id="teredo"),
        pytest.param("[fd00:ec2::254]", id="v6-metadata"),
        pytest.param("[fe80::1]", id="v6-link-local"),
        pytest.param("10.0.0.1", id="private"),
    ],
)
def test_an_address_that_is_not_public_is_blocked(host):
    names = Names()

    failure = refused(f"http://{host}/latest/meta-data/", resolver=names)

    assert failure.reason is Reason.BLOCKED
    assert not failure.retriable
    assert names.asked == []


@pytest.mark.parametrize(
    "host",
    ["0177.0.0.1", "0251.0376.0251.0376", "127.0.0.1%00.press.test", "\uff11\uff12\uff17.0.0.1"],
)
def test_a_host_that_no_browser_agrees_on_is_no_address(host):
    failure = refused(f"http://{host}/", resolver=Names())

    assert failure.reason is Reason.BAD_ADDRESS


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "::ffff:169.254.169.254", "fe80::1%2"],
)
def test_a_name_that_resolves_to_a_forbidden_address_is_blocked(address):
    failure = refused("http://press.test/", resolver=Names(press_test=always(address)))

    assert failure.reason is Reason.BLOCKED


def test_a_name_with_a_public_and_a_forbidden_address_is_blocked():
    names = Names(press_test=always("93.184.216.34", "127.0.0.1"))

    assert refused("http://press.test/", resolver=names).reason is Reason.BLOCKED


def test_a_name_is_blocked_over_tls_as_well():
    names = Names(press_test=always("127.0.0.1"))

    assert refused("https://press.test/", resolver=names).reason is Reason.BLOCKED


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("http://127.0.0.1/", id="loopback"),
        pytest.param("http://169.254.169.254/latest/", id="metadata"),
        pytest.param("http://2852039166/", id="metadata-decimal"),
        pytest.param("//[::ffff:127.0.0.1]/", id="mapped-without-scheme"),
        pytest.param("http://inside.test/", id="name-of-loopback"),
        pytest.param("http://cloud.test/", id="name-of-metadata"),
    ],
)
def test_a_redirect_to_a_forbidden_address_is_blocked(site, target):
    site.redirect("/", target)
    names = Names(inside_test=always("127.0.0.1"), cloud_test=always("169.254.169.254"))

    failure = refused(site.url(), allow=[f"127.0.0.1:{site.port}"], resolver=names)

    assert failure.reason is Reason.BLOCKED
    assert len(site.asked) == 1


def test_a_redirect_to_another_port_of_an_allowed_address_is_blocked(site):
    with serving() as inside:
        site.redirect("/", inside.url())

        failure = refused(site.url(), allow=[f"127.0.0.1:{site.port}"])

        assert failure.reason is Reason.BLOCKED
        assert inside.asked == []


def test_a_name_rebound_after_the_check_is_not_followed(monkeypatch):
    names = Names(press_test=[["93.184.216.34"], ["127.0.0.1"]])
    reached = []

    def refuse(address, *_, **__):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)

    failure = refused("http://press.test/", resolver=names)

    assert failure.reason is Reason.UNREACHABLE
    assert reached == [("93.184.216.34", 80)]
    assert names.asked == ["press.test"]


def test_a_name_rebound_between_two_hops_is_blocked(site):
    site.redirect("/", "/next")
    names = Names(press_test=[["127.0.0.1"], ["127.0.0.2"]])

    failure = refused(site.url(host="press.test"), allow=[f"127.0.0.1:{site.port}"], resolver=names)

    assert failure.reason is Reason.BLOCKED
    assert len(site.asked) == 1


def test_the_system_is_never_asked_for_the_name_again(site, monkeypatch):
    site.put("/", PAGE)
    real, asked = socket.getaddrinfo, []
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **named: asked.append(host) or real(host, *rest, **named),
    )
    names = Names(press_test=always("127.0.0.1"))

    get(site.url(host="press.test"), allow=[f"127.0.0.1:{site.port}"], resolver=names)

    assert names.asked == ["press.test"]
    assert set(asked) <= {"127.0.0.1"}


# --- names and connections that fail ---


def test_an_unknown_name_says_so():
    failure = refused("http://nowhere.test/")

    assert failure.reason is Reason.NAME_UNKNOWN
    assert failure.message == "No site called nowhere.test is known: check the address."
    assert not failure.retriable


def test_a_silent_name_service_is_asked_again():
    def silent(host, port):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    assert refused("http://press.test/", resolver=silent).retriable


def test_a_name_without_addresses_is_unknown():
    names = Names(press_test=always())

    assert refused("http://press.test/", resolver=names).reason is Reason.NAME_UNKNOWN


def test_a_slow_name_service_meets_the_deadline():
    def slow(host, port):
        time.sleep(0.4)
        return []

    failure = refused("http://press.test/", resolver=slow, limits=Limits(seconds=0.1))

    assert failure.reason is Reason.TIMEOUT


def test_a_closed_port_is_unreachable_and_worth_another_try():
    with serving() as gone:
        url = gone.url()

    failure = refused(url, allow=["127.0.0.1"])

    assert failure.reason is Reason.UNREACHABLE
    assert failure.retriable


def test_the_next_address_is_tried_when_the_first_is_dead(site):
    site.put("/", PAGE)
    names = Names(press_test=always("127.0.0.2", "127.0.0.1"))

    page = get(site.url(host="press.test"), allow=["127.0.0.1", "127.0.0.2"], resolver=names)

    assert page.body == PAGE


# --- the deadline ---


def drip(first, every, sent):
    def talk(visitor):
        visitor.recv(65_536)
        visitor.sendall(first)
        for n in range(200):
            time.sleep(0.02)
            visitor.sendall(every)
            sent.append(n)

    return talk


@pytest.mark.parametrize(
    ("first", "every"),
    [
        pytest.param(b"", b"H", id="status-line"),
        pytest.param(HEAD, b"X-Slow: 1\r\n", id="headers"),
        pytest.param(HEAD + b"Content-Length: 5000\r\n\r\n", b"a", id="body"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", id="chunks"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", id="1xx"),
    ],
)
def test_a_drip_of_bytes_cannot_stretch_the_time(first, every):
    sent = []

    with speaking(drip(first, every, sent)) as server:
        failure = refused(f"http://{server}/", allow=[server], limits=Limits(seconds=0.2))

    assert failure.reason is Reason.TIMEOUT
    assert len(sent) < 200


def test_a_silent_handshake_meets_the_deadline():
    with speaking(lambda visitor: time.sleep(0.3)) as server:
        failure = refused(f"https://{server}/", allow=[server], limits=Limits(seconds=0.1))

    assert failure.reason is Reason.TIMEOUT


# --- certificates ---


@pytest.fixture
def secure():
    """A site that proves to be press.test, and the server names that it was asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda connection, name, _: heard.append(name)
    heard = []
    with serving(context) as running:
        running.put("/", PAGE)
        yield running, heard


@pytest.mark.parametrize(
    ("host", "trusted"),
    [
        pytest.param("press.test", False, id="unknown-authority"),
        pytest.param("other.test", True, id="another-name"),
        pytest.param("127.0.0.1", True, id="bare-address"),
    ],
)
def test_a_site_that_does_not_prove_its_name_is_refused(secure, host, trusted):
    site, _ = secure
    tls = ssl.create_default_context(cafile=CERTIFICATE) if trusted else None
    names = Names(press_test=always("127.0.0.1"), other_test=always("127.0.0.1"))

    failure = refused(
        site.url(host=host, scheme="https"), allow=["127.0.0.1"], resolver=names, tls=tls
    )

    assert failure.reason is Reason.CERTIFICATE
    assert site.asked == []


def test_a_pinned_connection_keeps_the_name_for_tls(secure):
    site, heard = secure
    tls = ssl.create_default_context(cafile=CERTIFICATE)
    names = Names(press_test=always("127.0.0.1"))

    page = get(
        site.url(host="press.test", scheme="https"), allow=["127.0.0.1"], resolver=names, tls=tls
    )

    assert page.body == PAGE
    assert heard == ["press.test"]
    assert site.asked[0][1]["Host"] == f"press.test:{site.port}"
