"""Who uses the tracker; roles are groups, made by a migration."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from tracker.domain.judging import Role
from tracker.models.columns import history


@history(exclude=["password", "last_login"])
class User(AbstractUser):
    """A coder, judge, editor or administrator."""

    def roles(self) -> frozenset[Role]:
        """The roles that this user's groups grant; a superuser is an administrator."""
        names = set(self.groups.values_list("name", flat=True))
        if self.is_superuser:
            names.add(Role.ADMIN)
        return frozenset(role for role in Role if role in names)

    def has_role(self, *roles: Role) -> bool:
        return bool(self.roles() & set(roles))

    def __str__(self) -> str:
        return self.get_full_name() or self.username
