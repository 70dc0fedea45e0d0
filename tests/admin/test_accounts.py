"""Users, tokens and jobs in the workbench."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tracker.actions.users import issue_token
from tracker.domain.judging import Role
from tracker.models import Token, User

pytestmark = pytest.mark.django_db
PASSWORD = "a long way to Aleppo"


@pytest.mark.parametrize("role", ["coder", "judge", "editor"])
@pytest.mark.parametrize("model", ["tracker_user", "tracker_token"])
def test_only_administrators_see_accounts(client: Client, role: str, model: str) -> None:
    client.force_login(make_staff(role))

    assert client.get(reverse(f"admin:{model}_changelist")).status_code == 403


def test_a_new_user_may_come_in_with_a_role(client: Client) -> None:
    client.force_login(make_staff("admin"))
    judges = Group.objects.get(name="judge")

    client.post(
        reverse("admin:tracker_user_add"),
        {
            "username": "jonas",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "usable_password": "true",
            "groups": [judges.pk],
        },
    )

    jonas = User.objects.get(username="jonas")
    assert jonas.is_staff
    assert jonas.check_password(PASSWORD)
    assert jonas.roles() == {Role.JUDGE}


def test_a_token_is_never_shown(client: Client) -> None:
    client.force_login(make_staff("admin"))
    token = issue_token(user=make_staff("coder"))
    kept = Token.objects.get()

    page = client.get(reverse("admin:tracker_token_change", args=[kept.pk])).content.decode()

    assert kept.token_key in page
    assert token not in page
