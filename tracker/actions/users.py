"""Who may come in: a user with the group of a role, and a token for scripts."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from knox.crypto import hash_token

from tracker.actions.tokens import make_token
from tracker.domain.judging import Role
from tracker.domain.roles import Scope
from tracker.models import Token, User


@transaction.atomic
def admit(*, username: str, name: str, role: Role, password: str) -> User:
    """Make or mend a user who may enter the admin with this role and password; return the user."""
    first, _, last = name.partition(" ")
    user, _ = User.objects.select_for_update().get_or_create(username=username)
    user.first_name, user.last_name = first, last
    user.is_active = user.is_staff = True
    user.is_superuser = role is Role.ADMIN
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=role)])
    return user


def issue_token(*, user: User) -> str:
    """Return a new token that may do whatever its user may; it is shown this once."""
    return make_token(by=user, scopes=[*Scope], now=timezone.now()).secret


def is_known(*, username: str, password: str, token: str) -> bool:
    """Say whether this user may come in both ways."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.check_password(password):
        return False
    tokens = Token.objects.filter(user=user, digest=hash_token(token))
    return bool(tokens.filter(expiry__gt=timezone.now()).exists())
