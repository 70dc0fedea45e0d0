"""What scores cost: every line is measured, and only over invented claims."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_claim


@pytest.mark.django_db
def test_true_claims_are_not_measured() -> None:
    make_claim()

    with pytest.raises(CommandError, match="invented"):
        call_command("bench_scores", "--here")


@pytest.mark.long
def test_every_size_is_measured_beside_bare_sql() -> None:
    out = io.StringIO()
    call_command("bench_scores", "200", "400", "--people", "30", stdout=out)

    lines = [line for line in out.getvalue().splitlines() if line]
    headings = [line for line in lines if line.endswith("scored people")]
    assert [heading.split()[0] for heading in headings] == ["200", "400"]
    assert sum(line.startswith("from 200 to 400 claims") for line in lines) == 1
    for name in ("leaderboard", "one record", "calibration", "one resolution", "rebuild", "peak"):
        assert sum(line.startswith(name) for line in lines) == 3
