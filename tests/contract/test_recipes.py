"""Every curl that the README and docs/api.md show is asked of the demo, and answers as they say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.contract.conftest import Site

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("site")]

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What a line that is no 2xx or 3xx answers with stands behind it: `# 422`.
SAYS = re.compile(r"# (\d{3})$")
# Writes the status of each answer where the test reads it, whatever becomes of the body.
PRELUDE = """
set -euo pipefail
curl() { command curl -w '%{stderr}%{http_code}\\n' "$@"; }
"""
TABLE = "kind,speaker.person\nforecast,Ada\n"


def commands(text: str) -> str:
    return "\n".join(block for block in BLOCK.findall(text) if "curl -s" in block)


def expected(script: str) -> list[str]:
    """The status of each curl in the order in which they are asked; "" for any that is well."""
    whole = script.replace("\\\n", " ")
    found = [line for line in whole.splitlines() if "curl -s" in line]
    return [says[1] if (says := SAYS.search(line)) else "" for line in found]


@pytest.mark.parametrize("page", ["docs/api.md", "README.md"])
def test_every_curl_that_is_shown_answers_as_it_is_said(
    site: Site, page: str, tmp_path: Path
) -> None:
    script = commands((settings.BASE_DIR / page).read_text())
    script = script.replace("http://127.0.0.1:8000", site.address)
    (tmp_path / "var").symlink_to(site.demo.var)
    (tmp_path / "claims.csv").write_text(TABLE)

    run = subprocess.run(
        ["bash", "-c", PRELUDE + script], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stderr[-3_000:]
    statuses = re.findall(r"^\d{3}$", run.stderr, re.MULTILINE)
    wanted = expected(script)
    assert len(statuses) == len(wanted) > 5, (statuses, wanted)
    for status, want in zip(statuses, wanted, strict=True):
        assert status == want if want else status[0] in "23", (statuses, wanted)
