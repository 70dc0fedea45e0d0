"""The example users come in at every start, with what the first start told them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.management.cast import CAST, admit_cast, read_cast, write_cast
from tracker.models import Token, User

pytestmark = pytest.mark.django_db
ADDRESSES = {"admin": "http://127.0.0.1:8000/admin/"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The card of a demo that has started once."""
    file = tmp_path / "demo.json"
    write_cast(file, ADDRESSES, admit_cast(file))
    return file


@pytest.mark.parametrize("text", ["", "{}", '{"users": [{"name": "Cora"}]}'])
def test_a_card_that_makes_no_sense_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "demo.json").write_text(text)

    assert read_cast(tmp_path / "demo.json") == []


def test_each_user_has_one_role_and_only_the_admin_may_do_all(file: Path) -> None:
    users = {user.username: user for user in User.objects.filter(is_staff=True)}

    assert {name: users[name].roles() for name, _, _ in CAST} == {
        name: frozenset({role}) for name, _, role in CAST
    }
    assert [name for name in users if users[name].is_superuser] == ["admin"]


def test_a_second_start_changes_neither_users_nor_card(file: Path) -> None:
    before, rows = file.stat(), list(User.objects.values_list("username", "password"))

    write_cast(file, ADDRESSES, admit_cast(file))

    assert file.stat() == before
    assert list(User.objects.values_list("username", "password")) == rows


def test_a_token_that_no_longer_works_is_renewed_and_the_password_kept(file: Path) -> None:
    before = {user.username: user for user in read_cast(file)}
    Token.objects.filter(user__username="editor").delete()

    after = {user.username: user for user in admit_cast(file)}

    assert after["editor"].token != before["editor"].token
    assert after["editor"].password == before["editor"].password
    assert after["coder"] == before["coder"]


def test_the_card_holds_what_a_script_needs(file: Path) -> None:
    card = json.loads(file.read_text())

    assert card["admin"] == ADDRESSES["admin"]
    assert {tuple(sorted(user)) for user in card["users"]} == {
        ("name", "password", "role", "token", "username")
    }
