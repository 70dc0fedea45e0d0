"""Tokens in the workbench: one's own, shown once, revoked after a question."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tracker.actions.users import issue_token
from tracker.models import Token, User

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("admin:tracker_token_changelist"), reverse("admin:tracker_token_add")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(token: Token) -> str:
    return reverse("admin:tracker_token_change", args=[token.pk])


def test_nobody_but_an_administrator_sees_or_revokes_anothers() -> None:
    coder, stranger = make_staff("coder"), make_staff("coder")
    issue_token(user=coder)
    token = Token.objects.get()
    revoke = reverse("admin:tracker_token_revoke", args=[token.pk])

    for address in (page_of(token), revoke):
        assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(stranger).get(LIST).context["cl"].result_count == 0

    for user in (coder, make_staff("admin")):
        assert signed_in(user).get(LIST).context["cl"].result_count == 1


def test_a_token_is_revoked_after_a_question() -> None:
    coder = make_staff("coder")
    issue_token(user=coder)
    where = reverse("admin:tracker_token_revoke", args=[Token.objects.get().pk])

    assert "cannot be undone" in signed_in(coder).get(where).content.decode()
    assert Token.objects.exists()

    assert signed_in(coder).post(where).status_code == 302
    assert not Token.objects.exists()


@pytest.mark.parametrize("field", ["scopes", "days"])
def test_what_no_token_can_have_is_refused_beside_its_field(field: str) -> None:
    asked = {"days": "90", "scopes": ["code"], field: "ever"}

    page = signed_in(make_staff("coder")).post(NEW, asked)

    assert field in page.context["form"].errors
    assert not Token.objects.exists()


def test_a_token_is_shown_once_and_works(client: Client) -> None:
    coder = make_staff("coder")
    staff = signed_in(coder)
    assert "Whose" not in staff.get(NEW).content.decode()

    made = staff.post(NEW, {"name": "nightly", "days": "7", "scopes": ["code"]})

    (secret,) = re.findall(r'class="t-copied">(\w+)<', made.content.decode())
    token = Token.objects.get()
    assert (token.user, token.name, token.scopes) == (coder, "nightly", ["read", "code"])
    assert token.expiry - token.created < timedelta(days=7, minutes=1)
    assert secret not in staff.get(page_of(token)).content.decode()
    assert token.token_key in staff.get(page_of(token)).content.decode()
    answer = client.get(reverse("claims-list"), headers={"Authorization": f"Token {secret}"})
    assert answer.status_code == 200


def test_an_administrator_makes_one_for_somebody_else() -> None:
    coder = make_staff("coder")

    signed_in(make_staff("admin")).post(NEW, {"user": coder.pk, "days": "30"})

    assert Token.objects.get().user == coder
