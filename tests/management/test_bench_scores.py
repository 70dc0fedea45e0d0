"""What scores cost: every line is measured, and only over invented claims."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_claim


@pytest.mark.django_db
def test_true_claims_are_not_measured() -> None:
    make_claim()

    with pytest.raises(CommandError, match="invented"):
        call_command("bench_scores", "--here")


def test_figures_that_were_kept_are_shown_with_their_growth(tmp_path: Path) -> None:
    files = [tmp_path / "fewer.json", tmp_path / "more.json"]
    for file, claims, ours in zip(files, (10, 100), (2.0, 3.0), strict=True):
        figures = {"leaderboard": (ours, 1.0), "rank intervals": (1.0, 0.0)}
        found = {"claims": claims, "people": 9, "figures": figures, "megabytes": 64}
        file.write_text(json.dumps(found))
    out = io.StringIO()

    with pytest.raises(CommandError, match="what --here printed"):
        call_command("bench_scores", "--of", str(tmp_path / "none.json"), stdout=out)
    call_command("bench_scores", "--of", *map(str, files), stdout=out)

    lines = out.getvalue().splitlines()
    assert [line.split() for line in lines if line.startswith("leaderboard")] == [
        ["leaderboard", "2.0", "1.0", "2.00"],
        ["leaderboard", "3.0", "1.0", "3.00"],
        ["leaderboard", "1.50", "1.00"],
    ]


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
