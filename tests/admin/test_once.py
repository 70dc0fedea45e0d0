"""What is shown once: the address, and a letter round it."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import RequestFactory

from tests.admin.world import make_staff
from tracker.admin.once import shown_once
from tracker.models import CalendarFeed

pytestmark = pytest.mark.django_db


def test_a_letter_holds_the_address_and_a_name_breaks_nothing() -> None:
    request = RequestFactory().get("/")
    request.user = make_staff("editor")

    page = shown_once(
        admin.site._registry[CalendarFeed],
        request,
        None,
        title="A link",
        path="/reply/x/",
        explains="It holds a week.",
        back="/admin/",
        letter="At {address}, <b>once</b>.",
    )

    text = page.render().content.decode()  # type: ignore[attr-defined]  # it is a template's
    assert "At http://testserver/reply/x/, &lt;b&gt;once&lt;/b&gt;." in text
