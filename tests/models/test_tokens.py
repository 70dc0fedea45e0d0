"""Tokens: known scopes, an end within a year, and one query that knows all about who asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import make_user
from tests.refusals import refused, sql
from tracker.actions.users import issue_token
from tracker.domain.judging import Role
from tracker.domain.roles import Scope
from tracker.models import Token
from tracker.models.tokens import Shown

pytestmark = pytest.mark.django_db


def test_a_token_has_scopes_and_only_known_ones() -> None:
    issue_token(user=make_user())

    for scopes in ([], ["read", "everything"]):
        with refused("token_scopes_known"):
            Token.objects.update(scopes=scopes)


def test_a_token_ends_within_a_year() -> None:
    issue_token(user=make_user())

    with refused("token_ends_within_a_year"):
        Token.objects.update(expiry=timezone.now() + timedelta(days=367))


def test_no_two_tokens_share_a_public_name() -> None:
    for _ in range(2):
        issue_token(user=make_user())
    one, _ = Token.objects.all()

    with refused("tracker_token_uuid_key"):
        Token.objects.update(uuid=one.uuid)


def test_one_query_finds_the_token_its_user_and_the_roles(
    django_assert_num_queries: Any,
) -> None:
    token = issue_token(user=make_user(role="judge", username="juno", is_superuser=True))

    with django_assert_num_queries(1):
        shown = Shown.find(token)
        assert shown is not None
        assert shown.user.username == "juno"
        assert shown.user.roles() == {Role.JUDGE, Role.ADMIN}
        assert shown.user.scopes == set(Scope)


@pytest.mark.parametrize(
    "ended",
    ["UPDATE tracker_token SET expiry = now()", "UPDATE tracker_user SET is_active = false"],
    ids=["expired", "its user is gone"],
)
def test_what_is_not_in_force_is_not_found(ended: str) -> None:
    token = issue_token(user=make_user())
    sql(ended)

    assert Shown.find(token) is None
    assert Shown.find("f" * 64) is None


def test_history_keeps_who_had_which_token_and_no_secret() -> None:
    token = issue_token(user=make_user())
    Token.objects.all().delete()

    events = list(Token.pgh_event_model.objects.values())

    assert [event["pgh_label"] for event in events] == ["insert", "delete"]
    assert token not in str(events)
