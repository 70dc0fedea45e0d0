"""Clients generated from the live description compile under strict types and make a round trip."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from pytest import skip  # the one excuse: a machine without npm, and never in CI

from tests.contract.conftest import Site

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("site")]

HERE = Path(__file__).resolve().parent / "clients"
CONFIGURATION = settings.BASE_DIR / "docs" / "python-client.yaml"


def ran(*command: str, cwd: Path) -> str:
    """What the program says; fails with it where the program does."""
    run = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    said = run.stdout + run.stderr
    assert run.returncode == 0, said[-5000:]
    return said


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def excuse(sentence: str) -> None:
    """Skips where npm cannot be had, except in CI, where that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs npm and its registry: {sentence}", pytrace=False)
    skip(sentence)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with openapi-typescript and the compiler, as package-lock.json has them."""
    npm = shutil.which("npm")
    if npm is None:
        excuse("npm is not installed (Debian: apt-get install nodejs npm).")
    folder = shutil.copytree(HERE, tmp_path_factory.mktemp("typescript"), dirs_exist_ok=True)
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        cause = next((line for line in run.stderr.splitlines() if line.strip()), "no reason given")
        excuse(f"the packages of tests/contract/clients could not be installed ({cause}).")
    return folder


def test_a_python_client_knows_every_operation_and_passes_a_round_trip(
    site: Site, tmp_path: Path
) -> None:
    generate = [tool("openapi-python-client"), "generate", "--url", site.description]
    generate += ["--meta", "none", "--config", str(CONFIGURATION)]

    said = ran(*generate, "--output-path", str(tmp_path / "tracker_client"), cwd=tmp_path)

    causes = re.findall(r"^WARNING parsing .*\n+(.+)$", said, re.MULTILINE)
    # The one thing that it cannot take over; docs/python-client.yaml says why and what to do.
    assert set(causes) <= {"Unsupported content type text/html"}
    written = {path.stem for path in (tmp_path / "tracker_client" / "api").rglob("*.py")}
    assert operations_of(site) <= written

    shutil.copy(HERE / "round_trip.py", tmp_path)
    strict = ["--config-file=", "--strict", "--cache-dir", str(tmp_path / "cache")]
    ran(tool("mypy"), *strict, ".", cwd=tmp_path)
    ran(sys.executable, "round_trip.py", site.address, site.secrets, cwd=tmp_path)


def operations_of(site: Site) -> set[str]:
    with urllib.request.urlopen(site.description) as answer:
        paths = json.load(answer)["paths"]
    return {operation["operationId"] for item in paths.values() for operation in item.values()}


def test_typescript_types_compile_strictly_and_pass_a_round_trip(
    site: Site, packages: Path
) -> None:
    programs = packages / "node_modules" / ".bin"

    ran(str(programs / "openapi-typescript"), site.description, "-o", "schema.ts", cwd=packages)
    ran(str(programs / "tsc"), "--strict", "-p", "tsconfig.json", cwd=packages)
    ran("node", "made/round_trip.js", site.address, site.secrets, cwd=packages)
