"""Users: let in with a role and a password, and a token that is shown once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from tests.builders import make_user
from tracker.actions.users import admit, deactivate, is_known, issue_token, reactivate
from tracker.domain.errors import Conflict
from tracker.domain.judging import Role
from tracker.models import Token, User

pytestmark = pytest.mark.django_db


def enter(role: Role = Role.CODER, *, password: str = "open sesame") -> User:
    for name in Role:
        Group.objects.get_or_create(name=name)
    return admit(username="cora", name="Cora Coder Smith", role=role, password=password)


@pytest.mark.parametrize(
    ("username", "password", "token"),
    [("nobody", "open sesame", ""), ("cora", "guess", ""), ("cora", "open sesame", "guess")],
    ids=["the name", "the password", "the token"],
)
def test_who_knows_not(username: str, password: str, token: str) -> None:
    own = issue_token(user=enter())

    assert not is_known(username=username, password=password, token=token or own)


def test_another_users_token_is_not_ones_own() -> None:
    enter()

    token = issue_token(user=make_user())

    assert not is_known(username="cora", password="open sesame", token=token)


def test_who_was_let_in_comes_in_both_ways() -> None:
    token = issue_token(user=enter())

    assert is_known(username="cora", password="open sesame", token=token)
    assert token not in str(Token.objects.values())


def test_who_is_no_longer_active_is_out() -> None:
    cora = enter()
    token = issue_token(user=cora)

    cora.is_active = False
    cora.save()

    assert not is_known(username="cora", password="open sesame", token=token)


@pytest.mark.parametrize("role", Role)
def test_a_user_has_the_role_and_the_admin_alone_may_do_everything(role: Role) -> None:
    cora = enter(role)

    assert cora.roles() == {role}
    assert (cora.is_staff, cora.is_superuser) == (True, role is Role.ADMIN)
    assert (cora.first_name, cora.last_name) == ("Cora", "Coder Smith")


def test_letting_in_again_mends_role_and_password() -> None:
    enter(Role.ADMIN)

    again = enter(Role.JUDGE, password="another")

    assert User.objects.get() == again
    assert (again.roles(), again.is_superuser) == ({Role.JUDGE}, False)
    assert again.check_password("another")


def test_nobody_deactivates_the_last_administrator_or_themselves() -> None:
    one = make_user(role="admin")
    with pytest.raises(Conflict, match="yourself"):
        deactivate(by=one, now=timezone.now(), user=one)
    other = make_user(role="admin")
    User.objects.filter(pk=one.pk).update(is_active=False)

    with pytest.raises(Conflict, match="last administrator"):
        deactivate(by=one, now=timezone.now(), user=other)


def test_who_is_deactivated_may_do_nothing_until_let_in_again() -> None:
    admin, coder = make_user(role="admin"), make_user(role="coder")

    assert not deactivate(by=admin, now=timezone.now(), user=coder).is_active
    assert reactivate(by=admin, now=timezone.now(), user=coder).is_active
