"""Messages after Standard Webhooks: signed as its own library reads them, tried for three days."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook as Oracle
from standardwebhooks.webhooks import WebhookVerificationError

from tracker.domain.webhooks import (
    DELAYS,
    GIVEN_UP_AFTER,
    LARGEST_MESSAGE,
    headers_of,
    message,
    next_attempt,
    refusal_of,
    secret_of,
)

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
ID = UUID("332f01a3-acb5-4dd8-951c-1c194f58ae09")
OLD, NEW = secret_of("master", ID, 1), secret_of("master", ID, 2)


def body(**facts: object) -> bytes:
    where = "https://tracker.example/api/v1/claims/7/"
    return message(
        "claim.created", happened_at=NOW, noun="claims", record=7, url=where, facts=facts
    )


# --- what is signed ------------------------------------------------------------------


def test_another_secret_does_not_verify_a_message() -> None:
    now = datetime.now(tz=UTC)
    headers = headers_of(body(), message_id="evt_1", at=now, secrets=[OLD])

    with pytest.raises(WebhookVerificationError):
        Oracle(NEW).verify(body(), headers)
    with pytest.raises(WebhookVerificationError):
        Oracle(OLD).verify(body() + b" ", headers)


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_while_two_keys_are_in_force_either_verifies_a_message(secret: str) -> None:
    now = datetime.now(tz=UTC)

    headers = headers_of(body(), message_id="evt_1", at=now, secrets=[NEW, OLD])

    assert Oracle(secret).verify(body(), headers)["type"] == "claim.created"
    assert len(headers["webhook-signature"].split(" ")) == 2


def test_secrets_differ_by_installation_webhook_and_key() -> None:
    other = UUID("00000000-0000-4000-8000-000000000000")
    found = {OLD, NEW, secret_of("another", ID, 1), secret_of("master", other, 1)}

    assert len(found) == 4
    assert all(secret.startswith("whsec_") for secret in found)
    assert secret_of("master", ID, 1) == OLD


# --- what is told --------------------------------------------------------------------


def test_a_message_is_thin() -> None:
    assert json.loads(body(round=3)) == {
        "type": "claim.created",
        "timestamp": "2026-07-01T09:00:00Z",
        "data": {
            "noun": "claims",
            "record": 7,
            "url": "https://tracker.example/api/v1/claims/7/",
            "facts": {"round": 3},
        },
    }


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=9_000), max_size=6))
def test_a_message_is_never_larger_than_20_kB(facts: dict[str, str]) -> None:
    told = message("a", happened_at=NOW, noun="claims", record=7, url="", facts=facts)

    assert len(told) <= LARGEST_MESSAGE
    assert json.loads(told)["data"]["facts"] in (facts, {})


# --- what becomes of it --------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 400, 404, 410, 429, 500, 503])
def test_what_is_not_taken_says_why_in_a_sentence(status: int) -> None:
    assert str(status) in refusal_of(status)
    assert refusal_of(status).endswith(".")


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_answer_of_200_and_more_counts_as_taken(status: int) -> None:
    assert refusal_of(status) == ""


def test_it_is_tried_ten_times_over_three_days_and_then_no_more() -> None:
    now = NOW
    for attempts in range(1, len(DELAYS) + 1):
        again = next_attempt(attempts, now)
        assert again is not None
        assert again > now
        now = again

    assert next_attempt(len(DELAYS) + 1, now) is None
    assert timedelta(days=3) < now - NOW < timedelta(days=4) < GIVEN_UP_AFTER
