"""Records inside other records: read-only, and no name where the reader may not have it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import make_person, make_user
from tracker.api.refs import PersonRef, UserRef
from tracker.api.sight import Sight
from tracker.domain.judging import Role


@pytest.mark.django_db
def test_a_reference_names_its_record() -> None:
    person = make_person(name="Ada", slug="ada")

    assert PersonRef(person).data == {"id": person.pk, "slug": "ada", "name": "Ada"}
    assert all(field.read_only for field in PersonRef().fields.values())


@pytest.mark.django_db
@pytest.mark.parametrize(("roles", "named"), [({Role.CODER}, True), (set(), False)])
def test_who_did_it_is_told_to_staff_alone(roles: set[Role], named: bool) -> None:
    user = make_user(username="cora")
    context: dict[str, Any] = {"sight": Sight(None, frozenset(roles))}

    shown = UserRef(user, context=context).to_representation(user)

    assert shown == ({"id": user.pk, "name": "cora"} if named else None)
