"""Files uploaded in the workbench: on a source's page, and for a page that is new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.actions.capturing import PAGE, files
from tests.actions.conftest import folder
from tests.admin.test_captures import button, page_of
from tests.admin.world import make_staff
from tracker.models import Capture, Snapshot, Source

__all__ = ["folder"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def file(data: bytes = PAGE) -> SimpleUploadedFile:
    return SimpleUploadedFile("page.html", data, content_type="text/html")


def new_page() -> str:
    return reverse("admin:tracker_capture_upload")


def test_a_judge_uploads_nothing(client: Client) -> None:
    client.force_login(make_staff("judge"))

    assert client.get(new_page()).status_code == 403
    answer = client.post(button("source", "upload", builders.make_source().pk), {"file": file()})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "This field is required"),
        ({"file": file(b"PK\x03\x04")}, "save it as PDF or text"),
        (
            {"file": file(b"The city may fall by summer.")},
            "A new source needs its title",
        ),
        ({"file": file(), "captured_at": "2999-01-01 10:00"}, "captured in the future"),
    ],
    ids=["nothing", "a Word file", "a text without a title", "in the future"],
)
def test_what_is_refused_is_told_on_the_page(
    coder: Client, fields: dict[str, Any], sentence: str, folder: Path
) -> None:
    answer = coder.post(new_page(), fields)

    assert sentence in answer.content.decode()
    assert not Capture.objects.exists()


def test_a_file_of_a_known_source_leads_to_its_text(coder: Client) -> None:
    source = builders.make_source()
    assert "Upload a file" in page_of(coder, "source", source.pk)

    answer = coder.post(button("source", "upload", source.pk), {"file": file()})

    snapshot = Snapshot.objects.get()
    assert answer["Location"] == reverse("admin:tracker_snapshot_change", args=[snapshot.pk])
    assert (snapshot.source, snapshot.method) == (source, "upload")


def test_a_file_of_a_new_page_files_its_source(coder: Client) -> None:
    listed = coder.get(reverse("admin:tracker_capture_changelist")).content.decode()
    assert new_page() in listed

    coder.post(new_page(), {"file": file(), "url": "https://paper.example/a", "outlet": "A Paper"})

    source = Source.objects.get()
    assert (source.title, source.url, str(source.outlet)) == (
        "Siege ahead",
        "https://paper.example/a",
        "A Paper",
    )


def test_the_bytes_are_downloaded_until_an_editor_withdraws_them(
    coder: Client, folder: Path
) -> None:
    coder.post(new_page(), {"file": file()})
    capture = Capture.objects.get()
    page = page_of(coder, "capture", capture.pk)
    assert "Download the bytes" in page
    assert "Withdraw the bytes" not in page

    answer = coder.get(button("capture", "original", capture.pk), follow=True)
    assert answer.content == PAGE
    assert coder.post(button("capture", "hide", capture.pk)).status_code == 403

    coder.force_login(make_staff("editor"))
    coder.post(button("capture", "hide", capture.pk), {"reason": "Under copyright."})

    capture.refresh_from_db()
    assert (capture.status, capture.reason) == ("withdrawn", "Under copyright.")
    assert "Download the bytes" not in page_of(coder, "capture", capture.pk)
    assert coder.get(button("capture", "original", capture.pk), follow=True).status_code == 410
    assert len(files(folder)) == 1
