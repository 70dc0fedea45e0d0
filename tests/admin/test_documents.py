"""Sources, snapshots and quotations in the workbench."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests import builders
from tracker.models import Source


def article(**given: Any) -> dict[str, Any]:
    fields = {"url": "https://example.org/a", "title": "A", "bylines": "", "note": ""}
    return {**fields, "kind": "report", "selection": "census", "language": "en", **given}


def test_a_source_needs_the_address_of_a_page(coder: Client) -> None:
    page = coder.post(reverse("admin:tracker_source_add"), article(url="ftp://x"))

    assert page.status_code == 200
    assert "url" in page.context["adminform"].form.errors
    assert not Source.objects.exists()


def test_a_source_is_filed_once_per_address(coder: Client) -> None:
    for _ in range(2):
        coder.post(reverse("admin:tracker_source_add"), article(bylines="N. B.\nA. C."))

    assert Source.objects.get().bylines == ["N. B.", "A. C."]


def test_a_source_is_edited_by_editors_only(editor: Client) -> None:
    source = builders.make_source(title="A")

    editor.post(
        reverse("admin:tracker_source_change", args=[source.pk]),
        article(url=source.url, title="B", reason="Its real title."),
    )

    assert Source.objects.get().title == "B"


def test_evidence_takes_no_changes_from_anyone(editor: Client) -> None:
    quotation = builders.make_quotation()

    answer = editor.post(
        reverse("admin:tracker_quotation_change", args=[quotation.pk]), {"exact": "other"}
    )

    assert answer.status_code == 403
    assert editor.get(reverse("admin:tracker_snapshot_add")).status_code == 403


def test_a_snapshot_shows_its_quotations_marked(coder: Client) -> None:
    quotation = builders.make_quotation(exact="it will fall")
    address = reverse("admin:tracker_snapshot_change", args=[quotation.snapshot_id])

    page = coder.get(address).content.decode()

    assert "<mark>it will fall</mark>" in page
    assert f"claim/add/?snapshot={quotation.snapshot_id}" in page
