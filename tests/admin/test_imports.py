"""Imports in the workbench: a file in, its faults in sight, and once more for real."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.admin.world import make_staff
from tests.builders import CODED
from tests.importing import row, table
from tracker.actions.imports import perform
from tracker.domain.import_columns import USUAL
from tracker.models import Claim, Import

pytestmark = pytest.mark.django_db


def coder() -> Client:
    client = Client()
    client.force_login(make_staff("coder"))
    return client


def sent(client: Client, data: bytes, **fields: str) -> Import:
    address = reverse("admin:tracker_import_upload")
    file = SimpleUploadedFile("claims.csv", data)
    answer = client.post(address, {"file": file, **fields})
    assert answer.status_code == 302, answer.content[:2000]
    return perform(run=Import.objects.get(), clock=lambda: CODED)


def page(client: Client, run: Import) -> Any:
    return client.get(reverse("admin:tracker_import_change", args=[run.pk]))


def test_a_line_at_fault_is_shown_with_what_to_do() -> None:
    client = coder()

    run = sent(client, table([row(kind="prophecy")]))

    shown = page(client, run).content.decode()
    assert "kind takes one of: forecast" in shown
    assert "Download what is wrong" in shown
    assert "Try again" in shown


def test_a_sound_file_is_checked_first_and_then_imported_for_real() -> None:
    client = coder()
    run = sent(client, table([row()]), dry_run="on")
    assert (run.state, Claim.objects.count()) == ("checked", 0)
    assert "Import it for real" in page(client, run).content.decode()

    client.post(reverse("admin:tracker_import_real", args=[run.pk]))

    assert perform(run=Import.objects.get(), clock=lambda: CODED).state == "done"
    assert Claim.objects.count() == 1


def test_the_template_has_the_usual_columns() -> None:
    answer = coder().get(reverse("admin:tracker_import_template"))

    assert answer.content.decode() == ",".join(USUAL) + "\n"
