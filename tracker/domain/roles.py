"""Who may do what: the one table that actions, API and admin ask."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.errors import NotPermitted, OutOfScope
from tracker.domain.judging import Role


class Verb(StrEnum):
    """What a person may do to the record."""

    LOG = "log"
    CODE = "code"
    RECORD = "record"
    READ_WORDS = "read_words"
    JUDGE = "judge"
    ADJUDICATE = "adjudicate"
    OPEN_ROUND = "open_round"
    RESOLVE = "resolve"
    PUBLISH = "publish"
    REPLY = "reply"
    RULE = "rule"
    CURATE = "curate"
    FOLLOW = "follow"
    ADMINISTER = "administer"


_EDITORS = frozenset({Role.EDITOR, Role.ADMIN})

PERMISSIONS: dict[Verb, frozenset[Role]] = {
    Verb.LOG: frozenset({Role.CODER}) | _EDITORS,
    Verb.CODE: frozenset({Role.CODER}) | _EDITORS,
    Verb.RECORD: frozenset({Role.CODER, Role.JUDGE}) | _EDITORS,
    Verb.READ_WORDS: frozenset({Role.CODER, Role.JUDGE}) | _EDITORS,
    Verb.JUDGE: frozenset({Role.JUDGE}) | _EDITORS,
    Verb.ADJUDICATE: _EDITORS,
    Verb.OPEN_ROUND: _EDITORS,
    Verb.RESOLVE: _EDITORS,
    Verb.PUBLISH: _EDITORS,
    Verb.REPLY: _EDITORS,
    Verb.RULE: _EDITORS,
    Verb.CURATE: _EDITORS,
    Verb.FOLLOW: frozenset(Role),
    Verb.ADMINISTER: frozenset({Role.ADMIN}),
}


class Scope(StrEnum):
    """What a token may do, as far as its user may; every one of them reads."""

    READ = "read"
    CODE = "code"
    JUDGE = "judge"
    EDIT = "edit"


# A scope opens what people of these roles may do.
SCOPES: dict[Scope, frozenset[Role]] = {
    Scope.READ: frozenset(),
    Scope.CODE: frozenset({Role.CODER}),
    Scope.JUDGE: frozenset({Role.JUDGE}),
    Scope.EDIT: _EDITORS,
}


def permitted(verb: Verb, roles: frozenset[Role]) -> bool:
    return bool(PERMISSIONS[verb] & roles)


def within(verb: Verb, scopes: frozenset[Scope] | None) -> bool:
    """Whether a token of these scopes may be used for it; None stands for no token."""
    return scopes is None or any(permitted(verb, SCOPES[scope]) for scope in scopes)


def require(verb: Verb, roles: frozenset[Role], scopes: frozenset[Scope] | None = None) -> None:
    """Raises NotPermitted, naming the roles that may, unless one of `roles` may do `verb`.

    Raises OutOfScope, naming the scopes, where the roles allow it and the token does not.
    """
    if not permitted(verb, roles):
        names = ", ".join(sorted(PERMISSIONS[verb]))
        raise NotPermitted(f"Your role does not allow this; it takes one of: {names}.")
    if not within(verb, scopes):
        names = ", ".join(scope for scope in Scope if permitted(verb, SCOPES[scope]))
        raise OutOfScope(
            f"This token's scopes do not allow this; it takes one of: {names}.", scopes=names
        )
