"""Tokens: what scripts show instead of a password; hashed, scoped, and at an end within a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q
from knox.crypto import hash_token

from tracker.domain.roles import Scope, Verb
from tracker.embedded.cursors import ONE_PLAN
from tracker.models.accounts import User
from tracker.models.columns import Record, history, words

LONGEST = timedelta(days=365)
SCOPES = [scope.value for scope in Scope]


class TokenQuerySet(models.QuerySet["Token"]):
    """Questions about tokens."""

    def in_force(self, now: datetime) -> TokenQuerySet:
        return self.filter(expiry__gt=now)

    def of(self, user: User) -> TokenQuerySet:
        """Those that a user may see and revoke: an administrator everybody's, all others theirs."""
        return self if user.may(Verb.ADMINISTER) else self.filter(user=user)


@history(exclude=["last_used_at", "token_key"])
class Token(Record):
    """What a script shows: its hash, whose it is, what it may do, until when, when it was used."""

    digest = models.CharField(max_length=128, primary_key=True)
    token_key = models.CharField(max_length=25, db_index=True)  # its first letters, to know it by
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    created = models.DateTimeField(auto_now_add=True)
    name = words(help_text="What it is for.")
    scopes = ArrayField(models.TextField(), help_text="What it may do, within its user's roles.")
    expiry = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=SCOPES, scopes__len__gt=0),
                name="token_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(expiry__lte=F("created") + LONGEST + timedelta(minutes=1)),
                name="token_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.name or self.token_key}"


@dataclass(frozen=True)
class Shown:
    """A token in force that a request came with."""

    digest: str
    scopes: frozenset[Scope]
    last_used_at: datetime | None
    user: User

    _columns: ClassVar[list[str]] = [field.attname for field in User._meta.concrete_fields]
    _question: ClassVar[str] = f"""{ONE_PLAN}
            t.scopes, t.last_used_at,
            ARRAY(SELECT g.name FROM tracker_user_groups m JOIN auth_group g ON g.id = m.group_id
                  WHERE m.user_id = u.id),
            {", ".join(f"u.{field.column}" for field in User._meta.concrete_fields)}
        FROM tracker_token t JOIN tracker_user u ON u.id = t.user_id
        WHERE t.digest = %s AND t.expiry > statement_timestamp() AND u.is_active
    """

    @classmethod
    def find(cls, token: str) -> Shown | None:
        """Returns the token with its user and the user's roles, by one query written out.

        Every request of a script asks it: the ORM would take four times as long to put it.
        """
        digest = hash_token(token)
        with connection.cursor() as cursor:
            cursor.execute(cls._question, [digest])
            row: tuple[Any, ...] | None = cursor.fetchone()
        if row is None:
            return None
        scopes, last_used_at, groups, *values = row
        user = User.from_db(connection.alias, cls._columns, values)
        user.know_roles(groups)
        known = frozenset(map(Scope, scopes))
        user.scopes = known
        return cls(digest, known, last_used_at, user)
