"""Intervals on trial: printed with what they promise."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command


def printed(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("simulate_coverage", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    "wrong",
    [("--events", "1"), ("--speakers", "1"), ("--rounds", "0")],
    ids=["one event", "one speaker", "no round"],
)
def test_too_little_to_compare_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="at least"):
        printed(*wrong)


def test_every_kind_of_interval_is_printed_for_every_number_of_events() -> None:
    lines = printed("--events", "3", "10", "--speakers", "3", "--rounds", "2", "--seed", "7")

    assert len(lines) == 1 + 2 * 4 + 1
    assert [line.split()[0] for line in lines[1:5]] == ["improvement,", "shrunken", "rank", "share"]
    assert lines[-1] == "Promised: 0.90; seed 7."
    assert (
        printed("--events", "3", "10", "--speakers", "3", "--rounds", "2", "--seed", "7") == lines
    )
