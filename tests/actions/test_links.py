"""Tokens: signed for one purpose, refused when forged without a question to the database."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.links import Purpose, hash_of, new_token, whole
from tracker.domain.replies import LinkUnknown

TOKEN = new_token(Purpose.REPLY)


@pytest.mark.parametrize(
    "forged",
    ["", ".", "x", TOKEN[:-1], TOKEN[1:], f"{TOKEN}x", TOKEN.replace(".", ":"), "\0.é", "\ud800."],
    ids=[
        "empty",
        "dot",
        "letter",
        "shortened",
        "beheaded",
        "lengthened",
        "colon",
        "hostile",
        "surrogate",
    ],
)
def test_what_was_not_signed_here_is_refused_without_the_database(forged: str) -> None:
    with pytest.raises(LinkUnknown) as caught:
        hash_of(forged, Purpose.REPLY)

    assert caught.value.field == "token"


@given(st.text(max_size=120))
def test_no_guess_is_a_token(guess: str) -> None:
    with pytest.raises(LinkUnknown):
        hash_of(guess, Purpose.CALENDAR)


def test_a_token_of_one_purpose_opens_no_other_door() -> None:
    assert hash_of(TOKEN, Purpose.REPLY)
    with pytest.raises(LinkUnknown):
        hash_of(TOKEN, Purpose.CALENDAR)


def test_another_secret_key_knows_no_old_token(settings: Any) -> None:
    settings.SECRET_KEY = "another"

    with pytest.raises(LinkUnknown):
        hash_of(TOKEN, Purpose.REPLY)


def test_tokens_are_new_fit_an_address_and_are_kept_as_hashes() -> None:
    tokens = {new_token(purpose) for purpose in Purpose for _ in range(50)}

    assert len(tokens) == 100
    assert all(re.fullmatch(r"[\w-]{32}\.[\w-]{43}", token) for token in tokens)
    assert re.fullmatch("[0-9a-f]{64}", hash_of(TOKEN, Purpose.REPLY))


@pytest.mark.parametrize(
    ("site", "address"),
    [("", "http://here/reply/x/"), ("https://tracker.example", "https://tracker.example/reply/x/")],
    ids=["unknown", "known"],
)
def test_an_address_is_of_the_site_where_it_is_known(
    settings: Any, site: str, address: str
) -> None:
    settings.TRACKER_BASE_URL = site

    assert whole("/reply/x/", asked_at="http://here") == address
