"""Users in the workbench."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.actions.users import issue_token
from tracker.domain.judging import Role
from tracker.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long way to Aleppo"


@pytest.mark.parametrize("role", ["coder", "judge", "editor"])
def test_only_administrators_see_accounts(client: Client, role: str) -> None:
    client.force_login(make_staff(role))

    assert client.get(reverse("admin:tracker_user_changelist")).status_code == 403


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


# --- who comes in no more ---


def button(name: str, user: User) -> str:
    return reverse(f"admin:tracker_user_{name}", args=[user.pk])


def test_an_administrator_cannot_lock_themselves_out(client: Client) -> None:
    me = make_staff("admin")
    client.force_login(me)

    page = client.post(button("deactivate", me)).content.decode()

    assert "You cannot deactivate yourself" in page
    assert User.objects.get(pk=me.pk).is_active


def test_deactivating_says_first_what_ends_and_what_stays_open(client: Client) -> None:
    client.force_login(make_staff("admin"))
    coder = make_staff("coder")
    issue_token(user=coder)
    builders.make_claim(frozen=False, coder=coder)

    page = client.get(button("deactivate", coder)).content.decode()
    assert "Tokens that stop working: 1." in page
    assert "drafts 1, seats 0" in page
    assert User.objects.get(pk=coder.pk).is_active

    client.post(button("deactivate", coder))
    assert not User.objects.get(pk=coder.pk).is_active

    client.post(button("reactivate", coder))
    assert User.objects.get(pk=coder.pk).is_active
