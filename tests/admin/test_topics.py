"""Topics in the workbench."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tracker.models import Topic


def test_a_topic_needs_a_name(coder: Client) -> None:
    page = coder.post(reverse("admin:tracker_topic_add"), {"name": "", "note": ""})

    assert page.status_code == 200
    assert not Topic.objects.exists()


def test_a_topic_is_added_and_renamed(editor: Client) -> None:
    editor.post(reverse("admin:tracker_topic_add"), {"name": "Syria", "note": ""})
    topic = Topic.objects.get()

    editor.post(
        reverse("admin:tracker_topic_change", args=[topic.pk]),
        {"name": "War in Syria", "note": "", "parent": "", "reason": "Narrower."},
    )

    assert Topic.objects.get().name == "War in Syria"
    assert Topic.objects.get().slug == "syria"
