"""Who is at work."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tests.admin.world import make_staff
from tracker.admin.at_work import may, roles_of
from tracker.domain.judging import Role
from tracker.domain.roles import Verb


def test_a_stranger_has_no_role() -> None:
    request = RequestFactory().get("/admin/")
    request.user = AnonymousUser()

    assert roles_of(request) == frozenset()
    assert not may(request, Verb.RECORD)


@pytest.mark.django_db
def test_somebody_who_left_has_no_role() -> None:
    request = RequestFactory().get("/admin/")
    request.user = make_staff("editor", is_active=False)

    assert roles_of(request) == frozenset()


@pytest.mark.django_db
def test_roles_are_asked_once_a_request(django_assert_num_queries: object) -> None:
    request = RequestFactory().get("/admin/")
    request.user = make_staff("editor")
    assert roles_of(request) == {Role.EDITOR}

    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's own fixture
        assert may(request, Verb.PUBLISH)
