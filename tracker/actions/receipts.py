"""Do once what is asked for twice: an answer is kept in the transaction that has its effect.

Either both are there or neither: a server that dies in between has done nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection

from tracker.actions.transactions import together
from tracker.domain.errors import Conflict, TrackerError
from tracker.models import Receipt, User
from tracker.models.receipts import KEPT


class KeyReused(TrackerError):
    """This Idempotency-Key went with another request: take a new key for each."""

    code = "idempotency_key_reused"


class InProgress(Conflict):
    """A request with this Idempotency-Key is being carried out: ask again in a moment."""

    code = "in_progress"
    wait = 1  # seconds


@dataclass(frozen=True)
class Answer:
    """What a client is told; `replayed` says that it was told so before."""

    status: int
    headers: dict[str, str]
    body: bytes
    replayed: bool = False


@dataclass(frozen=True)
class Once:
    """Who asks, under which key, and what: a hash of all that was sent."""

    user: User
    key: str
    fingerprint: str
    now: datetime


def do_once(once: Once, work: Callable[[], Answer]) -> Answer:
    """Does the work and keeps its answer, or gives the answer that was kept.

    Raises KeyReused, InProgress where a twin is at work, or what the work raises: what was
    refused had no effect and is not kept, so that it may be mended under the same key.
    """
    return together(lambda: _kept(once) or _done(once, work))


def _kept(once: Once) -> Answer | None:
    free = _hold(once)
    # Asked after the lock: what the twin has committed by now is seen.
    receipt = Receipt.objects.filter(user=once.user, key=once.key).first()
    if receipt is not None and receipt.made_at <= once.now - KEPT:
        receipt.delete()
        receipt = None
    if receipt is None:
        if not free:
            raise InProgress(field="Idempotency-Key")
        return None
    if receipt.fingerprint != once.fingerprint:
        raise KeyReused(field="Idempotency-Key")
    return Answer(receipt.status, receipt.headers, bytes(receipt.body), replayed=True)


def _hold(once: Once) -> bool:
    """Whether nobody else is at work under this key; holds it until the transaction ends."""
    digest = sha256(f"{once.user.pk} {once.key}".encode()).digest()
    with connection.cursor() as cursor:
        number = int.from_bytes(digest[:8], signed=True)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone() == (True,))


def _done(once: Once, work: Callable[[], Answer]) -> Answer:
    answer = work()
    Receipt.objects.create(
        user=once.user,
        key=once.key,
        fingerprint=once.fingerprint,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        made_at=once.now,
    )
    return answer


def forget_receipts(*, now: datetime) -> int:
    """Deletes the receipts of a day ago and older; returns how many."""
    gone, _ = Receipt.objects.ended(now).delete()
    return gone
