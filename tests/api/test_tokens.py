"""Tokens: made with a password or a session, revoked by themselves."""

from __future__ import annotations

import base64

import pytest
from knox.models import AuthToken

from tests.api.conftest import Door
from tests.builders import make_user

pytestmark = pytest.mark.django_db
NAME, PASSWORD = "cora", "correct horse battery staple"


@pytest.fixture
def nobody() -> Door:
    make_user(username=NAME, password=PASSWORD)
    return Door()


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("name", "password"),
    [(NAME, "wrong"), ("nobody", PASSWORD), (NAME, ""), ("", ""), ("\0", PASSWORD), (NAME, "\0")],
    ids=["password", "name", "empty", "both", "nul_name", "nul_password"],
)
def test_a_wrong_password_makes_no_token(nobody: Door, name: str, password: str) -> None:
    by_header = nobody.post("/api/v1/tokens/", HTTP_AUTHORIZATION=basic(name, password))
    by_body = nobody.send("tokens/", {"username": name, "password": password})

    assert by_header.status_code in (400, 401)
    assert by_body.status_code in (400, 401)
    assert by_body["Content-Type"] == "application/problem+json"
    assert not AuthToken.objects.exists()


def test_who_says_nothing_gets_nothing(nobody: Door) -> None:
    assert nobody.send("tokens/").status_code == 401
    assert nobody.delete("/api/v1/tokens/").status_code == 401


def test_a_password_in_the_address_is_refused(nobody: Door) -> None:
    answer = nobody.post(f"/api/v1/tokens/?username={NAME}&password={PASSWORD}")

    assert answer.status_code == 400


def test_a_password_makes_a_token_that_opens_the_door(nobody: Door) -> None:
    for answer in (
        nobody.send("tokens/", {"username": NAME, "password": PASSWORD}),
        nobody.post("/api/v1/tokens/", HTTP_AUTHORIZATION=basic(NAME, PASSWORD)),
    ):
        assert answer.status_code == 201
        token = answer.json()["token"]
        opened = nobody.get("/api/v1/claims/", HTTP_AUTHORIZATION=f"Token {token}")
        assert opened.status_code == 200


def test_a_session_makes_a_token(nobody: Door) -> None:
    nobody.login(username=NAME, password=PASSWORD)

    assert nobody.send("tokens/").status_code == 201


def test_a_session_from_another_site_makes_none() -> None:
    user = make_user(username=NAME, password=PASSWORD)
    client = Door(enforce_csrf_checks=True)
    client.force_login(user)

    answer = client.send("tokens/")

    assert answer.status_code == 403
    assert not AuthToken.objects.exists()


def test_only_the_hash_is_stored(nobody: Door) -> None:
    token = nobody.send("tokens/", {"username": NAME, "password": PASSWORD}).json()["token"]

    stored = AuthToken.objects.get()

    assert token not in (stored.digest, stored.token_key)


def test_a_token_that_revokes_itself_is_gone(nobody: Door) -> None:
    token = nobody.send("tokens/", {"username": NAME, "password": PASSWORD}).json()["token"]
    header = f"Token {token}"

    assert nobody.delete("/api/v1/tokens/", HTTP_AUTHORIZATION=header).status_code == 204
    assert nobody.get("/api/v1/claims/", HTTP_AUTHORIZATION=header).status_code == 401
