"""`manage.py recapture` asks for old pages again, or says what it needs."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_quotation, make_user
from tracker.management.commands.recapture import period
from tracker.models import Capture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("given", ["", "30", "d", "-1d", "0d", "1.5d", "30 days", "١d"])
def test_a_period_is_a_number_and_a_unit(given: str) -> None:
    with pytest.raises(CommandError, match="write a number and h, d or w"):
        call_command("recapture", f"--older-than={given}")


@pytest.mark.parametrize("given", ["0", "-1", "x"])
def test_a_limit_is_a_number_from_one_on(given: str) -> None:
    with pytest.raises(CommandError, match="write a number from 1 on"):
        call_command("recapture", "--older-than=30d", f"--limit={given}")


def test_it_needs_somebody_to_ask() -> None:
    make_quotation()

    with pytest.raises(CommandError, match="There is no admin: name a user with --as"):
        call_command("recapture", "--older-than=30d")
    assert not Capture.objects.exists()


def test_each_page_is_a_line() -> None:
    pages = [make_quotation().snapshot.source for _ in range(2)]
    make_user(username="ada")
    output = StringIO()

    call_command("recapture", "--older-than", "1h", "--as", "ada", "--limit", "1", stdout=output)
    call_command("recapture", "--older-than", "1h", "--as", "ada", stdout=output)
    call_command("recapture", "--older-than", "1h", "--as", "ada", stdout=output)

    first, second = Capture.objects.order_by("id")
    assert output.getvalue().splitlines() == [
        f"queued {first.pk}: {pages[0].url}",
        "1 page queued.",
        f"queued {second.pk}: {pages[1].url}",
        "1 page queued.",
        "0 pages queued.",
    ]


@pytest.mark.parametrize(
    ("given", "length"),
    [("12h", timedelta(hours=12)), ("30d", timedelta(days=30)), ("4w", timedelta(weeks=4))],
)
def test_hours_days_and_weeks_are_understood(given: str, length: timedelta) -> None:
    assert period(given) == length
