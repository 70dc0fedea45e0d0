"""Webhooks after Standard Webhooks: what is sent, how it is signed, and when it is tried again.

The specification: https://www.standardwebhooks.com. A message says that something happened and
where to read it; what the reader may see of it is the API's business.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from standardwebhooks import Webhook as Signer

from tracker.domain.errors import Conflict, TrackerError

LARGEST_MESSAGE = 20_000  # bytes
LONGEST_EXCERPT = 500  # characters of an answer that are kept
PATIENCE = 15.0  # seconds for one attempt in all
LEASE = timedelta(seconds=90)
"""For so long an attempt belongs to the worker that makes it; then its worker counts as dead."""
DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between the attempts at one message, as the specification proposes: three days in all."""
GIVEN_UP_AFTER = timedelta(days=5)
"""After so long without one success a webhook is switched off."""
BOTH_KEYS = timedelta(hours=24)
"""For so long messages are signed with the old key, too."""
GONE = 410


class WebhookState(StrEnum):
    """Whether messages go out: a paused webhook keeps them, a disabled one gets no more."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class NotSendable(TrackerError):
    """Messages go to public https addresses."""

    code = "not_sendable"


class NotActive(Conflict):
    """This webhook is not active: resume it first."""

    code = "not_active"


def secret_of(master: str, webhook: UUID, key: int) -> str:
    """Returns a webhook's secret: derived, so that the database holds nothing to steal.

    `key` counts rotations; `master` is the installation's own secret.
    """
    named = f"tracker.webhooks:{webhook}:{key}".encode()
    derived = hmac.new(master.encode(), named, hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(derived).decode()}"


def message(
    kind: str, *, happened_at: datetime, noun: str, record: int, url: str, facts: Mapping[str, Any]
) -> bytes:
    """Returns the body: ids and states, 20 kB at the most; facts that do not fit stay behind."""
    data: dict[str, Any] = {"noun": noun, "record": record, "url": url, "facts": dict(facts)}
    moment = happened_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    told = {"type": kind, "timestamp": moment, "data": data}
    body = json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
    if len(body) > LARGEST_MESSAGE:
        data["facts"] = {}
        body = json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
    return body


def headers_of(
    body: bytes, *, message_id: str, at: datetime, secrets: Iterable[str]
) -> dict[str, str]:
    """Returns the headers of an attempt, signed with every secret that is in force."""
    signatures = [Signer(secret).sign(message_id, at, body.decode()) for secret in secrets]
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """Returns when to try again after so many attempts, or None: it is given up."""
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def refusal_of(status: int) -> str:
    """Returns why an answer does not count as taken, as a sentence, or "" if it does."""
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"The server sends elsewhere ({status}); redirects are not followed."
    if status == GONE:
        return "The server says that it wants no more of these (410)."
    return f"The server did not take it ({status})."
