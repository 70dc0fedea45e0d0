"""The command that sends the day's reminders."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tests.builders import make_round, make_user
from tracker.models import Digest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def waiting(settings: Any) -> None:
    settings.TRACKER_BASE_URL = "https://tracker.example"
    settings.TRACKER_FROM_EMAIL = "tracker@tracker.example"
    make_user(role="judge", email="jonas@press.example")
    make_round()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("digest", *arguments, stdout=out)
    return out.getvalue()


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="write YYYY-MM-DD"):
        run("--day", "tomorrow")


def test_it_says_how_many_went_out() -> None:
    assert (run(), run()) == ("1 sent.\n", "0 sent.\n")
    assert run("--day", "2027-01-31") == "1 sent.\n"

    assert len(mail.outbox) == 2
    assert Digest.objects.filter(day=date(2027, 1, 31)).exists()


def test_it_fails_where_a_letter_could_not_be_sent(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.actions.test_digests.Refusing"
    make_user(role="judge", email="jonas@tribune.example")

    with pytest.raises(CommandError, match="0 sent, 2 failed"):
        run()
