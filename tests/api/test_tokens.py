"""Tokens: made with a password or a session, revoked by themselves."""

from __future__ import annotations

import base64

import pytest

from tests.api.conftest import Door
from tests.builders import make_user
from tracker.actions.users import issue_token
from tracker.models import Token

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
    assert not Token.objects.exists()


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
    assert not Token.objects.exists()


def test_only_the_hash_is_stored(nobody: Door) -> None:
    token = nobody.send("tokens/", {"username": NAME, "password": PASSWORD}).json()["token"]

    stored = Token.objects.get()

    assert token not in (stored.digest, stored.token_key)


def test_a_token_that_revokes_itself_is_gone(nobody: Door) -> None:
    token = nobody.send("tokens/", {"username": NAME, "password": PASSWORD}).json()["token"]
    header = f"Token {token}"

    assert nobody.delete("/api/v1/tokens/", HTTP_AUTHORIZATION=header).status_code == 204
    assert nobody.get("/api/v1/claims/", HTTP_AUTHORIZATION=header).status_code == 401


def made(nobody: Door, **wish: object) -> dict[str, object]:
    answer = nobody.send("tokens/", {"username": NAME, "password": PASSWORD, **wish})
    assert answer.status_code == 201, answer.content
    found: dict[str, object] = answer.json()
    return found


def with_token(token: object) -> Door:
    client = Door()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


@pytest.mark.parametrize(
    ("wish", "status", "field"),
    [
        ({"scopes": ["all"]}, 400, "scopes.0"),
        ({"scopes": "read"}, 400, "scopes"),
        ({"expires_at": "2999-01-01T00:00:00Z"}, 422, "expires_at"),
        ({"expires_at": "2001-01-01T00:00:00Z"}, 422, "expires_at"),
        ({"expires_at": "soon"}, 400, "expires_at"),
        ({"name": "\0"}, 400, "name"),
        ({"user": 1}, 400, "user"),
    ],
    ids=["scope", "no list", "too far", "past", "no time", "nul", "another's"],
)
def test_a_wish_that_cannot_be_met_names_its_field(
    nobody: Door, wish: dict[str, object], status: int, field: str
) -> None:
    answer = nobody.send("tokens/", {"username": NAME, "password": PASSWORD, **wish})

    assert answer.status_code == status
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]
    assert not Token.objects.exists()


def test_a_token_that_reads_writes_nothing(nobody: Door) -> None:
    reader = with_token(made(nobody)["token"])

    answer = reader.send("people/", {"name": "Ada"})

    assert (answer.status_code, answer.json()["code"]) == (403, "out_of_scope")
    assert reader.read("people/").status_code == 200


def test_a_token_that_codes_writes_what_coders_may(nobody: Door) -> None:
    coder = with_token(made(nobody, scopes=["code"])["token"])

    assert coder.send("people/", {"name": "Ada"}).status_code == 201


def test_your_tokens_are_listed_by_name_and_use_without_their_secret(nobody: Door) -> None:
    first = made(nobody, name="R script", scopes=["code"])
    second = made(nobody, name="CMS")

    listed = with_token(second["token"]).read("tokens/").json()

    assert [(row["name"], row["in_use"]) for row in listed] == [("CMS", True), ("R script", False)]
    assert listed[1]["scopes"] == ["read", "code"]
    assert listed[0]["last_used_at"] is not None
    assert listed[1]["last_used_at"] is None
    assert str(first["token"]) not in str(listed)


def test_a_token_is_revoked_by_its_id(nobody: Door) -> None:
    lost, kept = made(nobody, scopes=["code"]), made(nobody, scopes=["code"])
    stranger, client = with_token(issue_token(user=make_user())), with_token(kept["token"])
    where = f"/api/v1/tokens/{lost['id']}/"

    assert stranger.get(where).status_code == stranger.delete(where).status_code == 404
    assert client.delete(where).status_code == 204

    assert client.get(where).status_code == 404
    assert with_token(lost["token"]).read("claims/").status_code == 401


def test_a_token_that_reads_revokes_itself_alone(nobody: Door) -> None:
    reader, other = made(nobody), made(nobody)
    client = with_token(reader["token"])

    assert client.delete(f"/api/v1/tokens/{other['id']}/").status_code == 403
    assert client.delete(f"/api/v1/tokens/{reader['id']}/").status_code == 204


def test_an_administrator_revokes_anybodys(nobody: Door) -> None:
    lost = made(nobody)
    admin = with_token(issue_token(user=make_user(role="admin")))

    assert admin.delete(f"/api/v1/tokens/{lost['id']}/").status_code == 204


def test_a_token_in_an_address_is_refused_with_what_to_do(nobody: Door) -> None:
    token = made(nobody)["token"]

    answer = with_token(token).get(f"/api/v1/claims/?access_token={token}")

    assert answer.status_code == 400
    assert "revoke this one" in answer.json()["errors"][0]["detail"]
