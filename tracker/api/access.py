"""Who comes in: a token or a session, and a role; the public where the installation lets it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from knox import auth as knox
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tracker.api.sight import Sight
from tracker.models import User


class TokenAuthentication(knox.TokenAuthentication):  # type: ignore[misc]  # knox is untyped
    """Takes a token from the Authorization header; what cannot be one is refused, not looked up."""

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        """Returns the user and the token, or None; raises AuthenticationFailed."""
        header = get_authorization_header(request)
        if not header.isascii() or b"\0" in header:
            raise AuthenticationFailed("Invalid token.")
        found: tuple[User, Any] | None = super().authenticate(request)
        return found


class MayEnter(BasePermission):
    """Staff with a role; the public reads, where the installation lets it."""

    message = "This takes a role: coder, judge, editor or admin."

    def has_permission(self, request: Request, view: Any) -> bool:
        if sight_of(request).staff:
            return True
        return request.method in SAFE_METHODS and bool(settings.TRACKER_PUBLIC_READ)


def sight_of(request: Request) -> Sight:
    """What this request may see; the roles are read once."""
    known: Sight | None = getattr(request, "sight", None)
    if known is None:
        user = request.user if isinstance(request.user, User) else None
        known = Sight(user, user.roles() if user else frozenset())
        request.sight = known  # type: ignore[attr-defined]  # kept as long as the request
    return known
