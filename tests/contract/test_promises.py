"""The API keeps what its description promises, whoever asks: schemathesis tries it on the demo.

Every operation is asked in ways that the description allows and in ways that it does not, the
writing ones too; every answer is held to its status, type, headers and shape.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.contract.conftest import Site

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("site")]

RULES = Path(__file__).resolve().parent / "schemathesis.toml"
# Tokens are left out, for one revokes the asker's own; pictures are asked as their JSON is.
LEFT_OUT = r"/tokens/|scores/.*\.(html|svg)$"


@pytest.mark.parametrize(
    ("name", "phases", "often"),
    [("editor", "examples,fuzzing", 3), ("coder", "fuzzing", 2), ("judge_one", "fuzzing", 1)],
)
def test_the_api_keeps_what_its_description_promises(
    site: Site, name: str, phases: str, often: int
) -> None:
    tool = str(Path(sys.executable).with_name("schemathesis"))
    command = [tool, "--config-file", str(RULES), "run", site.description, "--phases", phases]
    command += ["--max-examples", str(often), "--seed", "2016", "--generation-database", "none"]
    command += ["--exclude-path-regex", LEFT_OUT, "--workers", "2"]
    command += ["--header", f"Authorization: Token {site.tokens[name]}"]

    run = subprocess.run(command, cwd=settings.VAR, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout[-20_000:]
