"""Who is at work: the user behind a request and what their roles let them do."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from tracker.domain.judging import Role
from tracker.domain.roles import Verb, permitted
from tracker.models.accounts import User


def roles_of(request: HttpRequest) -> frozenset[Role]:
    """The user's roles, asked once a request; none for who is not signed in or not active."""
    known = vars(request)
    if "roles" not in known:
        user = request.user
        known["roles"] = user.roles() if isinstance(user, User) and user.is_active else frozenset()
    roles: frozenset[Role] = known["roles"]
    return roles


def may(request: HttpRequest, verb: Verb) -> bool:
    return permitted(verb, roles_of(request))


def actor(request: HttpRequest) -> User:
    """Who acts: every page of the workbench is for signed-in users only."""
    assert isinstance(request.user, User), "the admin site lets nobody else in"
    return request.user


def now() -> datetime:
    """The moment of the request, which actions take as an argument."""
    return timezone.now()
