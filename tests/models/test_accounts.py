"""Users: one name each, roles through groups."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from tests.builders import make_user
from tests.refusals import refused, sql
from tracker.domain.judging import Role
from tracker.models import User

pytestmark = pytest.mark.django_db


def test_no_two_users_share_a_name() -> None:
    make_user(username="salma")

    with refused("tracker_user_username_key"):
        make_user(username="salma")


def test_a_user_is_in_a_group_once() -> None:
    user = make_user()

    with refused("tracker_user_groups_user_id_group_id_5921fa57_uniq"):
        sql(
            "INSERT INTO tracker_user_groups (user_id, group_id)"
            " SELECT user_id, group_id FROM tracker_user_groups WHERE user_id = %s",
            user.pk,
        )


def test_a_user_has_a_permission_once() -> None:
    user = make_user()
    user.user_permissions.add(Permission.objects.all()[0])

    with refused("tracker_user_user_permis_user_id_permission_id_be8b5f34_uniq"):
        sql(
            "INSERT INTO tracker_user_user_permissions (user_id, permission_id)"
            " SELECT user_id, permission_id FROM tracker_user_user_permissions WHERE user_id = %s",
            user.pk,
        )


def test_a_group_of_another_name_grants_no_role() -> None:
    assert make_user(role="chess club").roles() == frozenset()


@pytest.mark.parametrize("role", Role)
def test_a_group_grants_its_role_and_no_other(role: Role) -> None:
    user = make_user(role=role)

    assert user.roles() == {role}
    assert user.has_role(role)
    assert not user.has_role(*(set(Role) - {role}))


def test_a_superuser_is_an_administrator() -> None:
    assert make_user(role="", is_superuser=True).roles() == {Role.ADMIN}


def test_history_keeps_no_password() -> None:
    user = make_user()
    columns = {field.name for field in User.pgh_event_model._meta.fields}

    assert user.password
    assert not {"password", "last_login"} & columns
    assert "username" in columns
