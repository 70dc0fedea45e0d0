"""Base rates in the workbench."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests import builders


def test_a_base_rate_is_read_and_never_written(editor: Client) -> None:
    benchmark = builders.make_benchmark(p=125)
    address = reverse("admin:tracker_benchmark_change", args=[benchmark.pk])

    assert editor.post(address, {"p": 500}).status_code == 403
    assert "12.5\N{NO-BREAK SPACE}%" in editor.get(address).content.decode()
