"""Readings in the workbench."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "count"), [("coder", 0), ("judge", 1), ("editor", 2)])
def test_readers_see_their_own_and_editors_all(client: Client, role: str, count: int) -> None:
    reader = make_staff(role)
    builders.make_reading()
    builders.make_reading(reader=reader if role == "judge" else None)
    client.force_login(reader)

    page = client.get(reverse("admin:tracker_reading_changelist"))

    assert page.context["cl"].result_count == count


def test_nobody_sees_what_a_reader_believes(editor: Client) -> None:
    reading = builders.make_reading(own_belief=123)

    page = editor.get(reverse("admin:tracker_reading_change", args=[reading.pk]))

    assert "12.3" not in page.content.decode()
    assert (
        "60\N{NO-BREAK SPACE}% · 70\N{NO-BREAK SPACE}% · 80\N{NO-BREAK SPACE}%"
        in page.content.decode()
    )
