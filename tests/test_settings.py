"""A setting that cannot be right stops the start, and says how to write it."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.settings import BASE_DIR, EventFormatter, database, kept_secret

MANAGE = [sys.executable, "manage.py"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("DATABASE_URL", "sqlite:///db", "DATABASE_URL: write postgresql://"),
        ("TRACKER_JUDGES", "two", "TRACKER_JUDGES='two': write a whole number"),
        ("TRACKER_REPLY_DAYS", "-1", "TRACKER_REPLY_DAYS=-1: write a whole number of at least 0"),
        ("PORT", "70000", "PORT=70000: write a whole number of at least 1, at most 65535"),
        ("TRACKER_PUBLIC_READ", "perhaps", "TRACKER_PUBLIC_READ='perhaps': write on or off"),
        ("TRACKER_VAR", "/dev/null/var", "The folder /dev/null/var cannot be used"),
    ],
    ids=lambda value: value.partition(":")[0],
)
def test_a_wrong_setting_ends_every_command_with_one_sentence(
    name: str, text: str, sentence: str
) -> None:
    command = subprocess.run(
        [*MANAGE, "check"],
        cwd=BASE_DIR,
        env={**os.environ, name: text},
        capture_output=True,
        text=True,
        check=False,
    )

    assert command.returncode == 1
    assert command.stderr.startswith(f"Not configured: {sentence}")
    assert command.stderr.count("\n") == 1


def test_a_wrong_database_address_is_not_repeated_because_it_may_hold_a_password() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        database("mysql://tracker:geheim@host/name", 0)

    assert "geheim" not in str(refusal.value)


def test_several_hosts_and_options_of_the_database_address_are_kept() -> None:
    found = database("postgresql://u:p@a:5432,b:5433/name?target_session_attrs=read-write", 30)

    assert (found["HOST"], found["PORT"], found["NAME"]) == ("a,b", "5432,5433", "name")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert "statement_timeout=30s" in found["OPTIONS"]["options"]


def test_the_secret_is_made_once_however_many_start_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "var"

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept_secret, [folder] * 8))

    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_an_event_is_one_line_of_json_with_its_facts() -> None:
    record = logging.makeLogRecord(
        {"name": "tracker", "levelname": "INFO", "msg": "proposition resolved", "proposition": 7}
    )

    line = json.loads(EventFormatter().format(record))

    assert (line["event"], line["proposition"], line["level"]) == (
        "proposition resolved",
        7,
        "info",
    )


def test_an_event_keeps_the_request_to_itself() -> None:
    record = logging.makeLogRecord({"msg": "refused", "request": "a token and a body"})

    assert "token" not in EventFormatter().format(record)
