"""Every answer says what it may load and run, and no page writes what its policy forbids."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff, make_story
from tracker.admin.policies import DOCS, HEADER, STRICT, WORKBENCH, hashed, written

pytestmark = pytest.mark.django_db

STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
# A block of JSON is data: no browser runs it, and no policy speaks of it.
INLINE_SCRIPT = re.compile(r'<script(?![^>]*\bsrc=)(?![^>]*\btype="application/json")[^>]*>\s*\S')
HANDLER = re.compile(r"<[a-z][^>]*\s(on[a-z]+|style)=", re.IGNORECASE)


def pages() -> list[str]:
    claim = make_story()
    nouns = ("claim", "person", "proposition", "topic", "source", "organisation")
    lists = [reverse(f"admin:tracker_{noun}_changelist") for noun in nouns]
    return [
        *lists,
        reverse("admin:index"),
        reverse("admin:tracker_claim_add"),
        reverse("admin:tracker_claim_change", args=[claim.pk]),
        reverse("admin:tracker_person_change", args=[claim.person_id]),
        reverse("admin:tracker_topic_add"),
        reverse("admin:tracker_scoreboard"),
        reverse("docs"),
    ]


def test_no_page_writes_an_inline_script_a_style_or_a_handler(client: Client) -> None:
    addresses = pages()
    client.force_login(make_staff("editor"))

    broken = []
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        page, policy = answer.content.decode(), answer.headers[HEADER]
        broken += [(address, found.group()) for found in INLINE_SCRIPT.finditer(page)]
        broken += [(address, found.group()) for found in HANDLER.finditer(page)]
        styles = [hashed(style) for style in STYLE.findall(page)]
        broken += [(address, f"needs {style}") for style in styles if style not in policy]

    assert not broken, "\n".join(f"{address}: {what}" for address, what in broken)


def test_only_the_workbench_may_compile(client: Client) -> None:
    assert client.get(reverse("admin:login")).headers[HEADER] == written(WORKBENCH)
    assert client.get(reverse("docs")).headers[HEADER] == written(DOCS)
    assert client.get("/health/").headers[HEADER] == written(STRICT)
    assert "unsafe" not in written(STRICT) + written(DOCS)
    assert "unsafe-inline" not in written(WORKBENCH)


def test_nobody_else_is_asked_for_anything() -> None:
    for policy in (STRICT, WORKBENCH, DOCS):
        assert not re.search(r"https?:|\*", written(policy))


def test_a_view_may_set_a_tighter_policy_of_its_own(client: Client) -> None:
    answer = client.get("/reply/" + "x" * 43 + "/")

    assert answer.headers[HEADER] != written(STRICT)
    assert settings.MIDDLEWARE.index("tracker.admin.policies.ContentPolicy")
