"""Links that carry their own leave: signed, for one purpose, kept as a hash alone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.conf import settings
from django.core import signing

from tracker.domain.replies import LinkUnknown
from tracker.models import CalendarFeed, ReplyLink

Leave = TypeVar("Leave", ReplyLink, CalendarFeed)
RANDOM_BYTES = 24


class Purpose(StrEnum):
    """What a link is for; the signature of one is none for another."""

    REPLY = "reply"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Issued(Generic[Leave]):
    """A link that was just made, and its token, which is shown this once."""

    link: Leave
    token: str


def new_token(purpose: Purpose) -> str:
    """Return a token for an address: letters, digits, `-`, `_` and one dot."""
    return _signer(purpose).sign(secrets.token_urlsafe(RANDOM_BYTES))


def hash_of(token: str, purpose: Purpose) -> str:
    """Return the hash under which a token is kept.

    Raises LinkUnknown for a forged one, without a question to the database.
    """
    try:
        value = _signer(purpose).unsign(token)
    except (signing.BadSignature, UnicodeError) as error:
        raise LinkUnknown(field="token") from error
    return hashlib.sha256(value.encode()).hexdigest()


def whole(path: str, *, asked_at: str) -> str:
    """Return the address to give away: the site's own, else where it was asked for."""
    return f"{settings.TRACKER_BASE_URL or asked_at}{path}"


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"tracker.links.{purpose}")
