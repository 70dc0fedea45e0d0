"""What the API costs: every line is measured, and only over invented claims."""

from __future__ import annotations

import io
import shutil

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_claim

LINES = (
    "50 claims  ",
    "50 claims, page in the middle",
    "50 claims, page near the end",
    "of a speaker",
    "search for two words",
    "one claim",
    "log one nested claim",
    "leaderboard",
)


@pytest.mark.django_db
def test_only_invented_claims_are_asked_for_under_load() -> None:
    make_claim()

    with pytest.raises(CommandError, match="invented"):
        call_command("bench_api", "--here")


@pytest.mark.long
def test_every_address_is_measured_beside_the_bare_server() -> None:
    if not shutil.which("wrk"):
        with pytest.raises(CommandError, match="install it"):
            call_command("bench_api", "300")
        return
    out = io.StringIO()
    call_command("bench_api", "300", "600", rows=30, seconds=1, stdout=out)

    lines = out.getvalue().splitlines()
    for name in LINES:
        # At either size, and how it grows in between.
        assert sum(line.startswith(name) for line in lines) == 3
    assert sum(line.startswith("import of 30 rows") for line in lines) == 1
