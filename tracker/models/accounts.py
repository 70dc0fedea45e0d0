"""Who uses the tracker; roles are groups, made by a migration."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from tracker.domain.judging import Role
from tracker.models.columns import history


@history(exclude=["password", "last_login"])
class User(AbstractUser):
    """A coder, judge, editor or administrator."""

    _roles: frozenset[Role] | None = None

    def roles(self) -> frozenset[Role]:
        """The roles that this user's groups grant, asked once; a superuser is an administrator."""
        if self._roles is None:
            names = set(self.groups.values_list("name", flat=True))
            if self.is_superuser:
                names.add(Role.ADMIN)
            self._roles = frozenset(role for role in Role if role in names)
        return self._roles

    def has_role(self, *roles: Role) -> bool:
        return bool(self.roles() & set(roles))

    def __str__(self) -> str:
        return self.get_full_name() or self.username
