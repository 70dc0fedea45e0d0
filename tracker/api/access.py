"""Who comes in: a token or a session, and a role; the public where the installation lets it."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tracker.actions.tokens import note_use
from tracker.api.rates import PerAddress, PerCaller, count_refused
from tracker.api.sight import Sight
from tracker.domain.errors import OutOfScope
from tracker.domain.roles import Scope
from tracker.models import User
from tracker.models.tokens import Shown

_LIKELY = re.compile(rb"[!-~]{16,200}")


class TokenAuthentication(BaseAuthentication):
    """Takes a token from the Authorization header; what cannot be one is refused, not looked up."""

    def authenticate(self, request: Request) -> tuple[User, Shown] | None:
        """Returns the user and the token, or None; raises AuthenticationFailed."""
        scheme, _, token = get_authorization_header(request).strip().partition(b" ")
        if scheme.lower() != b"token":
            return None
        shown = Shown.find(token.decode()) if _LIKELY.fullmatch(token) else None
        if shown is None:
            count_refused(request, PerAddress())
            raise AuthenticationFailed(
                "Invalid token: it is not known here, has ended or was revoked."
            )
        note_use(digest=shown.digest, last_used_at=shown.last_used_at, now=timezone.now())
        return shown.user, shown

    def authenticate_header(self, request: Request) -> str:
        return "Token"


class MayEnter(BasePermission):
    """Staff with a role; the public reads, where the installation lets it."""

    message = "This takes a role: coder, judge, editor or admin."

    def has_permission(self, request: Request, view: Any) -> bool:
        staff = sight_of(request).staff
        if request.method in SAFE_METHODS:
            bound, may = False, staff or bool(settings.TRACKER_PUBLIC_READ)
        else:
            bound = isinstance(request.auth, Shown) and request.auth.scopes == {Scope.READ}
            may = staff and not bound
        if not may:
            # Throttles are asked of those who may enter only.
            count_refused(request, PerCaller())
        if bound:
            raise OutOfScope("This token only reads: make one with the scope for this.")
        return may


def sight_of(request: Request) -> Sight:
    """What this request may see; the roles are read once."""
    known: Sight | None = getattr(request, "sight", None)
    if known is None:
        user = request.user if isinstance(request.user, User) else None
        known = Sight(user, user.roles() if user else frozenset())
        request.sight = known  # type: ignore[attr-defined]  # kept as long as the request
    return known
