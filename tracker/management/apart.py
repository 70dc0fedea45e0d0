"""A database of its own for a benchmark: made, filled with invented claims, measured, gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError


def measured_apart(command: str, size: int, people: int, *before: str) -> dict[str, Any]:
    """What `command --here` prints as JSON in a new database with this many claims.

    `before` names commands to run first. Raises CommandError with what went wrong.
    """
    first = [(name, "--noinput") for name in before]
    filled = ("generate", "--claims", str(size), "--people", str(people))
    return printed_apart(*first, filled, (command, "--here"))


def printed_apart(*commands: Sequence[str]) -> dict[str, Any]:
    """What the last of these commands prints as JSON in a new database; raises CommandError."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        # An account that the server may have to run as must be able to come in.
        Path(folder).chmod(0o711)
        try:
            _run(folder, "migrate", "--verbosity", "0")
            *before, last = commands
            for command in before:
                _run(folder, *command)
            found: dict[str, Any] = json.loads(_run(folder, *last))
        finally:
            _run(folder, "db", "stop")
    return found


def _run(folder: str, *command: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**inherited, "TRACKER_VAR": folder, "TRACKER_ARCHIVE": f"{folder}/archive"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout
