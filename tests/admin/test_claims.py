"""Claims in the workbench: the list and the page of each."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.admin.world import make_story


def test_the_list_says_what_became_of_each_claim(editor: Client) -> None:
    make_story()

    page = editor.get(reverse("admin:tracker_claim_changelist")).content.decode()

    assert "Mostly came true" in page
