"""What a named speaker may send through a link of their own, and when the link opens nothing."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.domain.errors import Conflict, RequiredField, TrackerError, UnknownValue
from tracker.domain.quotes import clean

MOST_CHARACTERS = 5_000  # code points; a long letter to the editor
MOST_IN_LINE = 200
LONGEST_DAYS = 90
BREAKS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
# Marks that turn the direction of whatever follows them, on our page as much as in the reply.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class LinkStanding(StrEnum):
    """What a link still opens."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


class LinkUnknown(TrackerError):
    """This link is none of ours: copy its address whole."""

    code = "link_unknown"


class LinkGone(TrackerError):
    """This link has expired or was revoked."""

    code = "link_gone"


class LinkUsed(Conflict):
    """This link has been used: the reply that came by it is on record."""

    code = "link_used"


class TooLong(TrackerError):
    """The text is longer than can be printed."""

    code = "too_long"


def verbatim(text: str, *, field: str, most: int = MOST_CHARACTERS) -> str:
    """Return a text as its author wrote it: NFC, line breaks as \\n, no character that hides.

    Control characters and marks that override the direction of text are left out; nothing is read
    as HTML. Raises RequiredField, TooLong or, for lone surrogates, UnstorableText.
    """
    lines = BREAKS.sub("\n", text)
    kept = clean("".join(c for c in lines if c in "\n\t" or _shown(c)), field=field).strip()
    if not kept:
        raise RequiredField(f"A reply needs its {field}.", field=field)
    if len(kept) > most:
        raise TooLong(
            f"It has {len(kept):,} characters; {most:,} can be printed.", field=field, most=most
        )
    return kept


def one_line(text: str, *, field: str) -> str:
    """Return a name or signature: verbatim, on one line; raises as `verbatim` does."""
    return " ".join(verbatim(text, field=field, most=MOST_IN_LINE).split())


def _shown(character: str) -> bool:
    return unicodedata.category(character) != "Cc" and character not in TURNS


def expiry(*, now: datetime, reply_until: datetime, days: int | None) -> datetime:
    """Return until when a link holds: so many days, else as long as the reply window.

    Raises RequiredField where that is over, UnknownValue for days that are not 1 to 90.
    """
    if days is not None:
        if not 1 <= days <= LONGEST_DAYS:
            raise UnknownValue(f"A link holds for 1 to {LONGEST_DAYS} days.", field="days")
        return now + timedelta(days=days)
    if reply_until <= now:
        raise RequiredField(
            "The reply window is over: say for how many days the link holds.", field="days"
        )
    return reply_until


def standing(*, used: bool, revoked: bool, expires_at: datetime, now: datetime) -> LinkStanding:
    """Return where a link stands; one that was used stays so when its time is over."""
    if used:
        return LinkStanding.USED
    if revoked:
        return LinkStanding.REVOKED
    return LinkStanding.EXPIRED if expires_at <= now else LinkStanding.OPEN
