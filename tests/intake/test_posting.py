"""Messages to other servers: public addresses only, no redirects, a bounded answer."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from tests.intake.servers import serving, speaking
from tracker.intake.posting import NotPosted, Posted, objection_to, post


def send(url: str, *, allow: tuple[str, ...] = (), **options: Any) -> Posted:
    return post(url, b'{"a":1}', {"webhook-id": "x"}, **{"seconds": 5, "allow": allow, **options})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "press.example",
        "ftp://press.example/",
        "https://",
        "https://user:word@press.example/",
        "https://press.example/#part",
        "https://press.example:port/",
        "http://press.example/hook",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://10.1.2.3/",
        "https://press.example.org/" + "a" * 3000,
    ],
)
def test_what_is_not_a_public_https_address_is_refused_with_a_sentence(url: str) -> None:
    assert objection_to(url).endswith(".")
    with pytest.raises(NotPosted):
        send(url)


def test_a_name_is_judged_by_where_it_leads() -> None:
    for inside in ("127.0.0.1", "169.254.169.254", "10.0.0.7"):
        with pytest.raises(NotPosted, match="leads to"):
            send("https://press.example/", resolver=lambda *_, to=inside: [ip_address(to)])


def test_a_public_address_is_as_good_as_one_that_is_allowed() -> None:
    assert objection_to("https://press.example/hook?a=b") == ""
    assert objection_to("http://press.test:8123/", allow=["press.test:8123"]) == ""
    assert objection_to("http://127.0.0.1:8123/", allow=["127.0.0.1:8123"]) == ""
    assert objection_to("http://127.0.0.1:8124/", allow=["127.0.0.1:8123"]) != ""


def test_the_body_and_headers_arrive_as_they_were_sent() -> None:
    with serving() as site:
        site.put("/hook", b"thank you\n", status=202)
        answer = send(site.url("/hook"), allow=(f"127.0.0.1:{site.port}",))

    assert answer == Posted(202, "thank you")
    assert site.posted == [b'{"a":1}']
    (_, headers), *_ = site.asked
    assert (headers["webhook-id"], headers["Content-Length"]) == ("x", "7")


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with serving() as site:
        site.redirect("/hook", to="/elsewhere")
        answer = send(site.url("/hook"), allow=(f"127.0.0.1:{site.port}",))

    assert answer.status == 302
    assert [path for path, _ in site.asked] == ["/hook"]


def test_of_a_long_answer_only_the_beginning_is_read() -> None:
    with serving() as site:
        site.put("/hook", b"\0\xff" + b"x" * 5_000_000)
        answer = send(site.url("/hook"), allow=(f"127.0.0.1:{site.port}",), longest=100)

    assert len(answer.excerpt) == 100
    assert "\0" not in answer.excerpt


def drip(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    while connection.send(b"x"):
        connection.recv(1)


def babble(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.sendall(b"What?\r\n\r\n")


@pytest.mark.parametrize(("talk", "seconds"), [(drip, 0.3), (babble, 5)])
def test_a_server_that_drips_or_babbles_is_left(talk: Any, seconds: float) -> None:
    with speaking(talk) as host, pytest.raises(NotPosted):
        send(f"http://{host}/", allow=(host,), seconds=seconds)


def test_a_server_that_is_not_there_is_told_from_one_that_is_slow() -> None:
    with serving() as site:
        port = site.port

    with pytest.raises(NotPosted, match="cannot be reached"):
        send(f"http://127.0.0.1:{port}/", allow=(f"127.0.0.1:{port}",))
