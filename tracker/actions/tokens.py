"""Make tokens, note their use and revoke them; only their hash is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pghistory
from django.db import transaction
from django.db.models import Q
from knox.crypto import create_token_string, hash_token

from tracker.domain.errors import NotFound, TooManyTokens, UnknownValue
from tracker.domain.quotes import clean
from tracker.domain.roles import Scope, Verb
from tracker.models import Token, User
from tracker.models.tokens import LONGEST

USUAL = timedelta(days=90)
SHOWN = 8  # characters by which its owner knows a token again
MOST = 100  # tokens in force that one user may have
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Made:
    """A new token, and what to show for it: this once, for it is nowhere stored."""

    token: Token
    secret: str


@transaction.atomic
def make_token(
    *,
    by: User,
    scopes: Iterable[Scope],
    now: datetime,
    user: User | None = None,
    name: str = "",
    expires_at: datetime | None = None,
) -> Made:
    """Makes a token of `user`, by default one's own; only an administrator makes another's.

    Raises UnknownValue for an end that has passed or lies beyond a year, TooManyTokens, or
    NotPermitted.
    """
    owner = user or by
    if owner.pk != by.pk:
        by.must_be_allowed(Verb.ADMINISTER)
    ends = expires_at or now + USUAL
    if not now < ends <= now + LONGEST:
        raise UnknownValue("A token ends in the future, a year ahead at most.", field="expires_at")
    secret: str = create_token_string()
    wanted = sorted({*scopes, Scope.READ}, key=[*Scope].index)
    User.objects.select_for_update().get(pk=owner.pk)
    if Token.objects.filter(user=owner).in_force(now).count() >= MOST:
        raise TooManyTokens
    with pghistory.context(user=by.pk, action="make_token"):
        made = Token.objects.create(
            digest=hash_token(secret),
            token_key=secret[:SHOWN],
            user=owner,
            name=clean(name, field="name"),
            scopes=wanted,
            expiry=ends,
        )
    return Made(made, secret)


@transaction.atomic
def revoke_token(*, by: User, token: Token) -> None:
    """Ends a token of one's own at once; an administrator ends anybody's. History keeps it."""
    if not Token.objects.of(by).filter(pk=token.pk).exists():
        raise NotFound(field="token")
    with pghistory.context(user=by.pk, action="revoke_token"):
        Token.objects.filter(pk=token.pk).delete()


def note_use(*, digest: str, last_used_at: datetime | None, now: datetime) -> None:
    """Writes down that a token is in use, once a minute at most."""
    if last_used_at and now - last_used_at < NOTED_EVERY:
        return
    unnoted = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    Token.objects.filter(unnoted, pk=digest).update(last_used_at=now)


def forget_ended_tokens(*, now: datetime) -> int:
    """Deletes the tokens that ended a month ago or more; returns how many."""
    gone, _ = Token.objects.filter(expiry__lt=now - timedelta(days=30)).delete()
    return gone
