"""Who may do what, as one table."""

from __future__ import annotations

import pytest

from tracker.domain.errors import NotPermitted, OutOfScope
from tracker.domain.judging import MOVES, Move, Role, State, moves_from
from tracker.domain.roles import PERMISSIONS, SCOPES, Scope, Verb, permitted, require, within

NOBODY: frozenset[Role] = frozenset()
MAY_NOT = {
    Role.CODER: {
        Verb.JUDGE,
        Verb.ADJUDICATE,
        Verb.OPEN_ROUND,
        Verb.RESOLVE,
        Verb.PUBLISH,
        Verb.REPLY,
        Verb.RULE,
        Verb.CURATE,
        Verb.ADMINISTER,
    },
    Role.JUDGE: {
        Verb.LOG,
        Verb.CODE,
        Verb.ADJUDICATE,
        Verb.OPEN_ROUND,
        Verb.RESOLVE,
        Verb.PUBLISH,
        Verb.REPLY,
        Verb.RULE,
        Verb.CURATE,
        Verb.ADMINISTER,
    },
    Role.EDITOR: {Verb.ADMINISTER},
    Role.ADMIN: set(),
}


@pytest.mark.parametrize("verb", Verb)
def test_nobody_without_a_role_may_do_anything(verb: Verb) -> None:
    with pytest.raises(NotPermitted, match="it takes one of: "):
        require(verb, NOBODY)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", Verb)
def test_each_role_may_do_what_the_table_says(verb: Verb, role: Role) -> None:
    assert permitted(verb, frozenset({role})) is (verb not in MAY_NOT[role])


@pytest.mark.parametrize("verb", Verb)
def test_a_refusal_names_the_roles_that_may(verb: Verb) -> None:
    with pytest.raises(NotPermitted) as caught:
        require(verb, NOBODY)

    assert all(role in caught.value.message for role in PERMISSIONS[verb])


@pytest.mark.parametrize("verb", Verb)
def test_of_several_roles_one_is_enough(verb: Verb) -> None:
    require(verb, frozenset(Role))


def test_every_verb_has_its_line_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Verb)
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize(
    ("move", "verb"),
    [
        (Move.ESCALATE, Verb.JUDGE),
        (Move.CONTEST, Verb.OPEN_ROUND),
        (Move.RESOLVE, Verb.RESOLVE),
        (Move.ABANDON, Verb.OPEN_ROUND),
    ],
)
def test_the_table_and_the_permissions_say_the_same(move: Move, verb: Verb) -> None:
    for (state, made), step in MOVES.items():
        if made is not move:
            continue
        assert step.by == PERMISSIONS[verb]
        for role in Role:
            offered = move in moves_from(state, frozenset({role}))
            assert offered is (role in PERMISSIONS[verb])


def test_nothing_can_be_decided_where_the_table_has_no_move() -> None:
    everyone = frozenset(Role)

    assert not moves_from(State.SETTLED, everyone)
    assert not moves_from(State.AGREED, frozenset({Role.CODER}))
    assert moves_from(State.SPLIT, everyone) == {Move.ESCALATE, Move.ABANDON}


@pytest.mark.parametrize("verb", Verb)
def test_a_token_that_reads_may_do_nothing_else(verb: Verb) -> None:
    with pytest.raises(OutOfScope, match="it takes one of: "):
        require(verb, frozenset(Role), frozenset({Scope.READ}))


@pytest.mark.parametrize("verb", Verb)
def test_a_token_may_do_what_its_scopes_and_its_users_roles_both_allow(verb: Verb) -> None:
    for scope, opened in SCOPES.items():
        assert within(verb, frozenset({scope})) is permitted(verb, opened)
    assert within(verb, None)
    with pytest.raises(NotPermitted):
        require(verb, NOBODY, frozenset(Scope))
