"""Rows for tests of links, and the links themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.builders import JUDGED, make_claim, make_person, make_resolution, make_user
from tracker.actions.links import Issued
from tracker.actions.reply_links import make_reply_link
from tracker.models import CalendarFeed, Claim, ReplyLink, Resolution

_number = count(1)


def make_link(**fields: Any) -> ReplyLink:
    """A link that nobody can follow: its token is not known."""
    fields.setdefault("resolution", None)
    resolution = fields.pop("resolution") or make_resolution(published=False)
    given = {
        "person": make_person(),
        "token_hash": f"hash {next(_number)}",
        "made_by": make_user(role="editor"),
        "made_at": JUDGED,
        "expires_at": JUDGED + timedelta(days=7),
        **fields,
    }
    return ReplyLink.objects.create(resolution=resolution, **given)


def make_feed(**fields: Any) -> CalendarFeed:
    """A calendar that nobody can read: its token is not known."""
    given = {"token_hash": f"hash {next(_number)}", "made_at": JUDGED, **fields}
    if "user" not in given:
        given["user"] = make_user(role="judge")
    return CalendarFeed.objects.create(**given)


def resolution_of(claim: Claim, **fields: Any) -> Resolution:
    """What was settled of a claim, still unpublished."""
    return make_resolution(proposition=claim.proposition, published=False, **fields)


def issue(*, now: datetime = JUDGED, claim: Claim | None = None, **more: Any) -> Issued[ReplyLink]:
    """A link for the speaker of a claim, with its token; the reply window is open."""
    claim = claim or make_claim()
    fields = {"resolution": more.pop("resolution", None) or resolution_of(claim), **more}
    return make_reply_link(by=make_user(role="editor"), now=now, person=claim.person, **fields)
