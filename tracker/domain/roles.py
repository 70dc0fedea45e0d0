"""Who may do what: the one table that actions, API and admin ask."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.errors import NotPermitted
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


def permitted(verb: Verb, roles: frozenset[Role]) -> bool:
    return bool(PERMISSIONS[verb] & roles)


def require(verb: Verb, roles: frozenset[Role]) -> None:
    """Raises NotPermitted, naming the roles that may, unless one of `roles` may do `verb`."""
    if permitted(verb, roles):
        return
    names = ", ".join(sorted(PERMISSIONS[verb]))
    raise NotPermitted(f"Your role does not allow this; it takes one of: {names}.")
