"""Replies in the workbench."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.links import make_link

LIST = "admin:tracker_reply_changelist"


@pytest.mark.parametrize("path", ["add", "change", "delete"])
def test_a_reply_is_read_and_never_written(editor: Client, path: str) -> None:
    reply = builders.make_reply()
    arguments = [] if path == "add" else [reply.pk]

    answer = editor.post(reverse(f"admin:tracker_reply_{path}", args=arguments), {"text": "No."})

    assert answer.status_code == 403
    reply.refresh_from_db()
    assert reply.text == "I stand by it."


def test_a_reply_says_how_it_came(editor: Client) -> None:
    resolution = builders.make_resolution()
    make_link(resolution=resolution, reply=builders.make_reply(resolution=resolution))
    builders.make_reply(resolution=resolution)

    page = editor.get(reverse(LIST)).content.decode()

    assert page.count("By their link") == page.count("By an editor&#x27;s hand") == 1


def test_the_words_of_a_reply_are_text_and_nothing_else(editor: Client) -> None:
    reply = builders.make_reply(text="<script>alert(1)</script>")

    for address in (reverse(LIST), reverse("admin:tracker_reply_change", args=[reply.pk])):
        assert "<script>alert(1)" not in editor.get(address).content.decode()
