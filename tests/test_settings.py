"""A setting that cannot be right stops the start, and says how to write it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tracker.settings import BASE_DIR

MANAGE = [sys.executable, "manage.py"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("DATABASE_URL", "sqlite:///db", "DATABASE_URL: write postgresql://"),
        ("TRACKER_JUDGES", "two", "TRACKER_JUDGES='two': write a whole number"),
        ("TRACKER_REPLY_DAYS", "-1", "TRACKER_REPLY_DAYS=-1: write a whole number of at least 0"),
        ("PORT", "70000", "PORT=70000: write a whole number of at least 1, at most 65535"),
        ("TRACKER_PUBLIC_READ", "perhaps", "TRACKER_PUBLIC_READ='perhaps': write on or off"),
        ("TRACKER_BASE_URL", "here", "TRACKER_BASE_URL='here': write the site's address"),
        ("TRACKER_ARCHIVE_S3", "s3://x", "TRACKER_ARCHIVE_S3='s3://x': write a bucket's name"),
        ("TRACKER_FETCH_ALLOW", "press.test", "TRACKER_FETCH_ALLOW='press.test': 'press.test': a"),
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
