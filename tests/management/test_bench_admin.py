"""What pages cost: every page is measured, and only over invented claims."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_claim


@pytest.mark.django_db
def test_true_claims_are_not_measured_by_pages() -> None:
    make_claim()

    with pytest.raises(CommandError, match="invented"):
        call_command("bench_admin", "--here")


@pytest.mark.long
def test_every_page_is_measured_beside_its_own_statements() -> None:
    out = io.StringIO()
    call_command("bench_admin", "200", "--people", "30", stdout=out)

    lines = [line for line in out.getvalue().splitlines() if line]
    assert lines[0] == "200 claims"
    for name in ("home", "claims ", "one claim", "one person", "scoreboard", "propositions due"):
        (line,) = (line for line in lines if line.startswith(name))
        assert float(line.split()[-2]) >= 1  # no page is faster than its own SQL
