"""What an import costs: measured beside bare COPY, and only where nothing is lost."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_claim


@pytest.mark.django_db
def test_claims_are_not_emptied_for_a_figure() -> None:
    make_claim()

    with pytest.raises(CommandError, match="which this would delete"):
        call_command("bench_import", "20", "--here")


@pytest.mark.long
def test_rows_are_measured_beside_a_bare_copy() -> None:
    out = io.StringIO()
    call_command("bench_import", "30", stdout=out)

    heading, figures = out.getvalue().splitlines()
    assert heading.split() == ["rows", "seconds", "bare", "ratio", "rows/s"]
    assert figures.split()[0] == "30"
