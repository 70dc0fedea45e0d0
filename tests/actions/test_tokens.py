"""Tokens: made by their owners or an administrator, noted once a minute, revoked for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import make_claim, make_user
from tracker.actions import tokens
from tracker.actions.claims import withdraw_claim
from tracker.actions.rounds import open_round
from tracker.actions.tokens import (
    forget_ended_tokens,
    make_token,
    note_use,
    revoke_token,
)
from tracker.domain.errors import (
    NotFound,
    NotPermitted,
    OutOfScope,
    TooManyTokens,
    UnknownValue,
    UnstorableText,
)
from tracker.domain.roles import Scope
from tracker.models import Token
from tracker.models.tokens import Shown

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_token_that_ends_in_the_past_or_after_a_year_is_refused(days: int) -> None:
    with pytest.raises(UnknownValue) as caught:
        make_token(by=make_user(), scopes=[], now=NOW, expires_at=NOW + timedelta(days=days))

    assert caught.value.field == "expires_at"
    assert not Token.objects.exists()


def test_a_name_that_cannot_be_stored_is_refused() -> None:
    with pytest.raises(UnstorableText):
        make_token(by=make_user(), scopes=[], now=NOW, name="\0")


def test_nobody_but_an_administrator_makes_anothers_token() -> None:
    cora = make_user()

    with pytest.raises(NotPermitted):
        make_token(by=make_user(role="editor"), user=cora, scopes=[], now=NOW)
    made = make_token(by=make_user(role="admin"), user=cora, scopes=[], now=NOW)

    assert made.token.user == cora


def test_a_user_has_no_more_tokens_than_can_be_watched(monkeypatch: Any) -> None:
    monkeypatch.setattr(tokens, "MOST", 2)
    cora = make_user()
    for _ in range(2):
        make_token(by=cora, scopes=[], now=NOW)

    with pytest.raises(TooManyTokens):
        make_token(by=cora, scopes=[], now=NOW)
    make_token(by=make_user(), scopes=[], now=NOW)


def test_every_token_reads_and_ends_in_ninety_days_unless_told_otherwise() -> None:
    made = make_token(by=make_user(), scopes=[Scope.JUDGE], now=timezone.now()).token

    assert made.scopes == ["read", "judge"]
    assert timedelta(days=89) < made.expiry - timezone.now() <= timedelta(days=90)


def test_a_scope_allows_no_more_than_its_roles_may() -> None:
    editor = make_user(role="editor")
    claim = make_claim()
    secret = make_token(by=editor, scopes=[Scope.CODE], now=timezone.now()).secret
    shown = Shown.find(secret)
    assert shown is not None

    with pytest.raises(OutOfScope, match="it takes one of: edit"):
        open_round(by=shown.user, now=NOW, proposition=claim.proposition)
    withdraw_claim(by=shown.user, claim=claim, state="retracted", reason="Taken back.")


def test_a_scope_gives_nobody_a_role() -> None:
    secret = make_token(by=make_user(role="coder"), scopes=[*Scope], now=timezone.now()).secret
    shown = Shown.find(secret)
    assert shown is not None

    with pytest.raises(NotPermitted) as caught:
        open_round(by=shown.user, now=NOW, proposition=make_claim().proposition)

    assert not isinstance(caught.value, OutOfScope)


def test_who_revokes_a_strangers_token_finds_none() -> None:
    kept = make_token(by=make_user(), scopes=[], now=NOW).token

    with pytest.raises(NotFound):
        revoke_token(by=make_user(role="editor"), token=kept)

    revoke_token(by=make_user(role="admin"), token=kept)
    assert not Token.objects.exists()


def test_use_is_written_down_once_a_minute(django_assert_num_queries: Any) -> None:
    kept = make_token(by=make_user(), scopes=[], now=NOW).token
    later = NOW + timedelta(seconds=59)

    note_use(digest=kept.pk, last_used_at=None, now=NOW)
    with django_assert_num_queries(0):
        note_use(digest=kept.pk, last_used_at=NOW, now=later)
    note_use(digest=kept.pk, last_used_at=None, now=later)

    kept.refresh_from_db()
    assert kept.last_used_at == NOW


def test_tokens_that_ended_a_month_ago_are_forgotten() -> None:
    for _ in range(2):
        make_token(by=make_user(), scopes=[], now=NOW)
    old = Token.objects.all()[0]
    Token.objects.filter(pk=old.pk).update(expiry=NOW - timedelta(days=31))

    assert forget_ended_tokens(now=NOW) == 1
    assert not Token.objects.filter(pk=old.pk).exists()
