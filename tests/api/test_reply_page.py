"""A speaker's page: no login, one reply, plain text, and nothing that gives the address away."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import make_claim, make_resolution
from tests.links import issue
from tracker.actions.links import Issued
from tracker.actions.reply_links import revoke_reply_link
from tracker.api.throttles import PerAddress, PerLink
from tracker.models import Reply, ReplyLink

PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}
WORDS = {"author": "Ada Analyst", "text": "I said <b>if</b>.\r\nNot when."}
KEPT = "I said <b>if</b>.\nNot when."
Issue = Issued[ReplyLink]


@pytest.fixture
def made(db: None) -> Issue:
    now = timezone.now()
    claim = make_claim()
    resolution = make_resolution(proposition=claim.proposition, published=False, decided_at=now)
    return issue(claim=claim, resolution=resolution, now=now)


def at(made: Issue) -> str:
    return f"/reply/{made.token}/"


def send(client: Client, made: Issue, body: Any, **headers: Any) -> Any:
    return client.post(at(made), json.dumps(body), content_type="application/json", **headers)


def revoke(made: Issue) -> None:
    revoke_reply_link(by=made.link.made_by, now=timezone.now(), link=made.link)


def expire(made: Issue) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    ReplyLink.objects.update(made_at=long_ago, expires_at=long_ago + timedelta(days=7))


# --- what opens nothing --------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("kind", [PAGE, {}], ids=["page", "JSON"])
def test_a_forged_link_is_unknown_without_the_database(
    client: Client, db: None, django_assert_num_queries: Any, method: str, kind: dict[str, str]
) -> None:
    with django_assert_num_queries(0):
        answer = getattr(client, method)(f"/reply/{'a' * 32}.{'b' * 43}/", **kind)

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html" if kind else "application/problem+json")


@pytest.mark.parametrize("end", [revoke, expire])
def test_a_link_that_has_ended_says_whom_to_write_to(
    client: Client, made: Issue, settings: Any, end: Callable[[Issue], None]
) -> None:
    settings.TRACKER_FROM_EMAIL = "editors@tracker.example"
    end(made)

    page, answer = client.get(at(made), **PAGE), send(client, made, WORDS)

    assert (page.status_code, answer.status_code) == (410, 410)
    assert 'href="mailto:editors@tracker.example"' in page.content.decode()
    assert answer.json()["code"] == "link_gone"
    assert not Reply.objects.exists()


BAD: dict[str, tuple[Any, int, str]] = {
    "no text": ({"author": "Ada"}, 400, "text"),
    "no words": ({"author": "Ada", "text": " \u202e "}, 422, "text"),
    "too long": ({"author": "Ada", "text": "a" * 5_001}, 422, "text"),
    "a number": ({"author": "Ada", "text": 7}, 400, "text"),
    "a lone surrogate": ({"author": "Ada", "text": "\ud800"}, 400, "text"),
    "another field": ({**WORDS, "person": 1}, 400, "person"),
    "a list": ([WORDS], 400, ""),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_printed_is_refused_and_the_link_stays_open(
    client: Client, made: Issue, case: str
) -> None:
    body, status, field = BAD[case]

    answer = send(client, made, body)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)
    assert send(client, made, WORDS).status_code == 201


def test_a_form_that_is_refused_keeps_what_was_written(client: Client, made: Issue) -> None:
    long = "<i>" + "a" * 5_000

    page = client.post(at(made), urlencode({"author": "Ada & Co", "text": long}), **form())

    text = page.content.decode()
    assert page.status_code == 422
    assert "5,003 characters; 5,000 can be printed" in text
    assert html.escape(long) in text
    assert 'value="Ada &amp; Co"' in text


def form() -> dict[str, str]:
    return {**PAGE, "content_type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a" * 140_000, "application/json", 413),
        (b"<reply/>", "text/xml", 415),
        (b"{", "application/json", 400),
        (b"&" * 2_000, "application/x-www-form-urlencoded", 400),
        (b"text=%FF%FE", "application/x-www-form-urlencoded", 400),
    ],
    ids=["large", "XML", "no JSON", "a thousand fields", "bytes"],
)
def test_a_body_that_cannot_be_read_is_refused(
    client: Client, made: Issue, body: bytes, kind: str, status: int
) -> None:
    assert client.post(at(made), body, content_type=kind).status_code == status
    assert client.post(at(made), body, content_type=kind, **PAGE).status_code == status


def test_a_page_takes_no_parameters_and_no_other_method(client: Client, made: Issue) -> None:
    assert client.get(at(made), {"preview": "1"}).status_code == 400
    assert client.delete(at(made)).status_code == 405
    assert client.put(at(made), **PAGE).status_code == 405


# --- replying ------------------------------------------------------------------------


def test_a_reply_by_the_form_is_kept_and_shown_and_taken_once(client: Client, made: Issue) -> None:
    sent = client.post(at(made), urlencode(WORDS), **form())
    shown = client.get(sent["Location"], **PAGE).content.decode()
    again = client.post(at(made), urlencode(WORDS), **form())

    assert (sent.status_code, sent["Location"]) == (303, at(made))
    assert Reply.objects.get().text == KEPT
    assert html.escape(KEPT) in shown
    assert "<form" not in shown
    assert again.status_code == 409
    assert "Your reply is on record already" in again.content.decode()


def test_a_reply_in_json_answers_with_the_page_as_it_stands(client: Client, made: Issue) -> None:
    answer = send(client, made, WORDS)

    assert (answer.status_code, answer.json()["reply"]["text"]) == (201, KEPT)
    assert client.get(at(made)).json() == answer.json()
    again = send(client, made, WORDS)
    assert (again.status_code, again.json()["code"]) == (409, "link_used")


def test_a_page_is_for_its_reader_alone(client: Client, made: Issue) -> None:
    page = client.get(at(made), **PAGE)

    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert not page.cookies
    assert "<script" not in page.content.decode()
    assert "style=" not in page.content.decode()


def test_a_session_or_a_token_changes_nothing(client: Client, made: Issue) -> None:
    client.force_login(made.link.made_by)

    page = client.get(at(made), HTTP_AUTHORIZATION="Token nonsense")

    assert page.status_code == 200


# --- how often -----------------------------------------------------------------------


def test_one_link_takes_so_many_replies_an_hour(
    client: Client, made: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PerLink, "rate", "2/hour")
    statuses = [send(client, made, {}).status_code for _ in range(3)]

    answer = send(client, made, WORDS)

    assert statuses == [400, 400, 429]
    assert 3_500 < int(answer["Retry-After"]) <= 3_600
    assert client.get(at(made)).status_code == 200


def test_one_address_asks_so_often_an_hour(
    client: Client, made: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PerAddress, "rate", "2/hour")
    here = [client.get(at(made), REMOTE_ADDR="192.0.2.1").status_code for _ in range(3)]

    page = client.get(at(made), REMOTE_ADDR="192.0.2.1", **PAGE)

    assert here == [200, 200, 429]
    assert (page.status_code, "Retry-After" in page) == (429, True)
    assert "Too many questions" in page.content.decode()
    assert client.get(at(made), REMOTE_ADDR="192.0.2.2").status_code == 200
