"""Who may come in: a user with the group of a role, and a token for scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from knox.crypto import hash_token

from tracker.actions.tokens import make_token
from tracker.actions.transactions import action
from tracker.domain.errors import Conflict
from tracker.domain.judging import Role
from tracker.domain.roles import Scope, Verb
from tracker.models import Assignment, Claim, Round, Token, User


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


@action(Verb.ADMINISTER)
def deactivate(*, by: User, now: datetime, user: User) -> User:
    """Lets a user in no more, by page or by token.

    Nothing that they did is changed. Raises Conflict for oneself and for the last administrator.
    """
    found = User.objects.select_for_update().get(pk=user.pk)
    if found.pk == by.pk:
        raise Conflict("You cannot deactivate yourself: ask another administrator.")
    others = User.objects.filter(is_active=True).exclude(pk=found.pk)
    administrators = Q(groups__name=Role.ADMIN) | Q(is_superuser=True)
    if not others.filter(administrators).exists():
        raise Conflict("This is the last administrator: make another one first.")
    found.is_active = False
    found.save(update_fields=["is_active"])
    return found


@action(Verb.ADMINISTER)
def reactivate(*, by: User, now: datetime, user: User) -> User:
    """Lets a user in again, in the roles that they had."""
    found = User.objects.select_for_update().get(pk=user.pk)
    found.is_active = True
    found.save(update_fields=["is_active"])
    return found


@dataclass(frozen=True)
class Leaving:
    """What a user leaves open on the day they are deactivated."""

    tokens: int
    seats: int
    drafts: int
    rounds: int


def leaving(user: User, now: datetime) -> Leaving:
    """Counts what ends with a user's access, and what then waits for somebody else."""
    open_rounds = Round.objects.under_way()
    return Leaving(
        tokens=Token.objects.filter(user=user, expiry__gt=now).count(),
        seats=Assignment.objects.filter(judge=user, released_at=None).count(),
        drafts=Claim.objects.drafts().filter(coder=user).count(),
        rounds=open_rounds.filter(verdicts__judge=user).distinct().count(),
    )
