"""Who uses the tracker; roles are groups, made by a migration."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser

from tracker.domain.judging import Role
from tracker.domain.roles import Scope, Verb, permitted, require, within
from tracker.models.columns import history


@history(exclude=["password", "last_login"])
class User(AbstractUser):
    """A coder, judge, editor or administrator.

    `scopes` are those of the token in use; None without a token: whatever the roles allow.
    """

    scopes: frozenset[Scope] | None = None
    _roles: frozenset[Role] | None = None

    def roles(self) -> frozenset[Role]:
        """The roles that this user's groups grant, asked once; a superuser is an administrator."""
        if self._roles is None:
            self.know_roles(self.groups.values_list("name", flat=True))
        assert self._roles is not None, "roles are known by now"
        return self._roles

    def know_roles(self, groups: Iterable[str]) -> None:
        """Takes the names of the user's groups from who has asked for them already."""
        names = set(groups)
        if self.is_superuser:
            names.add(Role.ADMIN)
        self._roles = frozenset(role for role in Role if role in names)

    def has_role(self, *roles: Role) -> bool:
        return bool(self.roles() & set(roles))

    def may(self, verb: Verb) -> bool:
        """Whether both the roles and the token in use allow this."""
        return permitted(verb, self.roles()) and within(verb, self.scopes)

    def must_be_allowed(self, verb: Verb) -> None:
        """Raises NotPermitted, or OutOfScope where only the token stands against it."""
        require(verb, self.roles(), self.scopes)

    def __str__(self) -> str:
        return self.get_full_name() or self.username
