"""Disputes in the workbench."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin.world import make_staff
from tracker.models import Dispute, Round


def rule(dispute: Dispute) -> str:
    return reverse("admin:tracker_dispute_rule", args=[dispute.pk])


@pytest.mark.parametrize("role", ["coder", "judge"])
def test_only_editors_rule(client: Client, db: None, role: str) -> None:
    client.force_login(make_staff(role))

    assert client.post(rule(builders.make_dispute())).status_code == 403


def test_a_ruling_needs_its_reason(editor: Client) -> None:
    editor.post(rule(builders.make_dispute()), {"ruling": "upheld", "reason": ""})

    assert Dispute.objects.get().ruling == "pending"


def test_an_upheld_dispute_opens_a_new_round(editor: Client) -> None:
    dispute = builders.make_dispute()

    editor.post(rule(dispute), {"ruling": "upheld", "reason": "A source was missed."})

    assert Dispute.objects.get().new_round == Round.objects.get()
    again = editor.post(rule(dispute), {"ruling": "rejected", "reason": "No."})
    assert "ruled on" in again.content.decode()
