"""`manage.py bench` prints one line per request, or says what it needs first."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tracker.management import benchmarks
from tracker.management.anchor_benchmarks import CHANGES, HOSTILE
from tracker.management.cast import admit_cast, write_cast


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(settings: Settings, tmp_path: Path, one_request: None) -> None:
    settings.VAR = tmp_path


def test_without_a_demo_there_is_nothing_to_measure() -> None:
    with pytest.raises(CommandError, match="run `make demo` once"):
        call_command("bench")


@pytest.mark.django_db
def test_each_request_is_one_line_with_its_ratio(tmp_path: Path) -> None:
    write_cast(tmp_path / "demo.json", {}, admit_cast(tmp_path / "demo.json"))
    output = StringIO()

    call_command("bench", "--quotations=1", stdout=output)

    requests, _, anchoring = output.getvalue().partition("\n\n")
    heading, *lines = requests.splitlines()
    assert heading.split() == ["request", "ms", "bare", "ms", "ratio"]
    assert [line[:12].strip() for line in lines] == [
        benchmark.name for benchmark in benchmarks.BENCHMARKS
    ]
    assert all(float(line.split()[-1]) > 0 for line in lines)
    heading, *lines = anchoring.splitlines()
    assert heading.split()[-6:] == ["misplaced", "lost", "median", "ms", "most", "ms"]
    assert lines[len(CHANGES)] == "in articles of others: 0 of 90 anchored, 0 proposed"
    named = [*CHANGES, "in articles", *(f"1,000,000 of {name}" for name in HOSTILE)]
    assert all(line.startswith(name) for line, name in zip(lines, named, strict=True))
